import { excerptWithout } from '../kit/excerpt.ts';

/** Why the PBX at the other end of a TLS connection is not spoken to, and what a person can do. */
export interface TlsRefusal {
  readonly why: string;
  readonly remedy: string;
}

/** The PBX that was meant. */
interface Peer {
  readonly host: string;
  readonly port: number;
}

type Told = (peer: Peer) => TlsRefusal;

// Asterisk 22.10 reads a certificate again when manager.conf itself has changed, and not otherwise (tried).
const RENEW =
  'renew the certificate that tlscertfile of manager.conf names, `touch` manager.conf, then `manager reload`';

const unknownAuthority: Told = () => ({
  why: 'its certificate is signed by nobody whom we trust',
  remedy:
    'write into the file of asterisk.caFile the authority that signed it, or the certificate itself, and restart the bridge; or give the PBX one that is trusted, with the authorities in between in the file that tlscertfile of manager.conf names',
});

const notTls: Told = ({ port }) => ({
  why: `what listens on port ${port} does not speak TLS`,
  remedy:
    'set asterisk.port to the port of tlsbindaddr in manager.conf (5039 unless it says otherwise), and see that tlsenable is yes there',
});

// By the codes of Node (tls, "X509 certificate error codes") and of its OpenSSL.
const BY_CODE: Readonly<Record<string, Told>> = {
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  CERT_HAS_EXPIRED: () => ({ why: 'its certificate, or that of its authority, has expired', remedy: RENEW }),
  CERT_NOT_YET_VALID: () => ({
    why: 'its certificate is not valid yet',
    remedy: 'set the clock of the PBX, or of this machine: one of them is wrong',
  }),
  ERR_SSL_WRONG_VERSION_NUMBER: notTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: notTls,
};

/**
 * What to tell where it was TLS that failed; nothing for all other errors. `isDistrusted` says that the certificate was
 * looked at and not accepted.
 */
export function tlsRefusalOf(error: Error, isDistrusted: boolean, peer: Peer): TlsRefusal | undefined {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(error, peer);
  const told = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  if (told !== undefined) return told(peer);
  if (isDistrusted) return { why: `its certificate is not accepted: ${code}`, remedy: RENEW };
  return code.startsWith('ERR_SSL_') ? noAgreement(error, code) : undefined;
}

// The names are what a stranger wrote into a certificate, and as many as they like.
const excerpt = excerptWithout([]);

function wrongName(error: Error, { host }: Peer): TlsRefusal {
  return {
    why: `its certificate is for another name: ${excerpt('reason' in error ? String(error.reason) : error.message)}`,
    remedy: `set asterisk.host to a name that stands in the certificate, or give the PBX one for ${host} (for an address: as an IP entry of subjectAltName)`,
  };
}

function noAgreement(error: Error, code: string): TlsRefusal {
  const reason = 'reason' in error ? String(error.reason) : code;
  return {
    why: `TLS failed: ${excerpt(reason)}`,
    remedy:
      'see that the PBX offers TLS 1.2 or newer and asks for no certificate of ours, and look into its log',
  };
}
