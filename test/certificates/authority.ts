import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bits,
  boolean,
  explicit,
  implicit,
  integer,
  objectId,
  octets,
  sequence,
  set,
  time,
  utf8,
} from './der.ts';

/** What a server needs, in PEM. */
export interface Credentials {
  readonly cert: string;
  readonly key: string;
}

/** What is to stand in a server's certificate. */
export interface Wanted {
  /** Names and IPv4 addresses: its subjectAltName. */
  readonly names: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

interface Holder {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

interface Signer {
  readonly name: string;
  readonly key: KeyObject;
}

const DAY_MS = 86_400_000;
const daysFromNow = (days: number): Date => new Date(Date.now() + days * DAY_MS);
const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));

/**
 * A certificate authority of a test's own. Made anew for each, in Node alone: no key lies in the repository, nothing
 * expires one day, and no other program is needed.
 */
export class TestAuthority {
  /** Its own certificate, for those who are to trust it. */
  readonly certificate: string;
  readonly #signer: Signer;

  constructor(name = 'Test authority') {
    const { publicKey, privateKey } = newKeys();
    this.#signer = { name, key: privateKey };
    const isAuthority = extension('2.5.29.19', sequence(boolean(true)), { critical: true });
    // keyCertSign, the sixth bit.
    const maySign = extension('2.5.29.15', bits(Buffer.of(0x04)), { critical: true });
    const holder = { name, publicKey, extensions: [isAuthority, maySign] };
    this.certificate = signed(holder, this.#signer, { names: [] });
  }

  issue(wanted: Wanted): Credentials {
    const { publicKey, privateKey } = newKeys();
    return { cert: signed(server(publicKey, wanted), this.#signer, wanted), key: pem(privateKey) };
  }
}

/** A server's certificate that nobody but the server vouches for. */
export function selfSigned(wanted: Wanted): Credentials {
  const { publicKey, privateKey } = newKeys();
  const holder = server(publicKey, wanted);
  return { cert: signed(holder, { name: holder.name, key: privateKey }, wanted), key: pem(privateKey) };
}

function server(publicKey: KeyObject, { names }: Wanted): Holder {
  const alternatives = names.map((name) =>
    // RFC 5280: [7] is an address, [2] a name.
    isIP(name) === 4 ? implicit(7, Buffer.from(name.split('.').map(Number))) : implicit(2, Buffer.from(name)),
  );
  const extensions = [extension('2.5.29.17', sequence(...alternatives), { critical: false })];
  return { name: 'Test server', publicKey, extensions };
}

function signed(holder: Holder, signer: Signer, { notBefore, notAfter }: Wanted): string {
  const serial = Buffer.concat([Buffer.of(1), randomBytes(8)]);
  const content = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(serial),
    ECDSA_WITH_SHA256,
    distinguished(signer.name),
    sequence(time(notBefore ?? daysFromNow(-1)), time(notAfter ?? daysFromNow(1))),
    distinguished(holder.name),
    holder.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...holder.extensions)),
  );
  const certificate = sequence(content, ECDSA_WITH_SHA256, bits(sign('sha256', content, signer.key)));
  const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function extension(id: string, value: Buffer, { critical }: { critical: boolean }): Buffer {
  return sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(value));
}

const distinguished = (name: string): Buffer => sequence(set(sequence(objectId('2.5.4.3'), utf8(name))));
const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
