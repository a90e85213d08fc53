import { queueStatus } from './actions.ts';
import { type Ask, configLine, configLines } from './config-lines.ts';
import type { AmiConnection } from './connection.ts';
import { ENTRY_QUEUE_CONTEXT } from './dialplan-names.ts';
import { list } from './lists.ts';
import { textOf } from './packet.ts';

/** One of Asterisk's own queues. */
export interface QueueFacts {
  readonly isThere: boolean;
  /** Interfaces that it rings by itself. */
  readonly members: readonly string[];
  /** Callers at most; 0: any number. */
  readonly maxLength: number;
  /** Of queues.conf; nothing where the queue does not stand there (a database). */
  readonly settings: QueueSettings | undefined;
  /**
   * The longest wait that the dialplan of ours gives it, in seconds; 0: none. Nothing where callers enter it from another
   * context than `movidesk-queue`, which cannot be read.
   */
  readonly maxWaitSeconds: number | undefined;
}

export interface QueueSettings {
  /** Whether a queue without members lets somebody in, and lets them stay. */
  readonly letsIn: boolean;
  readonly letsStay: boolean;
  /** As written; empty: not written, which means yes for the first and no for the second. */
  readonly joinEmpty: string;
  readonly leaveWhenEmpty: string;
}

/** Nothing where the PBX could not be asked. */
export async function readQueueFacts(
  connection: AmiConnection,
  ask: Ask,
  asteriskQueue: string,
): Promise<QueueFacts | undefined> {
  const listed = await list(connection, queueStatus(asteriskQueue));
  if (listed.kind !== 'items') return undefined;
  const parameters = listed.items.find((item) => item['event'] === 'QueueParams');
  const members = listed.items.filter((item) => item['event'] === 'QueueMember');
  return {
    isThere: parameters !== undefined,
    members: members.map((member) => textOf(member, 'location')),
    maxLength: parameters === undefined ? 0 : Number(textOf(parameters, 'max')),
    settings: await readSettings(ask, asteriskQueue),
    maxWaitSeconds: await readMaxWait(ask, asteriskQueue),
  };
}

async function readSettings(ask: Ask, section: string): Promise<QueueSettings | undefined> {
  const line = (key: string) => configLine(ask, { file: 'queues.conf', section, key });
  const joinEmpty = await line('joinempty');
  const leaveWhenEmpty = await line('leavewhenempty');
  // A section with neither is known by whatever else it says.
  const others = await Promise.all(['strategy', 'musicclass', 'member', 'maxlen', 'timeout'].map(line));
  if ([joinEmpty, leaveWhenEmpty, ...others].every((text) => text === '')) return undefined;
  return {
    letsIn: isHarmless(joinEmpty, 'yes'),
    letsStay: isHarmless(leaveWhenEmpty, 'no'),
    joinEmpty,
    leaveWhenEmpty,
  };
}

// What Asterisk takes for yes and no (ast_true, ast_false in main/utils.c).
const YES: ReadonlySet<string> = new Set(['yes', 'true', 'y', 't', '1', 'on']);
const NO: ReadonlySet<string> = new Set(['no', 'false', 'n', 'f', '0', 'off']);
// Words of either setting, each of which is true of a queue without members; others are not understood, and do nothing.
const CONDITIONS: ReadonlySet<string> = new Set([
  ...['strict', 'loose', 'paused', 'penalty', 'inuse', 'ringing'],
  ...['unavailable', 'invalid', 'unknown', 'wrapup'],
]);

/**
 * As `parse_empty_options` in app_queue.c: a list of words, of which yes and no begin anew. No word at all keeps nobody out
 * (seen on 22.10), and every condition does, for with no member all of them hold.
 */
function isHarmless(setting: string, harmless: 'yes' | 'no'): boolean {
  const [good, bad] = harmless === 'yes' ? [YES, NO] : [NO, YES];
  let keepsOut = false;
  for (const word of setting
    .toLowerCase()
    .split(',')
    .map((text) => text.trim())) {
    if (good.has(word)) keepsOut = false;
    else if (bad.has(word) || CONDITIONS.has(word)) keepsOut = true;
  }
  return !keepsOut;
}

/** The fifth argument of Queue() where our own dialplan calls it, for this queue by name or for whichever was dialled. */
async function readMaxWait(ask: Ask, asteriskQueue: string): Promise<number | undefined> {
  for (const key of ['same', 'exten']) {
    const place = { file: 'extensions.conf', section: ENTRY_QUEUE_CONTEXT, key };
    for (const line of await configLines(ask, place)) {
      const seconds = maxWaitIn(line, asteriskQueue);
      if (seconds !== undefined) return seconds;
    }
  }
  return undefined;
}

// The extension that was dialled: the dialplan's variable of that name.
const WHICHEVER = /^\$\{EXTEN\}$/;

function maxWaitIn(line: string, asteriskQueue: string): number | undefined {
  const call = /\bQueue\((.*)\)\s*$/.exec(line)?.[1]?.split(',');
  const name = call?.[0]?.trim() ?? '';
  if (call === undefined || (name !== asteriskQueue && !WHICHEVER.test(name))) return undefined;
  // Name, options, URL, announcement, and then the seconds.
  return Number(/^\s*([0-9]+)/.exec(call[4] ?? '')?.[1] ?? 0);
}
