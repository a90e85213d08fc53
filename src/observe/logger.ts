import { pino } from 'pino';
import type { Log } from '../ports/log.ts';
import { maskNumber } from './mask-number.ts';
import { prettyLines } from './pretty-lines.ts';

export interface LoggerOptions {
  readonly level: string;
  readonly format: 'json' | 'pretty';
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
  const sink = options.format === 'pretty' ? prettyLines(output) : output;
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

/** Secrets as they stand, and as they stand in a URL or in JSON. */
function hider(secrets: readonly string[]): (line: string) => string {
  const texts = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  return (line) => texts.reduce((text, secret) => text.replaceAll(secret, '********'), line);
}
