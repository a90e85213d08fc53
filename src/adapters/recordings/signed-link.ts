import { encodedPath } from '../../domain/recording/link-template.ts';
import type { Recording, RecordingLink } from '../../domain/recording/recording.ts';
import type { LinkSigner } from './link-signer.ts';
import { formsOf, recordingType } from './recording-types.ts';

const DAY_MS = 86_400_000;

/** Links to our own server: for one recording, and for so many days after the call. */
export function signedLink(parts: {
  readonly signer: LinkSigner;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly linkDays: number;
  readonly pathOf: (recording: Recording) => string;
}): RecordingLink {
  const { signer, publicUrl, linkDays, pathOf } = parts;
  const addressOf = (recording: Recording) => `${publicUrl}/${encodedPath(pathOf(recording))}`;
  const link = (recording: Recording) => {
    const { until, signature } = signer.sign(pathOf(recording), recording.callAt + linkDays * DAY_MS);
    return `${addressOf(recording)}?until=${until}&signature=${signature}`;
  };
  // The server opens what was converted in its place; and another key or day makes no other recording of it.
  const leadsTo = (toldLink: string, recording: Recording) => {
    const told = toldLink.replace(/\?.*$/s, '');
    return recordingType(told) !== undefined && formsOf(told).includes(addressOf(recording));
  };
  return Object.assign(link, { leadsTo });
}
