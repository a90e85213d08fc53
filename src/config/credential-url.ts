import { type Refusal, type Rule, text } from './rules.ts';

interface FarSide {
  readonly scheme: 'http' | 'ws';
  /** What must not be read on the way, and where it travels. */
  readonly travelling: string;
  /** Where that belongs which must not stand in the address itself. */
  readonly elsewhere: string;
  readonly mayHaveQuery: boolean;
}

/** The address of a far side that is told a credential in the URL itself. Its refusals show nothing of it. */
export const credentialUrl = (): Rule<string> =>
  addressOf('an https address without query (http only to this machine)', {
    scheme: 'http',
    travelling: 'the token travels in the address',
    elsewhere: 'the token has a key of its own',
    mayHaveQuery: false,
  });

/** The address of a far side that is told name and token with each request (HTTP Basic). */
export const basicAuthUrl = (): Rule<string> =>
  addressOf('an https address without query (http only to this machine)', {
    scheme: 'http',
    travelling: 'the token travels with each request',
    elsewhere: 'subdomain and token have keys of their own',
    mayHaveQuery: false,
  });

/** The address of a far side that signs in the query, or of whom it calls so. */
export const signedUrl = (): Rule<string> =>
  addressOf('an https address without query (http only to this machine)', {
    scheme: 'http',
    travelling: 'a signature travels in the address',
    elsewhere: 'the query is made anew for each request',
    mayHaveQuery: false,
  });

/** Where browsers reach us, with a signature in the query. */
export const servedUrl = (): Rule<string> =>
  addressOf('an https address without query (http only to this machine)', {
    scheme: 'http',
    travelling: 'whoever reads a link on the way can open it',
    elsewhere: 'file and signature are appended to it',
    mayHaveQuery: false,
  });

/** The same of a WebSocket; a query that it has is kept. */
export const signedWebSocketUrl = (): Rule<string> =>
  addressOf('a wss address (ws only to this machine)', {
    scheme: 'ws',
    travelling: 'a signature travels in the address',
    elsewhere: 'the signature is added anew for each connection',
    mayHaveQuery: true,
  });

function addressOf(wanted: string, farSide: FarSide): Rule<string> {
  return text(wanted, (value) => objectionTo(value, farSide));
}

function objectionTo(
  value: string,
  { scheme, travelling, elsewhere, mayHaveQuery }: FarSide,
): Refusal | undefined {
  const url = URL.parse(value);
  if (url === null || !isAddress(value, scheme)) {
    return { problem: `is not ${AN[scheme]} address`, remedy: `write it as ${scheme}s://host/path` };
  }
  if (url.username !== '' || url.password !== '' || (mayHaveQuery ? /#/ : /[?#]/).test(value)) {
    const [most, rest] = mayHaveQuery ? ['path and query', 'user'] : ['port and path', 'user, query'];
    return {
      problem: `holds more than scheme, host, ${most}`,
      remedy: `remove ${rest} and fragment; ${elsewhere}`,
    };
  }
  if (url.protocol === `${scheme}:` && !isLoopback(url.hostname)) {
    return {
      problem: `is ${scheme} to another machine, and ${travelling}`,
      remedy: `write ${scheme}s`,
    };
  }
  return undefined;
}

const AN = { http: 'an https', ws: 'a wss' } as const;

// `URL` also takes `https:host` and blanks around, which are no address to append a path to.
const isAddress = (value: string, scheme: 'http' | 'ws'): boolean =>
  (scheme === 'http' ? /^https?:\/\/\S+$/ : /^wss?:\/\/\S+$/).test(value);

/** Whether it can be opened in a browser. */
export const isWebAddress = (value: string): boolean => isAddress(value, 'http');

// `URL` has already written every spelling of an IPv4 address as four numbers, and IPv6 in its short form.
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.[0-9]+\.[0-9]+\.[0-9]+$/.test(hostname);
