import { OpenFailure } from './connection.ts';

/** The PBX that was meant, and who we are there. */
interface Peer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
}

/** Why there is no link, for whoever sees nothing but this line. The PBX's own words and the remedy stand in the log. */
export function whyUnlinked(error: Error, { host, port, username }: Peer): string {
  if (error instanceof OpenFailure && error.problem === 'login-refused')
    return `login refused as ${username}`;
  return error.message.includes('ECONNREFUSED') ? `connection refused ${host}:${port}` : error.message;
}
