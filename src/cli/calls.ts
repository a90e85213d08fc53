import { StoreReader } from '../adapters/sqlite/store-reader.ts';
import type { Call, EndedCall, OpenCall } from '../domain/call/call.ts';
import { eraseCalls } from './calls-erase.ts';
import { showCall } from './calls-show.ts';
import { EXIT } from './exit-codes.ts';
import { madeFacts, madeTable } from './made-calls-shown.ts';
import type { Answer, StoreOptions, StoreView } from './store-command.ts';
import { withStore } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';
import { momentOf, table } from './table.ts';

export interface CallsOptions extends StoreOptions {
  readonly limit: string | undefined;
}

// What fits on a screen.
const ENDED_SHOWN = '20';

/** `calls`, `calls show ID`, `calls erase NUMBER`. */
export function calls(words: readonly string[], options: CallsOptions, surroundings: Surroundings): Answer {
  const [verb, what, ...tooMany] = words;
  if (tooMany.length > 0) return `unexpected ${tooMany.join(' ')}`;
  if (verb !== undefined && options.limit !== undefined) return '--limit is for the list of calls';
  switch (verb) {
    case undefined:
      return listCalls(options, surroundings);
    case 'show':
      if (what === undefined) return 'calls show takes the ID of a call';
      return withStore(options, surroundings, (view) => showCall(view, what));
    case 'erase':
      if (what === undefined || !/[0-9]/.test(what)) return 'calls erase takes a phone number';
      return withStore(options, surroundings, (view) => eraseCalls(view, what));
    default:
      return `unknown command calls ${verb}`;
  }
}

function listCalls(options: CallsOptions, surroundings: Surroundings): Answer {
  const { limit = ENDED_SHOWN } = options;
  if (!/^[0-9]{1,7}$/.test(limit)) return '--limit takes a number of calls';
  return withStore(options, surroundings, (view) => list(view, Number(limit)));
}

function list({ path, number, show }: StoreView, limit: number): number {
  using reader = new StoreReader(path);
  const open = reader.openCalls().map((call) => openFacts(call, number));
  const ended = reader.endedCalls(limit).map((call) => endedFacts(call, number));
  const made = [...reader.openMadeCalls(), ...reader.endedMadeCalls(limit)].map((call) =>
    madeFacts(call, number),
  );
  const text = [
    open.length === 0 ? 'No open calls.' : tableOf(open),
    ended.length === 0 ? 'No ended calls.' : tableOf(ended),
    // Most have no agents who call from the help desk: to them nothing is said of it.
    ...(made.length === 0 ? [] : [madeTable(made)]),
  ];
  show({ open, ended, made }, text.join('\n\n'));
  return EXIT.OK;
}

type Facts = Readonly<Record<string, string>>;

const openFacts = (call: OpenCall, number: StoreView['number']): Facts => ({
  callId: call.callId,
  phase: call.phase,
  queue: call.queue,
  enteredAt: momentOf(call.enteredAt),
  extension: extensionOf(call),
  number: number(call.clientNumber),
});

const endedFacts = (call: EndedCall, number: StoreView['number']): Facts => ({
  callId: call.callId,
  ending: call.ending,
  queue: call.queue,
  enteredAt: momentOf(call.enteredAt),
  endedAt: momentOf(call.endedAt),
  number: number(call.clientNumber),
});

function extensionOf(call: Call): string {
  if (call.phase === 'offered') return call.offer.extension;
  return call.phase === 'talking' ? call.extension : '';
}

const HEADS: Facts = {
  callId: 'CALL',
  phase: 'PHASE',
  ending: 'ENDING',
  queue: 'QUEUE',
  enteredAt: 'SINCE',
  endedAt: 'UNTIL',
  extension: 'EXTENSION',
  number: 'NUMBER',
};

function tableOf(rows: readonly Facts[]): string {
  const keys = Object.keys(rows[0] ?? {});
  return table(
    keys.map((key) => HEADS[key] ?? key),
    rows.map((row) => keys.map((key) => row[key] ?? '')),
  );
}
