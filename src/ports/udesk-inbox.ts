/** A request's query, parsed: what came twice is a list. */
export type UdeskQuery = Readonly<Record<string, unknown>>;

/** In Udesk's own words, as they go out. */
export interface ListAnswer {
  /** `000000` for what went well. */
  readonly code: string;
  readonly message: string;
}

export interface NumbersAnswer extends ListAnswer {
  readonly exhausted: boolean;
  readonly results: readonly { readonly id: string; readonly number: string }[];
}

/**
 * Where Udesk's requests to us go, as they came over HTTP. `refused`: not Udesk's, or not meant for us; why is for our log
 * only. Rejects only for a fault of our own.
 */
export interface UdeskInbox {
  /** An event. Taken as soon as it is known to be Udesk's; what it says is nobody's business here. */
  callback(query: UdeskQuery, body: string): 'taken' | 'refused';
  /** A dialling task asks for numbers to call. */
  numbers(query: UdeskQuery, body: string): Promise<NumbersAnswer | 'refused'>;
  /** A dialling task is over. */
  stop(query: UdeskQuery, body: string): Promise<ListAnswer | 'refused'>;
}
