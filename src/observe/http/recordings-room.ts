import type { FastifyReply, FastifyRequest } from 'fastify';
import rangeParser from 'range-parser';
import { shownFile } from '../../domain/recording/shown-file.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type {
  LinkVerdict,
  Opening,
  OpenRecording,
  OpenRecordings,
  Unreadable,
} from '../../ports/recordings.ts';
import { type AskingAddress, askingAddress } from './asking-address.ts';
import type { TellForged } from './forged-links.ts';
import { OnceAMinute } from './once-a-minute.ts';
import { refuse } from './refusals.ts';
import type { Room } from './room.ts';

export interface RecordingsRoomParts {
  readonly open: OpenRecordings;
  readonly verdictOn: (
    path: string,
    marks: { readonly until: string; readonly signature: string },
    now: number,
  ) => LinkVerdict;
  readonly tellForged: TellForged;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

interface Asked {
  readonly path: string;
  readonly who: AskingAddress;
}

// A listener takes one; a hundred connections are all that the port has, and health and metrics need some of them.
const MOST_AT_ONCE = 40;
const RETRY_AFTER_SECONDS = '5';

/**
 * `/recordings/…`: a recording for whoever has the link that the help desk was sent. The link itself is what they must
 * know; what is asked leaves a line in the log, but for what strangers ask without end.
 */
export function recordingsRoom({ open, verdictOn, tellForged, clock, log }: RecordingsRoomParts): Room {
  let underWay = 0;
  const unread = unreadable({ clock, log });
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const asked = askedIn(request);
    const verdict = verdictOn(asked.path, marksOf(request.query), clock.now());
    if (verdict !== 'good') {
      if (verdict === 'forged') tellForged(shown(asked));
      else log.warn({ ...shown(asked), verdict }, 'a link to a recording was refused');
      return refuse(reply, 403, EXPIRED_OR_FORGED[verdict]);
    }
    if (underWay >= MOST_AT_ONCE) {
      log.warn({ ...shown(asked), underWay }, 'too many recordings are being heard at once: one was refused');
      return refuseForNow(reply, 'too many recordings are being heard at once: try again in a moment');
    }
    underWay += 1;
    // Comes whether the answer was taken to its end or not.
    reply.raw.once('close', () => (underWay -= 1));
    return serve(await open(asked.path), { request, reply, asked, log, unread });
  };
  return (server) => {
    // Fastify's own HEAD reads the whole file to throw it away.
    server.get('/recordings/*', { exposeHeadRoute: false }, answer);
    server.head('/recordings/*', answer);
  };
}

interface Serving {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly asked: Asked;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly unread: Unread;
}

async function serve(opening: Opening, serving: Serving): Promise<FastifyReply> {
  const { reply, asked, log, unread } = serving;
  switch (opening.kind) {
    case 'open':
      return hand(opening.recording, serving);
    case 'closed':
    case 'silent':
      return unread(opening, { reply, asked });
    case 'outside':
    case 'unserved':
    case 'nothing': {
      const { kind } = opening;
      const remedy = kind === 'nothing' ? {} : { remedy: REMEDIES[kind] };
      log.warn({ ...shown(asked), found: kind, ...remedy }, 'a link to a recording leads to none');
      return refuse(reply, 404, 'there is no such recording: it may have been removed');
    }
  }
}

type Unread = (what: Unreadable, to: Pick<Serving, 'reply' | 'asked'>) => FastifyReply;

/** A disk that does not answer is told of once a minute, however many wish to hear something of it. */
function unreadable({ clock, log }: Pick<RecordingsRoomParts, 'clock' | 'log'>): Unread {
  const silences = new OnceAMinute(clock);
  return (what, { reply, asked }) => {
    if (what.kind === 'silent') {
      const times = silences.timesToTell();
      if (times !== undefined)
        log.error({ times, remedy: LOOK_AT_DISK }, 'the disk with the recordings does not answer');
      return refuseForNow(reply, 'the disk with the recordings does not answer: try again in a moment');
    }
    log.error({ ...shown(asked), why: what.why, remedy: LET_READ }, 'a recording cannot be read');
    return refuse(
      reply,
      503,
      'the recording cannot be read at the moment; the log of asterisk-movidesk says why',
    );
  };
}

const refuseForNow = (reply: FastifyReply, message: string): FastifyReply =>
  refuse(reply.header('retry-after', RETRY_AFTER_SECONDS), 503, message);

const EXPIRED_OR_FORGED = {
  expired: 'this link has expired',
  forged: 'this link is not one of ours, or was changed on the way',
} as const;

const LET_READ = "let the daemon's user read the files in recordings.folder; asterisk-movidesk check looks";

const LOOK_AT_DISK =
  'see whether the disk of recordings.folder answers (ls) and why not (dmesg); mount one of another machine so that it fails instead of waiting for ever (NFS: soft,timeo=50)';

const REMEDIES = {
  outside:
    'where a symbolic link leads out of recordings.folder: name there the folder to which it leads, or mount that one in its place (mount --bind)',
  unserved:
    'recordings of this kind are not handed out: have the PBX record as .wav (in a dialplan of yours, the name given to MixMonitor or Record), or convert them in their place; docs/recordings.md names the kinds',
} as const;

/** The whole, or the part that a player asks for while somebody drags its slider (RFC 9110 §14). */
async function hand(recording: OpenRecording, serving: Serving): Promise<FastifyReply> {
  const { request, reply, asked, log } = serving;
  const { bytes, path } = recording;
  const part = partOf(request, recording);
  const { status, first, last } = part;
  const length = status === 416 ? 0 : last - first + 1;
  const isRead = length > 0 && request.method !== 'HEAD';
  const sound = isRead ? await recording.sound(part) : recording.close();
  if (sound !== undefined && 'kind' in sound) return serving.unread(sound, { reply, asked });
  log.info(
    { ...shown({ ...asked, path }), method: request.method, status, first, last, bytes },
    'a recording was opened',
  );
  reply.code(status).headers(headersOf(recording)).header('content-length', length);
  if (status !== 200) reply.header('content-range', contentRange(part, bytes));
  return reply.send(sound);
}

const headersOf = ({ path, type, isPlayed, version }: OpenRecording) => ({
  'content-type': type,
  etag: etagOf(version),
  'accept-ranges': 'bytes',
  'content-disposition': `${isPlayed ? 'inline' : 'attachment'}; filename="${nameIn(path)}"`,
  'referrer-policy': 'no-referrer',
});

const etagOf = (version: string): string => `"${version}"`;

interface Part {
  readonly status: 200 | 206 | 416;
  readonly first: number;
  readonly last: number;
}

/**
 * Parts are for GET alone (§14.2), and for a player that knows this very recording: one that has some of what was here before
 * it was converted or replaced begins anew (§13.1.5). Of several ranges none is worth the trouble: players ask for one, and
 * may be given the whole instead.
 */
function partOf({ method, headers }: FastifyRequest, { bytes, version }: OpenRecording): Part {
  const whole: Part = { status: 200, first: 0, last: bytes - 1 };
  const { range, 'if-range': known = etagOf(version) } = headers;
  if (method !== 'GET' || range === undefined || bytes === 0 || known !== etagOf(version)) return whole;
  const ranges = rangeParser(bytes, withinEnd(range, bytes), { combine: true });
  if (ranges === -1) return { ...whole, status: 416 };
  if (ranges === -2 || ranges.type !== 'bytes') return whole;
  const [only, second] = ranges;
  return only === undefined || second !== undefined
    ? whole
    : { status: 206, first: only.start, last: only.end };
}

/** Whoever asks for more of the end than there is means all of it (§14.1.2). The library takes it for nothing. */
const withinEnd = (range: string, bytes: number): string =>
  range.replace(/(?<=[=,]\s*)-([0-9]+)/g, (_, wanted) => `-${Math.min(Number(wanted), bytes)}`);

const contentRange = ({ status, first, last }: Part, bytes: number): string =>
  status === 416 ? `bytes */${bytes}` : `bytes ${first}-${last}/${bytes}`;

const askedIn = (request: FastifyRequest): Asked => ({
  path: textOf(request.params, '*'),
  who: askingAddress(request),
});

const marksOf = (query: unknown) => ({
  until: textOf(query, 'until'),
  signature: textOf(query, 'signature'),
});

/** Nothing where it is given twice, or not at all: then it is not what was signed. */
function textOf(of: unknown, key: string): string {
  const value: unknown = typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined;
  return typeof value === 'string' ? value : '';
}

// A name of ours or of FreePBX's has nothing else in it; a header must not break.
const nameIn = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/[^A-Za-z0-9._+-]/g, '_');

// What a stranger asks for may be long, and may be anything.
const PATH_SHOWN = 200;
const shown = ({ path, who }: Asked) => ({ path: shownFile(path.slice(0, PATH_SHOWN)), ...who });
