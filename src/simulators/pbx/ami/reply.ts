import { type Header, packetText } from '../packet.ts';

export interface ListReply {
  readonly message: string;
  readonly event: string;
  readonly items: readonly (readonly Header[])[];
  /** Where Asterisk puts the ActionID of an item; it is not the same for all lists. */
  readonly actionIdStands: 'first' | 'last';
  readonly complete: string;
  readonly completeHeaders?: readonly Header[];
}

/** Answers one action, with its ActionID in the places where Asterisk puts it. */
export class Reply {
  private readonly write: (text: string) => void;
  private readonly actionId: readonly Header[];

  constructor(write: (text: string) => void, actionId: string) {
    this.write = write;
    this.actionId = actionId === '' ? [] : [['ActionID', actionId]];
  }

  success(headers: readonly Header[]): void {
    this.response('Success', headers);
  }

  done(message: string): void {
    this.success([['Message', message]]);
  }

  error(message: string): void {
    this.response('Error', [['Message', message]]);
  }

  goodbye(message: string): void {
    this.response('Goodbye', [['Message', message]]);
  }

  list(list: ListReply): void {
    this.success([
      ['EventList', 'start'],
      ['Message', list.message],
    ]);
    for (const item of list.items) this.item(item, list);
    this.write(
      packetText([
        ['Event', list.complete],
        ...this.actionId,
        ['EventList', 'Complete'],
        ['ListItems', String(list.items.length)],
        ...(list.completeHeaders ?? []),
      ]),
    );
  }

  private item(item: readonly Header[], { event, actionIdStands }: ListReply): void {
    const [first, last] = actionIdStands === 'first' ? [this.actionId, []] : [[], this.actionId];
    // An item that names its own event is of another kind than the rest of the list (QueueParams, QueueEntry).
    const name: readonly Header[] = item[0]?.[0] === 'Event' ? [] : [['Event', event]];
    this.write(packetText([...name, ...first, ...item, ...last]));
  }

  private response(kind: string, headers: readonly Header[]): void {
    this.write(packetText([['Response', kind], ...this.actionId, ...headers]));
  }
}
