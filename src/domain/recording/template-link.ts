import type { Instant } from '../identity.ts';
import { encoded, filledIn, valuesOf } from './link-template.ts';
import type { Recording, RecordingLink } from './recording.ts';

/** How the web server that the admin runs names recordings. */
export interface TemplateLinkSettings {
  /** An address; empty: no links. */
  readonly linkTemplate: string;
  readonly pathOf: (recording: Recording) => string;
  /** IANA name of the zone in whose days the PBX names folders. */
  readonly timeZone: string;
}

export function templateLink({ linkTemplate, pathOf, timeZone }: TemplateLinkSettings): RecordingLink {
  if (linkTemplate === '') return () => undefined;
  return (recording) =>
    filledIn(linkTemplate, {
      values: encoded(valuesOf(recording, pathOf(recording))),
      at: dayOf(recording),
      timeZone,
    });
}

export interface PathSettings {
  /** Of what our dialplan made. */
  readonly pathTemplate: string;
  /** Of what the PBX made by itself, and named. */
  readonly pbxPathTemplate: string;
  readonly timeZone: string;
}

/** Where a recording is below the folder of recordings: where it was found, else where the templates say. */
export function recordingPath({
  pathTemplate,
  pbxPathTemplate,
  timeZone,
}: PathSettings): (recording: Recording) => string {
  return (recording) => {
    const { path, file } = recording;
    const template = isOurs(recording) ? pathTemplate : pbxPathTemplate;
    if (path !== undefined) return path;
    const way = filledIn(template, { values: valuesOf(recording, file), at: dayOf(recording), timeZone });
    // A message has no extension, and a call that an agent made no queue: nobody makes a folder without a name for it.
    return way.split('/').filter(Boolean).join('/');
  };
}

// Our dialplan puts the channel's identity where it was given no call id: `1795361570.12-1001-1795361600.wav`.
const OURS_WITHOUT_CALL = /^(?:.+-)?[0-9]+\.[0-9]+-(?:[0-9]+|message)-[0-9]+\.[^.]+$/;
// FreePBX ends a name with the identity of the caller's channel, which begins with the second in which it came in.
const CAME_IN = /-([0-9]{9,10})\.[0-9]+\.[^.]+$/;

const isOurs = ({ file, callId }: Recording): boolean =>
  file.startsWith(callId) || OURS_WITHOUT_CALL.test(file);

/** FreePBX names a folder by when the channel came in, which around midnight may be the day before the call. */
function dayOf(recording: Recording): Instant {
  const seconds = isOurs(recording) ? undefined : CAME_IN.exec(recording.file)?.[1];
  return seconds === undefined ? recording.callAt : Number(seconds) * 1_000;
}
