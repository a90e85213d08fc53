/** Whoever runs this process as a service, and wants to hear how it is. */
export interface ServiceManager {
  /** Without a sign of life for this long it ends the process, and starts it again. Nothing: it does not watch. */
  readonly patienceMs: number | undefined;
  /** Returns at once. What is told later arrives later. */
  tell(news: ServiceNews): void;
  /** Resolves when all that was told has arrived, or could not. */
  settled(): Promise<void>;
}

export interface ServiceNews {
  /** The start is over: whatever waited for it may begin. */
  readonly ready?: true;
  /** A sign of life. */
  readonly alive?: true;
  readonly stopping?: true;
  /** How it is, in one line for a person. */
  readonly status?: string;
}
