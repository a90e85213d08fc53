import type { CodeMeaning } from '../../ports/code-meaning.ts';

/** What an operator may look up. The process has ended with 70, nothing was begun, and the next start tries again. */
export const LISTEN_FAULTS = {
  HTTP_PORT_TAKEN: {
    means: 'another program listens on `http.port`, perhaps another daemon',
    toDo: '`ss -ltnp` names it: stop it, or set `http.port` to a free one; 0 takes any',
  },
  HTTP_PORT_FORBIDDEN: {
    means: 'the system does not let the daemon listen on `http.port`',
    toDo: 'set it to one above 1023; a proxy can serve it on a lower one',
  },
  HTTP_HOST_UNKNOWN: {
    means: '`http.host` is no address of this machine',
    toDo: 'set it to one: 127.0.0.1 is this machine only, `ip address` shows the others',
  },
  HTTP_UNUSABLE: {
    means: 'health and metrics cannot be served, for another reason, which the line names',
    toDo: 'look at `http.host` and `http.port`',
  },
} as const satisfies Readonly<Record<string, CodeMeaning>>;

export type ListenFaultCode = keyof typeof LISTEN_FAULTS;

/** Health and metrics cannot be served. The message says what is wrong, `remedy` what a person can do, the cause why. */
export class ListenFault extends Error {
  readonly code: ListenFaultCode;
  readonly remedy: string;

  constructor(place: Place, cause: unknown) {
    const { code, message, remedy } = wordsFor(place, systemCodeOf(cause));
    super(message, { cause });
    this.name = 'ListenFault';
    this.code = code;
    this.remedy = remedy;
  }

  /** Why, in the words of the system. */
  get why(): string | undefined {
    return this.cause instanceof Error ? this.cause.message : undefined;
  }
}

/** Where we wanted to listen. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Host and port as they stand in an address. */
export const authorityOf = ({ host, port }: Place): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

interface Words {
  readonly code: ListenFaultCode;
  readonly message: string;
  readonly remedy: string;
}

function wordsFor(place: Place, systemCode: string | undefined): Words {
  const where = authorityOf(place);
  switch (systemCode) {
    case 'EADDRINUSE':
      return {
        code: 'HTTP_PORT_TAKEN',
        message: `another program listens on ${where}, where health and metrics are served`,
        remedy: `stop it (ss -ltnp 'sport = :${place.port}' names it), or set http.port to a free one; 0 takes any`,
      };
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'HTTP_PORT_FORBIDDEN',
        message: `the system does not let us listen on ${where}, where health and metrics are served`,
        remedy: 'set http.port to one above 1023; a proxy can serve it on a lower one',
      };
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        code: 'HTTP_HOST_UNKNOWN',
        message: `${place.host} is no address of this machine, and health and metrics cannot be served there`,
        remedy: 'set http.host to one (127.0.0.1: this machine only; ip address shows the others)',
      };
    default:
      return {
        code: 'HTTP_UNUSABLE',
        message: `health and metrics cannot be served on ${where}`,
        remedy: 'look at http.host and http.port',
      };
  }
}

const systemCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;
