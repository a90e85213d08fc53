/**
 * By the end of a file's name: what Asterisk writes with MixMonitor and Record, and what admins convert it to. `.WAV` is
 * GSM in a RIFF file (Asterisk's wav49), which no browser plays; nor do they play raw GSM: those are saved instead.
 */
const TYPES = {
  wav: 'audio/wav',
  WAV: 'audio/x-wav',
  gsm: 'audio/x-gsm',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  m4a: 'audio/mp4',
  flac: 'audio/flac',
} as const;

type Ending = keyof typeof TYPES;

export const ENDINGS: readonly string[] = Object.keys(TYPES);

/** Nothing for what is no recording. */
export function recordingType(path: string): string | undefined {
  const [, ending = ''] = /\.([^./]+)$/.exec(path) ?? [];
  return isEnding(ending) ? TYPES[ending] : undefined;
}

/** Whether a browser plays it; else it is saved. */
export const isPlayed = (type: string): boolean => type !== TYPES.WAV && type !== TYPES.gsm;

const isEnding = (text: string): text is Ending => Object.hasOwn(TYPES, text);
