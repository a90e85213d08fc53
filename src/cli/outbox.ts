import type { Handled, Lane } from '../adapters/sqlite/parked-entries.ts';
import { ParkedEntries } from '../adapters/sqlite/parked-entries.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { EXIT } from './exit-codes.ts';
import { listOutbox } from './outbox-list.ts';
import type { Answer, StoreOptions, StoreView } from './store-command.ts';
import { undone, withStore } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';

export interface OutboxOptions extends StoreOptions {
  readonly all: boolean | undefined;
}

/** `outbox`, `outbox retry ID`, `outbox retry --all`, `outbox drop ID`. */
export function outbox(words: readonly string[], options: OutboxOptions, surroundings: Surroundings): Answer {
  const [verb, id, ...tooMany] = words;
  if (tooMany.length > 0) return `unexpected ${tooMany.join(' ')}`;
  if (options.all && (verb !== 'retry' || id !== undefined)) return '--all stands for the ID of outbox retry';
  if (verb === undefined) return withStore(options, surroundings, listOutbox);
  if (verb !== 'retry' && verb !== 'drop') return `unknown command outbox ${verb}`;
  if (options.all) return withStore(options, surroundings, retryAll);
  if (id === undefined || !/^[0-9]{1,15}$/.test(id)) return `outbox ${verb} takes an ID that outbox shows`;
  const handle = verb === 'retry' ? retry : drop;
  return withStore(options, surroundings, (view) => handle(view, Number(id)));
}

const SENT_SOON = 'A running daemon sends them within seconds; short of one, the next start does.';

function retryAll({ path, show }: StoreView): number {
  using entries = new ParkedEntries(path);
  const released = entries.releaseAll();
  show(
    { released },
    released.length === 0 ? 'Nothing is parked.' : `${released.length} due again. ${SENT_SOON}`,
  );
  return EXIT.OK;
}

function retry({ path, show }: StoreView, id: number): number {
  using entries = new ParkedEntries(path);
  const handled = entries.release(id);
  if (handled.kind !== 'done') return notHandled(id, handled);
  show({ released: [id] }, `1 due again. ${SENT_SOON}`);
  return EXIT.OK;
}

const FAR_SIDES: Readonly<Record<Lane, string>> = {
  movidesk: 'Movidesk',
  udesk: 'Udesk',
  ccai: 'CCAI Platform',
};

function drop({ path, show }: StoreView, id: number): number {
  using entries = new ParkedEntries(path);
  const handled = entries.drop(id, systemClock.now());
  if (handled.kind !== 'done') return notHandled(id, handled);
  const { lane, also } = handled;
  const dropped = [id, ...also];
  const rest =
    also.length === 0
      ? 'What waited behind it goes on.'
      : 'Of a caller whom it never received it would refuse the rest.';
  show({ dropped }, `Given up: ${FAR_SIDES[lane]} will not hear of ${dropped.join(', ')}. ${rest}`);
  return EXIT.OK;
}

function notHandled(id: number, handled: Exclude<Handled, { kind: 'done' }>): number {
  if (handled.kind === 'unknown') return undone(`no entry ${id} is kept`, 'outbox shows those that are');
  return undone(`entry ${id} is not parked but ${handled.state}`, 'nothing needs to be done with it');
}
