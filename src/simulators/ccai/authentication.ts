/** Whose door it is: the one subdomain that is served here. */
export interface Customer {
  readonly subdomain: string;
  readonly token: string;
}

export type Entry = 'admitted' | 'unauthorized' | 'wrong-subdomain';

/**
 * HTTP Basic, user the subdomain and password the token. On loopback no host name tells the subdomain, so the user
 * does: another one is somebody else's door, and that is the document's "Resource not found - Please check your
 * subdomain". A host name that is one is looked at as well.
 */
export function entryOf(headers: Readonly<Record<string, unknown>>, customer: Customer): Entry {
  const { authorization, host } = headers;
  if (isForeign(String(host ?? ''), customer)) return 'wrong-subdomain';
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(String(authorization ?? '')) ?? [];
  if (encoded === undefined) return 'unauthorized';
  const [, user = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  if (user !== customer.subdomain) return 'wrong-subdomain';
  return password === customer.token ? 'admitted' : 'unauthorized';
}

function isForeign(host: string, { subdomain }: Customer): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const isLoopback = name === '' || name === 'localhost' || /^[\d.]+$/.test(name) || name.startsWith('[');
  return !isLoopback && name.split('.')[0] !== subdomain.toLowerCase();
}
