/**
 * The document's table of error codes. One code may stand for several errors, told apart by their text alone; a row
 * without `says` is what its code means when no text fits.
 */
const UDESK_ERRORS = [
  { code: '000001', name: 'IdentityBlank', says: /\b(agent|app|work) ?id\b.*\bblank\b/i, means: 'refused' },
  { code: '000001', name: 'FileNameBlank', says: /\bfile ?name\b.*\bblank\b/i, means: 'refused' },
  { code: '000001', name: 'ParamsInvalid', says: /\bparams? ?invalid\b/i, means: 'refused' },
  { code: '000001', name: 'ParameterError', means: 'refused' },
  // Something broke over there: worth asking again.
  { code: '000003', name: 'SystemInternalError', means: 'broken' },
  { code: '000004', name: 'DataDoesNotExist', means: 'refused' },
  // Of the two about the application a person must see to it: it is missing in the configuration, or disabled there.
  { code: '100002', name: 'AppNotFoundOrForbidden', means: 'unauthorized' },
  { code: '100004', name: 'DuplicateEntry', says: /\bduplicate\b/i, means: 'refused' },
  { code: '100004', name: 'UnexpectedEndOfJson', says: /\bunexpected end of json\b/i, means: 'refused' },
  { code: '100004', name: 'AgentHasQueueOrVoip', says: /\bqueue or voip\b/i, means: 'refused' },
  { code: '100015', name: 'NumberIsExisted', means: 'refused' },
  { code: '100016', name: 'VoipBindAgent', means: 'refused' },
  { code: '100017', name: 'AppIdBlank', means: 'unauthorized' },
  { code: '100018', name: 'RecordNotFound', means: 'refused' },
] as const satisfies readonly {
  readonly code: string;
  readonly name: string;
  readonly says?: RegExp;
  readonly means: Meaning;
}[];

/** Which `Failure` it is. */
type Meaning = 'refused' | 'broken' | 'unauthorized';

/** An error of the document by its name; `Undocumented` is every other. */
export type UdeskErrorName = (typeof UDESK_ERRORS)[number]['name'] | 'Undocumented';

export interface UdeskError {
  readonly name: UdeskErrorName;
  /** Six digits, where Udesk keeps to them. */
  readonly code: string;
}

export const SUCCESS = '000000';

/** Which error a code other than `SUCCESS` is, with the text that came along, and what follows from it. */
export function errorOf(code: string, description: string): { error: UdeskError; means: Meaning } {
  const row = UDESK_ERRORS.find(
    (candidate) => candidate.code === code && (!('says' in candidate) || candidate.says.test(description)),
  );
  if (row !== undefined) return { error: { name: row.name, code }, means: row.means };
  const means =
    code === '000401' || code === '000403' || CREDENTIAL.test(description) ? 'unauthorized' : 'refused';
  return { error: { name: 'Undocumented', code }, means };
}

// A wrong signature has no code of its own in the document. An agent who must sign in first is another matter.
const CREDENTIAL =
  /\b(?:sign(?:ature)?(?![\s-]*(?:in|out|up|off|on)\b)|unauthori[sz]ed|forbidden|auth ?token)\b/i;

// The document's have six digits. Nothing longer is a code, and nothing that could be a name, a number or a secret.
const CODE = /^[a-z]?\d{1,6}$/i;

/** The code in its six digits, also where it came as a number and lost its zeros. */
export function codeFrom(found: unknown): string | undefined {
  if (typeof found !== 'string' && typeof found !== 'number') return undefined;
  const code = String(found).trim();
  return CODE.test(code) ? code.padStart(SUCCESS.length, '0') : undefined;
}
