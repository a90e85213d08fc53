import type { LedgerEntry } from '../../../src/simulators/movidesk/ledger.ts';
import type { MovideskSimulator } from '../../../src/simulators/movidesk/simulator.ts';
import type { Lab } from './lab.ts';
import { hasSound, linkedFile } from './recordings.ts';

/** What the help desk must have heard of every call, whatever happened in the test. One sentence for each breach. */
export function ledgerBreaches(movidesk: MovideskSimulator, lab: Lab): string[] {
  const heard = movidesk.ledger.filter(({ status }) => status === 200);
  const calls = Map.groupBy(heard, ({ callId }) => callId);
  return [...calls].flatMap(([callId, entries]) => [
    ...orderBreaches(entries).map((breach) => `${callId}: ${breach}`),
    ...linkBreaches(entries, lab).map((breach) => `${callId}: ${breach}`),
  ]);
}

// A recording that was moved since is told anew, after everything else. Of a call that an agent made nothing else is told.
const LIFE =
  /^(?:received( received)*( (lost|canceled)| transfered completed)(?: setMadeCallLink)*|setMadeCallLink)$/;

function orderBreaches(entries: readonly LedgerEntry[]): string[] {
  const life = entries
    .map(({ operation }) => (operation ?? 'nothing').replace(/^asterisk_|Call$/g, ''))
    .join(' ');
  const transfer = entries.find(({ operation }) => operation === 'asterisk_transferedCall');
  const named = entries.filter(({ operation }) => operation === 'asterisk_receivedCall').at(-1);
  return [
    ...(LIFE.test(life) ? [] : [`not the life of a call: ${life}`]),
    ...(transfer === undefined || JSON.stringify(transfer.query['branchLine']) === named?.body
      ? []
      : [`branchLine ${transfer.query['branchLine']}, but the answer was ${named?.body}`]),
  ];
}

function linkBreaches(entries: readonly LedgerEntry[], lab: Lab): string[] {
  const ending = entries.at(-1);
  const link = ending?.query['link'] ?? ending?.query['Link'];
  if (link === undefined) {
    return ending?.operation === 'asterisk_completedCall' ? ['a talk without a link to its recording'] : [];
  }
  return hasSound(linkedFile(lab, link)) ? [] : [`nothing can be heard under ${link}`];
}
