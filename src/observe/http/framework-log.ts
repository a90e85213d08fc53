import type { FastifyBaseLogger } from 'fastify';
import type { Log } from '../../ports/log.ts';

type Note = (facts: unknown, message?: string) => void;

/**
 * What fastify itself complains of, in our log: an answer that broke off, a hook that failed. Its other lines tell each
 * request, which nobody needs, and the objects it hands over hold the request with its headers: only the error goes in.
 */
export function frameworkLog(log: Log): FastifyBaseLogger {
  const silent = () => {};
  const noteAs =
    (level: 'warn' | 'error'): Note =>
    (facts, message) =>
      log[level]({ err: errorIn(facts), complaint: message ?? textIn(facts) }, 'the HTTP server complains');
  const logger: FastifyBaseLogger = {
    level: 'warn',
    fatal: noteAs('error'),
    error: noteAs('error'),
    warn: noteAs('warn'),
    info: silent,
    debug: silent,
    trace: silent,
    silent,
    child: () => logger,
  };
  return logger;
}

function errorIn(facts: unknown): unknown {
  if (facts instanceof Error) return facts;
  return typeof facts === 'object' && facts !== null && 'err' in facts ? facts.err : undefined;
}

const textIn = (facts: unknown): string | undefined => (typeof facts === 'string' ? facts : undefined);
