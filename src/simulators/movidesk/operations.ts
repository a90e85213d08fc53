/**
 * The operations and their parameters, written from the vendor's page and from nothing of ours: the simulator must not
 * learn from the client what it is to check.
 * Assumed: names are compared letter by letter, though the vendor's server may well ignore case; a wrong path is 404
 * and a wrong method 405, as a web server has them; what breaks a rule is 400 with a JSON message.
 */
export type Operation =
  | 'asterisk_receivedCall'
  | 'asterisk_transferedCall'
  | 'asterisk_completedCall'
  | 'asterisk_lostCall'
  | 'asterisk_canceledCall'
  | 'setMadeCallLink';

export interface Parameter {
  readonly name: string;
  readonly type: 'int' | 'text' | 'link' | 'date';
  /** Characters at most; nothing where the page says `max` or nothing. */
  readonly size?: number;
  readonly required: boolean;
}

const ID: Parameter = { name: 'id', type: 'text', size: 256, required: true };
const LINK: Parameter = { name: 'link', type: 'link', required: false };
const date = (name: string): Parameter => ({ name, type: 'date', required: true });

const PARAMETERS: Readonly<Record<Operation, readonly Parameter[]>> = {
  asterisk_receivedCall: [
    { name: 'queueId', type: 'int', size: 10, required: true },
    { name: 'clientNumber', type: 'text', size: 128, required: true },
    ID,
    date('callDate'),
  ],
  asterisk_transferedCall: [
    ID,
    { name: 'branchLine', type: 'text', size: 128, required: true },
    date('transferDate'),
  ],
  asterisk_completedCall: [ID, LINK, date('completedDate')],
  asterisk_lostCall: [ID, LINK, date('completedDate')],
  // The page's table is cut off; its example shows these.
  asterisk_canceledCall: [ID, date('canceledDate')],
  setMadeCallLink: [ID, { name: 'Link', type: 'link', size: 256, required: false }],
};

/** Where the operations live, as in `https://api.movidesk.com/public/v1`. */
export const BASE_PATH = '/public/v1';

export function operationAt(path: string): Operation | undefined {
  const name = path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length + 1) : '';
  return isOperation(name) ? name : undefined;
}

export function parametersOf(operation: Operation): readonly Parameter[] {
  return PARAMETERS[operation];
}

function isOperation(name: string): name is Operation {
  return Object.hasOwn(PARAMETERS, name);
}
