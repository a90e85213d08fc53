/**
 * By the end of a file's name: what Asterisk writes with MixMonitor and Record, and what admins convert it to. `.WAV` is
 * GSM in a RIFF file (Asterisk's wav49), which no browser plays; nor do they play raw GSM: those are saved instead. `.wav16`
 * is a RIFF file like `.wav`, of 16 kHz.
 */
const TYPES = {
  wav: 'audio/wav',
  wav16: 'audio/wav',
  WAV: 'audio/x-wav',
  gsm: 'audio/x-gsm',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  m4a: 'audio/mp4',
  flac: 'audio/flac',
} as const;

type Ending = keyof typeof TYPES;

const ENDINGS: readonly string[] = Object.keys(TYPES);

/**
 * Nothing for what is no recording. A script that converts may write `.MP3`; `.WAV` alone is another thing than `.wav`.
 */
export function recordingType(path: string): string | undefined {
  const [, ending = ''] = /\.([^./]+)$/.exec(path) ?? [];
  return [ending, ending.toLowerCase()].filter(isEnding).map((known) => TYPES[known])[0];
}

// What Asterisk writes besides (`core show file formats`): sound without a head, or in a coding of telephones.
const OTHER_FORMATS =
  /\.(?:sln(?:[0-9]+)?|raw|pcm|ulaw|ul|ulw|mu|alaw|al|alw|au|g722|g723|g723sf|g726-(?:16|24|32|40)|g729|ilbc|siren7|siren14|spx|vox)$/;

/** The ending of a recording of Asterisk's that is not handed out; nothing for what is handed out, or is none. */
export const unservedEnding = (name: string): string | undefined => OTHER_FORMATS.exec(name)?.[0];

/** The names under which a recording is opened: its own, and those of what it may have been converted to in its place. */
export function formsOf(path: string): readonly string[] {
  const stem = path.slice(0, path.lastIndexOf('.') + 1);
  return [path, ...ENDINGS.map((ending) => stem + ending).filter((other) => other !== path)];
}

/** Whether a browser plays it; else it is saved. */
export const isPlayed = (type: string): boolean => type !== TYPES.WAV && type !== TYPES.gsm;

const isEnding = (text: string): text is Ending => Object.hasOwn(TYPES, text);
