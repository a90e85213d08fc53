/**
 * Movidesk's telephony API with queue control, in the vendor's own spelling (`transfered`, `branchLine`, and the one
 * capital `Link`). Every operation is a POST with its parameters in the query string and an empty body; the `token`
 * that goes with each is added by the client.
 */
export type MovideskCall =
  | { readonly operation: 'asterisk_receivedCall'; readonly query: ReceivedCallQuery }
  | { readonly operation: 'asterisk_transferedCall'; readonly query: TransferedCallQuery }
  | { readonly operation: 'asterisk_completedCall'; readonly query: CompletedCallQuery }
  | { readonly operation: 'asterisk_lostCall'; readonly query: LostCallQuery }
  | { readonly operation: 'asterisk_canceledCall'; readonly query: CanceledCallQuery }
  | { readonly operation: 'setMadeCallLink'; readonly query: MadeCallLinkQuery };

/** `seconds` is what every example of the page and the integrations that run send; `minutes` is its table's letter. */
export type DateFormat = 'seconds' | 'minutes';

type ReceivedCallQuery = {
  /** int, 10 digits. */
  readonly queueId: string;
  /** 128 characters. */
  readonly clientNumber: string;
  /** 256 characters, here and below. */
  readonly id: string;
  readonly callDate: string;
};

type TransferedCallQuery = {
  readonly id: string;
  /** 128 characters, as `receivedCall` returned it. */
  readonly branchLine: string;
  readonly transferDate: string;
};

type CompletedCallQuery = {
  readonly id: string;
  readonly link: string | undefined;
  readonly completedDate: string;
};

/** The vendor calls the date of a lost call `completedDate` too. */
type LostCallQuery = CompletedCallQuery;

/** The page's table is cut off; these names are those of its example. */
type CanceledCallQuery = {
  readonly id: string;
  readonly canceledDate: string;
};

type MadeCallLinkQuery = {
  readonly id: string;
  readonly Link: string;
};
