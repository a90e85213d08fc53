import { once } from 'node:events';
import { createServer } from 'node:net';
import { request } from 'undici';
import { systemClock } from '../../adapters/system/system-clock.ts';
import { ListenFault, type Place } from '../../observe/http/listen-fault.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import { lookAgain, type Patience } from './look-again.ts';

// On this machine, an answer takes milliseconds.
const ANSWER_MS = 2_000;

// A daemon takes its port as soon as it has read its store.
const STARTING: Patience = { clock: systemClock, everyMs: 250, forMs: 5_000 };

/**
 * Whether health and metrics could be served: by trying to, for a moment, which nobody notices on a free port. Where it is
 * taken, whoever has it is asked whether they are a daemon of ours. `isStoreInUse`: whether one runs on our store; it is
 * waited for, and asked before the port is tried, for it may be about to take it.
 */
export async function httpFindings(
  place: Place,
  isStoreInUse: boolean | undefined,
  patience: Patience = STARTING,
): Promise<readonly Finding[]> {
  if (place.port === 0) return [ok('port', 'any free one is taken')];
  if (isStoreInUse === true) {
    const who = await lookAgain(() => whoAnswers(place), isSomebody, patience);
    if (who === 'daemon') return [taken(place, isStoreInUse)];
  }
  const fault = await listenFault(place);
  if (fault === undefined) return [free(place, isStoreInUse)];
  if (fault.code !== 'HTTP_PORT_TAKEN') return [fail('port', fault.message, fault.remedy)];
  if ((await whoAnswers(place)) !== 'daemon') return [fail('port', fault.message, fault.remedy)];
  return [taken(place, isStoreInUse)];
}

function free({ port }: Place, isStoreInUse: boolean | undefined): Finding {
  return isStoreInUse === true
    ? warn(
        'port',
        `a daemon works on the store, but nobody serves health and metrics on port ${port}`,
        'it may run with another configuration: compare its --config with this one. If it has just been started, run check again in a moment',
      )
    : ok('port', `${port} is free`);
}

function taken({ port }: Place, isStoreInUse: boolean | undefined): Finding {
  return isStoreInUse === false
    ? fail(
        'port',
        `another asterisk-movidesk, with another store, answers on port ${port}`,
        `stop it (ss -ltnp 'sport = :${port}' names it), or set http.port to a free one`,
      )
    : ok('port', `the running daemon answers on port ${port}`);
}

async function listenFault(place: Place): Promise<ListenFault | undefined> {
  const server = createServer();
  try {
    server.listen(place);
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return new ListenFault(place, error);
  } finally {
    server.close();
  }
}

// Addresses that stand for all of a machine's own; nobody can be asked there.
const EVERYWHERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

type Answerer = 'daemon' | 'another' | 'nobody';
const isSomebody = (who: Answerer): boolean => who !== 'nobody';

async function whoAnswers({ host, port }: Place): Promise<Answerer> {
  const asked = EVERYWHERE[host] ?? host;
  const authority = asked.includes(':') ? `[${asked}]:${port}` : `${asked}:${port}`;
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    // Not fetch: it refuses ports that browsers refuse, and one of them may be the daemon's.
    const { statusCode, body } = await request(`http://${authority}/healthz`, { signal });
    return statusCode === 200 && (await body.text()) === 'ok\n' ? 'daemon' : 'another';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED' ? 'nobody' : 'another';
  }
}
