/** Why a channel ended: the Q.850 number, and the SIP code where a SIP failure was behind it. */
export interface HangupCause {
  readonly cause: number;
  readonly techCause?: number;
}

export const UNKNOWN_CAUSE: HangupCause = { cause: 0 };
export const NORMAL_CLEARING: HangupCause = { cause: 16 };
export const NO_ROUTE: HangupCause = { cause: 3, techCause: 404 };
export const USER_BUSY: HangupCause = { cause: 17, techCause: 486 };
export const CALL_REJECTED: HangupCause = { cause: 21, techCause: 603 };
/** A caller's CANCEL before anybody answered. */
export const CANCELLED: HangupCause = { cause: 127, techCause: 487 };

const TEXTS = new Map<number, string>([
  [0, 'Unknown'],
  [3, 'No route to destination'],
  [16, 'Normal Clearing'],
  [17, 'User busy'],
  [21, 'Call Rejected'],
  [127, 'Interworking, unspecified'],
]);

export function causeText(cause: number): string {
  return TEXTS.get(cause) ?? 'Unknown';
}
