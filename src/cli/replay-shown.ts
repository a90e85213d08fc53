import { printable } from '../config/mistake.ts';
import type { Instant } from '../domain/identity.ts';
import type { ReplayLine, Timing } from '../replay-line.ts';
import { jsonText } from './json-text.ts';
import { factsOfLine, type LineFacts } from './replay-facts.ts';
import type { ReplaySum } from './replay-sum.ts';
import type { StoreView } from './store-command.ts';
import { momentOf } from './table.ts';

/** What it takes to show a line. */
export interface ReplayEyes {
  readonly timing: Timing;
  /** When the first thing happened, from which on time is counted where no clock is known. */
  readonly beganAt: Instant;
  readonly number: StoreView['number'];
}

/** One object a line, for scripts. */
export function lineJson(line: ReplayLine, eyes: ReplayEyes): string {
  const { kind, call, what, facts } = factsOfLine(line, eyes.number);
  const { packet, at } = line;
  const moment =
    eyes.timing === 'stamped' ? { packet, at: momentOf(at) } : { packet, ...afterOf(line, eyes) };
  const decided = line.kind === 'decision' ? decisionOf(line.line) : { what };
  return jsonText({ kind, ...moment, call, ...decided, facts });
}

const afterOf = ({ at }: ReplayLine, { timing, beganAt }: ReplayEyes) =>
  timing === 'unknown' ? {} : { afterMs: at - beganAt };

const decisionOf = ({ from, to, input }: { from: string; to: string; input: string }) => ({
  from,
  to,
  input,
});

// The longest of a PBX whose name is not much longer than ours; longer ones only push their line.
const CALL_WIDTH = 24;
const MOMENT_WIDTHS: Readonly<Record<Timing, number>> = { stamped: 24, listed: 10, unknown: 7 };

/** For eyes. Whatever a caller wrote into the recording cannot get at the terminal. */
export function lineText(line: ReplayLine, eyes: ReplayEyes): string {
  const { call, what, facts } = factsOfLine(line, eyes.number);
  const moment = momentText(line, eyes).padEnd(MOMENT_WIDTHS[eyes.timing]);
  return printable(`${moment}  ${call.padEnd(CALL_WIDTH)}  ${what}  ${factsText(facts)}`.trimEnd());
}

function momentText({ at, packet }: ReplayLine, { timing, beganAt }: ReplayEyes): string {
  if (timing === 'stamped') return momentOf(at);
  return timing === 'listed' ? `+${((at - beganAt) / 1_000).toFixed(3)}` : `#${packet}`;
}

const factsText = (facts: LineFacts['facts']): string =>
  Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');

const TIMINGS: Readonly<Record<Timing, string>> = {
  stamped: 'as the PBX stamped them',
  listed: 'from the list beside the recording',
  unknown:
    'not recorded, so the limit of requests is left out; 1.2 s are taken to lie between two events; #N is a packet',
};

/** Before the first line. */
export function headText(timing: Timing, always: string | undefined): string {
  const answers =
    always === undefined
      ? 'taken to have named whom the caller was then moved to, and else to have had nobody free'
      : `taken to name ${always} whenever it is asked`;
  return `Times: ${TIMINGS[timing]}.\nMovidesk: ${answers}.\n`;
}

/** Behind the last. */
export function sumText(sum: ReplaySum): string {
  const { counts, undelivered, stoppedAt, calls, endings, told, refused } = sum;
  const { packets, read, others, answers, unknown } = counts;
  const held = undelivered === 0 ? '' : `; ${undelivered} held back by the limit of requests`;
  const rows = [
    ...(stoppedAt === undefined
      ? []
      : [`Stopped at packet ${stoppedAt}, as asked to: what follows is not whole.`]),
    `Packets: ${packets} (${read} of our callers and devices, ${others} of others, ${answers} answers, ${counts.refused} refused, ${unknown} of no known kind)`,
    ...(counts.refused === 0 ? [] : [`Refused: ${listed(refused)}`]),
    `Calls: ${calls}${calls === 0 ? '' : ` (${listed(endings)})`}`,
    `Told to Movidesk: ${listed(told) || 'nothing'}${held}`,
  ];
  return `\n${rows.map(printable).join('\n')}`;
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
