/** What a command may know of the process it runs in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the process is asked to end. */
  readonly stop: AbortSignal;
  /** How to tell of a crash, once there is a log that keeps secrets and speaks JSON. */
  readonly onCrash: (tell: (error: unknown) => void) => void;
}
