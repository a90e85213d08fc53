import { isIP } from 'node:net';
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  getCACertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';

// Node's own least version today. Older ones are broken, and every Asterisk of this decade speaks 1.2.
const minVersion = 'TLSv1.2';

/**
 * Who may say who the PBX is: these certificates (PEM), be they authorities or the PBX's own; where none are given, the
 * authorities of the system and those that Node brings along. Made once, for it takes longer than a handshake.
 */
export function trustIn(authorities: readonly string[] | undefined): SecureContext {
  if (authorities !== undefined) {
    return createSecureContext({ ca: [...authorities], minVersion, allowPartialTrustChain: true });
  }
  const ca = new Set([...getCACertificates('system'), ...getCACertificates('default')]);
  return createSecureContext({ ca: [...ca], minVersion });
}

/**
 * A socket to the PBX that is of use from `secureConnect` on, which comes only when the certificate is signed by one whom
 * we trust and made for this host. Until then nothing of ours is sent. There is no way to switch that off: said in so
 * many words, because Node would otherwise let the environment do it (NODE_TLS_REJECT_UNAUTHORIZED).
 */
export function connectTls(host: string, port: number, trust: SecureContext): TLSSocket {
  return connect({
    host,
    port,
    secureContext: trust,
    rejectUnauthorized: true,
    checkServerIdentity,
    // The name for a PBX with several certificates. An address may not stand there (RFC 6066); it is checked all the same.
    ...(isIP(host) === 0 && { servername: host }),
  });
}
