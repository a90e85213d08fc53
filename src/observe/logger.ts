import { pino } from 'pino';
import type { Log } from '../ports/log.ts';
import { maskNumber } from './mask-number.ts';
import { prettyLines } from './pretty-lines.ts';
import { prioritizedLines } from './prioritized-lines.ts';

export interface LoggerOptions {
  readonly level: string;
  readonly format: 'json' | 'pretty';
  /** Each line begins with its priority (`<4>`), as the journal takes it: `journalctl -p warning` finds it by that. */
  readonly withPriority: boolean;
  readonly phoneNumbers: 'masked' | 'full';
  /** Texts that no line may carry: tokens and secrets. */
  readonly secrets: readonly string[];
}

/**
 * One line of JSON a fact, on stdout, written before the call returns: a process that dies has said what it knew.
 * The field `clientNumber` is masked, and no secret gets out, whatever object or error it hides in.
 */
export function createLogger(
  options: LoggerOptions,
  output: { write(line: string): void } = process.stdout,
): Log {
  const lines = options.format === 'pretty' ? prettyLines(output) : output;
  const sink = options.withPriority ? prioritizedLines(lines) : lines;
  const hide = hider(options.secrets);
  const mask = (value: unknown) => (options.phoneNumbers === 'masked' ? maskNumber(String(value)) : value);
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { clientNumber: mask },
      hooks: { streamWrite: hide },
    },
    sink,
  );
}

/** Secrets as they stand, and as they stand in a URL, in a query and in JSON, which may stand in JSON again. */
function hider(secrets: readonly string[]): (line: string) => string {
  const texts = secrets.filter((secret) => secret !== '').flatMap(shapesOf);
  // The longest first: a secret that begins like another would leave its end behind.
  const longestFirst = [...new Set(texts)].sort((one, other) => other.length - one.length);
  return (line) => longestFirst.reduce((text, secret) => text.replaceAll(secret, '********'), line);
}

function shapesOf(secret: string): readonly string[] {
  const query = new URLSearchParams({ s: secret }).toString().slice('s='.length);
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
  return [secret, encodeURIComponent(secret), query].flatMap((text) => [
    text,
    inJson(text),
    inJson(inJson(text)),
  ]);
}
