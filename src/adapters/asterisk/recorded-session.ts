import { apartFromWire, type Packet, textOf } from './packet.ts';
import { packetParser } from './packet-parser.ts';
import { PacketStream } from './packet-stream.ts';
import { type Translated, type TranslateOptions, translate } from './translate.ts';

/** What one packet of a recording told, where it told anything. */
export interface Told {
  /** Its number in the recording, from 1. */
  readonly packet: number;
  /** Milliseconds since the epoch, where the PBX stamped it (`timestampevents`). */
  readonly stampedAt: number | undefined;
  /** Where it ends in the recording. */
  readonly endsAt: number;
  readonly what: Exclude<Translated, { kind: 'ignored' }>;
}

/** Packets by what they were to us. */
export interface PacketCounts {
  /** All of them. */
  packets: number;
  /** What somebody's actions were answered with. */
  answers: number;
  /** Events that are read, and concern us. */
  read: number;
  /** Events that are none of our business. */
  others: number;
  /** Packets that Asterisk would not make. */
  refused: number;
  /** What is neither an event nor an answer: text of another kind. */
  unknown: number;
}

const FRAME_END = Buffer.from('\r\n\r\n');

/** A session as it was received, byte for byte: parsed, refused and understood as the daemon does it. */
export class RecordedSession {
  readonly counts: PacketCounts = { packets: 0, answers: 0, read: 0, others: 0, refused: 0, unknown: 0 };
  readonly told: Told[] = [];
  readonly #options: TranslateOptions;
  readonly #stream: PacketStream;
  #endsAt = 0;
  #isReadable = true;

  constructor(options: TranslateOptions) {
    this.#options = options;
    this.#stream = new PacketStream({
      parse: packetParser((packet) => this.#take(packet)),
      onSkipped: (count) => {
        this.counts.others += count;
      },
      onRefused: (why) => this.#tell({ kind: 'malformed', why }, undefined),
      onEndless: () => {
        this.#isReadable = false;
      },
    });
  }

  /**
   * The next packets, at most so many, and whether there may be more. One at a time: so each has its number, wherever the
   * network cut the text.
   */
  readNext(recording: Buffer, packets: number): boolean {
    for (let many = 0; many < packets && this.#isReadable; many += 1) {
      const start = this.#endsAt;
      const end = recording.indexOf(FRAME_END, start);
      // What was cut off at the end is no packet.
      if (end === -1) return false;
      this.#endsAt = end + FRAME_END.length;
      this.counts.packets += 1;
      this.#stream.take(recording.toString('utf8', start, this.#endsAt));
    }
    return this.#isReadable;
  }

  /** Whether anything of it reads as AMI. */
  get isOne(): boolean {
    const { answers, read, others } = this.counts;
    return answers + read + others > 0;
  }

  #take(packet: Packet): void {
    if (packet['event'] === undefined) {
      this.counts[packet['response'] === undefined ? 'unknown' : 'answers'] += 1;
      return;
    }
    const translated = translate(packet, this.#options);
    if (translated.kind === 'ignored') this.counts.others += 1;
    else this.#tell(translated, stampOf(packet));
  }

  #tell(what: Told['what'], stampedAt: number | undefined): void {
    this.counts[what.kind === 'event' ? 'read' : 'refused'] += 1;
    // A recording of a day must not be held by each of its packets.
    this.told.push(apartFromWire({ packet: this.counts.packets, stampedAt, endsAt: this.#endsAt, what }));
  }
}

/** Seconds with a fraction, as `timestampevents` has them. */
function stampOf(packet: Packet): number | undefined {
  const stamp = textOf(packet, 'timestamp');
  return /^[0-9]{1,12}\.[0-9]{1,9}$/.test(stamp) ? Math.round(Number(stamp) * 1_000) : undefined;
}
