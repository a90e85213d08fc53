/**
 * One branded type per identity. Each is opaque text: compared, stored and printed, never parsed for meaning.
 */
type Branded<Text extends string> = string & { readonly brand: Text };

/** One caller's visit, the only identity the help desk sees. At most 256 characters (Movidesk's `id`). */
export type CallId = Branded<'CallId'>;
/** A channel's identity in Asterisk, the same from its first event to its Hangup. */
export type Uniqueid = Branded<'Uniqueid'>;
/** The dialplan number that reaches an agent. Digits only once it is one of ours: see `extensionFrom`. */
export type Extension = Branded<'Extension'>;
/** The name of a queue, as the configuration and the dialplan spell it. */
export type QueueName = Branded<'QueueName'>;

export const callIdFrom = (text: string): CallId => text as CallId;
export const uniqueidFrom = (text: string): Uniqueid => text as Uniqueid;
export const queueNameFrom = (text: string): QueueName => text as QueueName;

// Codes 0 to 4 are single digits, so an extension has at least two; 20 digits is far above any numbering plan and
// keeps the AMI line short. What the help desk returns goes into an AMI action: nothing but digits may pass.
const EXTENSION = /^[0-9]{2,20}$/;

/** The extension, or nothing where the text is not two to twenty digits. */
export function extensionFrom(text: string): Extension | undefined {
  return EXTENSION.test(text) ? (text as Extension) : undefined;
}

/** The id of a channel's Nth visit (from 1): the first is plain, later ones carry `-2`, `-3` … */
export function callIdOf(pbxName: string, uniqueid: Uniqueid, visit: number): CallId {
  return callIdFrom(visit === 1 ? `${pbxName}-${uniqueid}` : `${pbxName}-${uniqueid}-${visit}`);
}

/** Whether it is an id of ours: another daemon may serve the same PBX under another name. */
export function isCallIdOf(pbxName: string, callId: CallId): boolean {
  return callId.startsWith(`${pbxName}-`);
}

/**
 * How the identity ends of the channel that is the caller where an agent passes the customer of a made call on into a queue.
 * Those that Asterisk gives end with a digit.
 */
export const PASSED_ON = '-b';

/** A wall-clock instant, milliseconds since the epoch. */
export type Instant = number;
