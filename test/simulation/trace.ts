import type { Facts, Log } from '../../src/ports/log.ts';
import type { AmiEvent } from '../../src/simulators/pbx/packet.ts';
import type { PbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import type { SimulatedMovidesk } from './simulated-movidesk.ts';

type Note = (text: string) => void;

// Of the twenty headers of an event, these say what happened.
const TELLING: ReadonlySet<string> = new Set([
  'Uniqueid',
  'UserEvent',
  'DialStatus',
  'Context',
  'Exten',
  'Device',
  'State',
  'Queue',
]);

/** What the PBX says to everybody, and what Movidesk hears and answers. */
export function tellAll({
  pbx,
  movidesk,
  note,
}: {
  pbx: PbxSimulator;
  movidesk: SimulatedMovidesk;
  note: Note;
}): void {
  pbx.onEvent((event) => note(wordsOf(event)));
  movidesk.reception.ledger.onRequest(({ operation, callId, query, status, body }) =>
    note(`Movidesk hears ${operation} ${callId} ${query['branchLine'] ?? ''} → ${status} ${body}`),
  );
}

function wordsOf({ name, headers }: AmiEvent): string {
  const told = headers
    .filter(([header]) => TELLING.has(header))
    .map(([header, value]) => `${header}=${value}`);
  return `PBX ${name} ${told.join(' ')}`;
}

/** The daemon's log; nowhere where nobody wants it, for it is most of what it writes. */
export function logTo(note: Note | undefined): Log {
  const at = (level: string) => (facts: Facts, message: string) =>
    note?.(`${level} ${message} ${JSON.stringify(facts)}`);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
