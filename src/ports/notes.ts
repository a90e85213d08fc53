/** What must be known again after a restart, and cannot be asked for. Names are their writer's; rejects with a `StoreFault`. */
export interface Notes {
  readNote(name: string): Promise<string | undefined>;
  /** Resolves when it is on the disk. */
  writeNote(name: string, value: string): Promise<void>;
}
