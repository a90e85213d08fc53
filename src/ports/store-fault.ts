/** What an operator may look up. */
export type StoreFaultCode =
  /** Another daemon works on it. */
  | 'STORE_IN_USE'
  /** Its tables are of another version than we understand. */
  | 'STORE_VERSION'
  /** A command wants to look into it, and it is not there. */
  | 'STORE_MISSING'
  /** It cannot be opened, for a reason that is not its own: permission, room, a disk. */
  | 'STORE_UNUSABLE'
  /** It could not keep what had to be kept, or not read it. */
  | 'STORE_WRITE_FAILED';

/** The store cannot be worked with. The message says what is wrong, `remedy` what a person can do, the cause why. */
export class StoreFault extends Error {
  readonly code: StoreFaultCode;
  readonly remedy: string;

  constructor(
    code: StoreFaultCode,
    { message, remedy, cause }: { message: string; remedy: string; cause?: unknown },
  ) {
    super(message, { cause });
    this.name = 'StoreFault';
    this.code = code;
    this.remedy = remedy;
  }

  /** Why, in the words of whoever noticed. */
  get why(): string | undefined {
    return this.cause instanceof Error ? this.cause.message : undefined;
  }
}
