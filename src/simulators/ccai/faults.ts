interface FaultCommon {
  /** How many times it befalls; 1 if not said. */
  readonly times?: number;
  /**
   * Whether the platform acts on the request all the same. A status says no unless told otherwise; a lost answer says
   * yes, because a call that was created and not heard of is the nastier half of an unknown outcome.
   */
  readonly heard?: boolean;
}

export type Fault =
  /** An answer with this status: 401, 429, 500, 502; with a body, 201 and HTML or garbage too. */
  | (FaultCommon & {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    })
  /** The connection stays open and silent. */
  | (FaultCommon & { readonly silence: true })
  /** The connection is cut off: before a byte of the answer, or in the middle of it. */
  | (FaultCommon & { readonly cut: 'before' | 'midway' })
  /** The right answer, this much later; acted upon at once. */
  | (FaultCommon & { readonly delayMs: number });

export function isHeard(fault: Fault | undefined): boolean {
  return fault === undefined || (fault.heard ?? !('status' in fault));
}
