interface FaultCommon {
  /** How many times it befalls; 1 if not said. */
  readonly times?: number;
  /**
   * Whether Udesk acts on the request all the same. An error answer says no unless told otherwise; a lost answer says
   * yes, because that is the nastier half of an unknown outcome.
   */
  readonly heard?: boolean;
}

export type Fault =
  /** An answer with this status: 401, 500, 502; with a body, 200 and HTML or garbage too. */
  | (FaultCommon & {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    })
  /** The usual shape of the answer, with a code of the document's table, such as 000003. */
  | (FaultCommon & { readonly errCode: string; readonly errDesc?: string })
  /** No answer: the connection is reset, or stays open and silent. */
  | (FaultCommon & { readonly silence: 'reset' | 'hang' })
  /** The right answer, this much later; acted upon at once. */
  | (FaultCommon & { readonly delayMs: number });

export function isHeard(fault: Fault | undefined): boolean {
  if (fault === undefined) return true;
  return fault.heard ?? !('status' in fault || 'errCode' in fault);
}
