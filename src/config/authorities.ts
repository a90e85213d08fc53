import { X509Certificate } from 'node:crypto';
import type { Refusal } from './rules.ts';
import { FORBIDDEN, NOT_TEXT, readTextFile } from './text-file.ts';

export type Authorities =
  | { readonly ok: true; readonly certificates: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

// Four times Mozilla's whole list, the longest that anybody would name.
const FILE_BYTES = 1_000_000;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const BEGINNING = /-----BEGIN CERTIFICATE-----/g;
const AS_PEM =
  'name a file with certificates as PEM (-----BEGIN CERTIFICATE-----); one as DER becomes that by openssl x509 -inform der';
const REMEDIES: ReadonlyMap<Refusal, string> = new Map([
  [NOT_TEXT, AS_PEM],
  [FORBIDDEN, 'run chmod 644 on it: certificates are no secret'],
]);

/**
 * The certificates in a file, each as PEM. Looked at here, because TLS itself would pass over what it cannot read, trust
 * nobody, and every connection would be refused for another reason than the true one.
 */
export function readAuthorities(file: string): Authorities {
  const read = readTextFile(file, FILE_BYTES);
  if (read.kind === 'missing')
    return refused(`${file} does not exist`, 'write the certificates into it, or correct the path');
  if (read.kind === 'unreadable') {
    const { problem, remedy } = read.refusal;
    return refused(`${file} ${problem}`, REMEDIES.get(read.refusal) ?? remedy);
  }
  const certificates = read.text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) return refused(`${file} holds no certificate`, AS_PEM);
  const isWhole = certificates.length === read.text.match(BEGINNING)?.length;
  return isWhole && certificates.every(isCertificate)
    ? { ok: true, certificates }
    : refused(`${file} holds a certificate that cannot be read`, 'copy it again, whole');
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

const refused = (problem: string, remedy: string): Authorities => ({
  ok: false,
  refusal: { problem, remedy },
});
