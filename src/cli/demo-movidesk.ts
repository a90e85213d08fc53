import { once } from 'node:events';
import type { Log } from '../ports/log.ts';
import type { LedgerEntry } from '../simulators/movidesk/ledger.ts';
import { type MovideskSimulator, startMovideskSimulator } from '../simulators/movidesk/simulator.ts';
import { demoEnd } from './demo-end.ts';
import type { DemoQueue } from './demo-queues.ts';
import { movideskTally } from './demo-tally.ts';
import { EXIT } from './exit-codes.ts';
import { openLog } from './open-log.ts';
import type { Surroundings } from './surroundings.ts';

// Printed, unlike the secrets of the whole demo: it opens nothing but this.
const TOKEN = 'demo-token-for-rehearsals';
// The vendor's published default, and ours.
const REQUESTS_PER_MINUTE = 10;

interface DemoMovideskWish {
  readonly queues: readonly DemoQueue[];
  readonly port: number;
  readonly minutes: number | undefined;
}

/** Movidesk alone, on the loopback, for a daemon that is tried with a PBX of its own. */
export async function demoMovidesk(
  { queues, port, minutes }: DemoMovideskWish,
  surroundings: Surroundings,
): Promise<number> {
  const movidesk = await startOn(port, queues);
  if (movidesk === undefined) return EXIT.UNDONE;
  try {
    console.log(welcome(movidesk, queues));
    const log = openLog({ level: 'info', format: 'pretty', phoneNumbers: 'masked' }, [TOKEN], surroundings);
    movidesk.onRequest((entry) => tell(log, entry));
    await untilAborted(demoEnd(minutes, surroundings.stop));
    console.log(`\n${movideskTally(movidesk)}`);
    return EXIT.OK;
  } finally {
    await movidesk.close();
  }
}

/**
 * Nothing, and said why, where the port cannot be had. Another one would not do: it stands in the configuration of a daemon
 * that would go on asking at the old one.
 */
async function startOn(port: number, queues: readonly DemoQueue[]): Promise<MovideskSimulator | undefined> {
  try {
    return await startMovideskSimulator({
      token: TOKEN,
      requestsPerMinute: REQUESTS_PER_MINUTE,
      queues,
      port,
    });
  } catch (error) {
    const why = whyNot(port, error);
    if (why === undefined) throw error;
    console.error(`asterisk-movidesk: ${why}`);
    return undefined;
  }
}

function whyNot(port: number, error: unknown): string | undefined {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return `another program listens on 127.0.0.1:${port}: stop it (ss -ltnp 'sport = :${port}' names it), or take another --port`;
    case 'EACCES':
    case 'EPERM':
      return `the system does not let us listen on 127.0.0.1:${port}: take a --port above 1023`;
    default:
      return undefined;
  }
}

function welcome({ url }: MovideskSimulator, queues: readonly DemoQueue[]): string {
  return `asterisk-movidesk demo: a simulated Movidesk alone, for a daemon on this machine. Ctrl-C ends it.

In the daemon's configuration:

movidesk:
  baseUrl: ${url}
  # Or in the file of tokenFile, where there is one.
  token: ${TOKEN}

Its queues (queues[].movideskQueueId), and the extensions that it names there:

${queues.map(({ id, agents }) => `  ${id}: ${agents.length === 0 ? 'nobody' : agents.join(', ')}`).join('\n')}

All agents are online. It names those of a queue in turn, each to one caller at a time, and nobody who is in a call of
which it was told; it does not know the phones. Who waited longest comes first. It answers 4 while no agent is left, and
2 where a queue has nobody.
${REQUESTS_PER_MINUTE} requests in any 60 seconds, and every rule of Movidesk's page: what breaks one is refused, and listed at the end.
It forgets its calls when it ends: what it is told of them later is refused.
`;
}

// The simulator says no more than these here: no calendar is closed, and every agent is on the phone.
const CODES: Readonly<Record<string, string>> = { 2: '2, nobody is online', 4: '4, all agents are busy' };

/** A line for each request. Only what is known by name is told: anybody on this machine can ask for anything. */
function tell(log: Log, { operation, callId, query, status, body }: LedgerEntry): void {
  const { queueId, clientNumber, branchLine, link } = query;
  const about = { callId: callId === '' ? undefined : callId, queueId, clientNumber, branchLine, link };
  if (status !== 200) log.warn({ ...about, status, why: whyIn(body) }, `${operation ?? 'request'} refused`);
  else if (body === '') log.info(about, `${operation}`);
  else log.info({ ...about, answer: answerIn(body) }, `${operation}`);
}

/** An extension or a code, as JSON. */
function answerIn(body: string): string {
  const answer = String(JSON.parse(body));
  return CODES[answer] ?? answer;
}

function whyIn(body: string): unknown {
  return JSON.parse(body).message;
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
