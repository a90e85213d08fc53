import { FrameGate } from './frame-gate.ts';
import { withoutUnread } from './unread-events.ts';

export interface PacketStreamParts {
  /** The library's parser: whole packets in, and each told at once where the library tells it. */
  readonly parse: (text: string) => void;
  /** Events that nobody reads, and that were not parsed. */
  readonly onSkipped: (count: number) => void;
  /** Packets that were kept from the parser. */
  readonly onRefused: (why: string, count: number) => void;
  /** Nothing that comes after it can be read. */
  readonly onEndless: (what: 'line' | 'packet') => void;
}

/** What the PBX sends, on its way to the library's parser: what that would choke on, or nobody reads, is taken out. */
export class PacketStream {
  readonly #gate = new FrameGate();
  readonly #parts: PacketStreamParts;

  constructor(parts: PacketStreamParts) {
    this.#parts = parts;
  }

  take(chunk: string): void {
    const { parse, onSkipped, onRefused, onEndless } = this.#parts;
    const passed = this.#gate.pass(chunk);
    if (passed.kind === 'too-long') {
      onRefused(`endless ${passed.what}`, 1);
      onEndless(passed.what);
      return;
    }
    if (passed.refused > 0) onRefused('endless response', passed.refused);
    const { text, skipped } = withoutUnread(passed.text);
    if (skipped > 0) onSkipped(skipped);
    if (text !== '') parse(text);
  }
}
