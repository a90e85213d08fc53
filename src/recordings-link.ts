import { findRecordings } from './adapters/recordings/find-recordings.ts';
import { LinkSigner } from './adapters/recordings/link-signer.ts';
import { openRecordings } from './adapters/recordings/open-recordings.ts';
import { RecordingsDisk } from './adapters/recordings/recordings-disk.ts';
import { signedLink } from './adapters/recordings/signed-link.ts';
import { systemClock } from './adapters/system/system-clock.ts';
import type { RecordingsConfig, ServedRecordings } from './config/recordings-config.ts';
import type { RecordingLink } from './domain/recording/recording.ts';
import { recordingPath, templateLink } from './domain/recording/template-link.ts';
import type { TellForged } from './observe/http/forged-links.ts';
import { recordingsRoom } from './observe/http/recordings-room.ts';
import type { Room } from './observe/http/room.ts';
import type { Log } from './ports/log.ts';
import type { RecordingSearch } from './ports/recording-search.ts';

// One for the process, as its threads are.
const disk = new RecordingsDisk();

/** How the help desk is told where a recording opens: on the admin's web server, or on ours. */
export function recordingLinkOf(config: RecordingsConfig): RecordingLink {
  const { linkTemplate = '', timeZone, served } = config;
  const pathOf = recordingPath(config);
  if (served === undefined) return templateLink({ linkTemplate, timeZone, pathOf });
  const { publicUrl, linkDays } = served;
  return signedLink({ signer: signerOf(served), publicUrl, linkDays, pathOf });
}

/** How recordings are found again; nothing where their folder is not at hand, or no link is told anyway. */
export function recordingSearchOf(config: RecordingsConfig, log: Log): RecordingSearch | undefined {
  const { folder, linkTemplate, served } = config;
  const isLinked = linkTemplate !== undefined || served !== undefined;
  return folder === undefined || !isLinked
    ? undefined
    : findRecordings({ folder, pathOf: recordingPath(config), disk, clock: systemClock, log });
}

/** Where recordings are handed out, if the daemon does that. */
export function recordingsRooms(
  { served }: RecordingsConfig,
  { tellForged, log }: { readonly tellForged: TellForged; readonly log: Log },
): readonly Room[] {
  if (served === undefined) return [];
  const signer = signerOf(served);
  return [
    recordingsRoom({
      open: openRecordings({ folder: served.folder, disk, clock: systemClock }),
      verdictOn: (path, marks, now) => signer.verdictOn(path, marks, now),
      tellForged,
      clock: systemClock,
      log,
    }),
  ];
}

const signerOf = ({ key, previousKey }: ServedRecordings): LinkSigner =>
  new LinkSigner({ key: key.reveal(), previousKey: previousKey?.reveal() });
