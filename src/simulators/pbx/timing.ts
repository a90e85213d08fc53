/** How long things take at this PBX. Figures without a remark were measured on Asterisk 22.10 over loopback. */
export interface PbxTiming {
  /** INVITE until the phone's 180: until then the device state says NOT_INUSE. */
  readonly ringingAfterMs: number;
  /** BYE until the Hangup event, at most; half of it on average. */
  readonly byeMs: number;
  /** `Answer()` waits for the first voice packet; a live caller sends it at once. */
  readonly answerMs: number;
  /** One turn of music in the hold: the heartbeat is tested between turns. */
  readonly holdTurnMs: number;
  /** The heartbeat's age that sends a caller to the fallback, at the entry and on hold (the dialplan contract). */
  readonly entryStaleSeconds: number;
  readonly holdStaleSeconds: number;
  /** Where nobody set MOVIDESK_RING_SECONDS. */
  readonly defaultRingSeconds: number;
  /** Ring limit of a phone-to-phone call and of a blind transfer. */
  readonly phonesRingSeconds: number;
  /** Each of the announcements before and after a message. */
  readonly promptMs: number;
  /** Silence that ends a recording, and its longest length. */
  readonly silenceMs: number;
  readonly longestMessageMs: number;
  /** The maximum wait of a memberless queue (the dialplan contract); after it the caller goes to the fallback. */
  readonly queueMaxWaitMs: number;
  /** A colleague's first words in an attended transfer, before it is completed. */
  readonly consultMs: number;
  /** How long an outside party rings before taking an agent's own call. */
  readonly outsideAnswersAfterMs: number;
  /** A refused login is answered after exactly this. */
  readonly loginFailureMs: number;
  /** A connection that never logs in is closed (`authtimeout`, Asterisk's default). */
  readonly authTimeoutMs: number;
  /** A restart: last Hangup until Shutdown, then a closed port, then logins before FullyBooted. */
  readonly shutdownAfterMs: number;
  readonly portClosedMs: number;
  readonly bootMs: number;
}

export const ASTERISK_TIMING: PbxTiming = {
  ringingAfterMs: 400,
  byeMs: 5,
  answerMs: 20,
  holdTurnMs: 10_000,
  entryStaleSeconds: 15,
  holdStaleSeconds: 30,
  defaultRingSeconds: 20,
  phonesRingSeconds: 20,
  promptMs: 2_000,
  silenceMs: 5_000,
  longestMessageMs: 180_000,
  queueMaxWaitMs: 660_000,
  consultMs: 3_000,
  outsideAnswersAfterMs: 4_000,
  loginFailureMs: 1_000,
  authTimeoutMs: 30_000,
  shutdownAfterMs: 1_100,
  portClosedMs: 300,
  bootMs: 200,
};
