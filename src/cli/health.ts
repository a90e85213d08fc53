import { request } from 'undici';
import { formatMistakes } from '../config/mistake.ts';
import { EXIT } from './exit-codes.ts';
import { loadWithoutSecrets } from './load-without-secrets.ts';
import type { Surroundings } from './surroundings.ts';

// It answers from memory, within a millisecond. Docker and its like ask every half minute and wait as long as they are told:
// less than the five seconds that the Dockerfile gives.
const ANSWERS_WITHIN_MS = 3_000;
// Nothing after "ok" is of interest, and whatever else listens there may say much.
const MOST_CHARACTERS = 80;

/** Whether the daemon that runs here with this configuration is alive: 0 and a line, or 1 and why not. */
export async function health(
  { config: file }: { readonly config: string | undefined },
  { env, stop }: Surroundings,
): Promise<number> {
  const loaded = loadWithoutSecrets({ file, env });
  if (!loaded.ok) {
    console.error(formatMistakes(loaded.mistakes));
    // Docker knows 0 and 1 only.
    return EXIT.UNDONE;
  }
  const { host, port } = loaded.config.http;
  if (port === 0) return ill('http.port is 0, so that nobody knows where it listens: set a number');
  const url = `http://${reachable(host)}:${port}/healthz`;
  try {
    return await ask(url, AbortSignal.any([stop, AbortSignal.timeout(ANSWERS_WITHIN_MS)]));
  } catch (error) {
    return ill(`${url} ${whyNot(error)}`);
  }
}

async function ask(url: string, signal: AbortSignal): Promise<number> {
  // Not fetch: it refuses ports that browsers refuse, and one of them may be the daemon's.
  const { statusCode, body } = await request(url, { signal });
  const said = (await body.text()).trim().slice(0, MOST_CHARACTERS);
  // Another program may have taken the port, and be in the best of health.
  if (statusCode !== 200 || said !== 'ok') return ill(`${url} answers ${statusCode} ${said}`.trimEnd());
  console.log('ok');
  return EXIT.OK;
}

function ill(why: string): number {
  console.error(`asterisk-movidesk: ${why}`);
  return EXIT.UNDONE;
}

/** Where a daemon that listens everywhere, or on the machine's own name, can be asked. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `does not answer within ${ANSWERS_WITHIN_MS} ms`;
  // A name with two addresses: both were tried.
  const [first = error] = error instanceof AggregateError ? error.errors : [];
  const code = first instanceof Error && 'code' in first ? String(first.code) : error.message;
  if (code === 'ECONNREFUSED') return 'has nobody who listens: the daemon does not run, or listens elsewhere';
  return `cannot be asked (${code})`;
}
