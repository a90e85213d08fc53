// Six times the longest packet that Asterisk sends (some 10 KiB; its longest line is a variable of 4 KiB). Not more,
// because the library's parser takes lines from the front of an array, which beyond 16,000 lines costs their square: a
// megabyte of short lines held it up for a minute, these 64 KiB and a chunk for a second.
const LINE_LIMIT = 64 * 1024;
const FRAME_LIMIT = 64 * 1024;
const FRAME_END = '\r\n\r\n';
// The library reads such a packet on and on until `--END COMMAND--`. We never ask for one, but 20 bytes of a caller's
// number would do. A line of its own goes on where a pattern's `.` stops: after a lone CR, after U+2028.
const ENDLESS = /(?:^|\n)response:[^\n]*follow/i;
// Asterisk ends lines with CRLF and nothing else. To the library a lone LF is an end as well, and two of them end a
// packet; a caller's number may hold them (`%0a`), and a forgery is a fifth shorter with them.
const LONE_LINE_FEED = /(?<!\r)\n/g;

export type Passed =
  | { readonly kind: 'frames'; readonly text: string; readonly refused: number }
  | { readonly kind: 'too-long'; readonly what: 'line' | 'packet' };

const NOTHING: Passed = { kind: 'frames', text: '', refused: 0 };

/**
 * Stands before the library's parser, which would keep an endless line for ever: whole packets pass, the rest waits here
 * and has a limit. So the parser never sees where the network cut the text, and what ends a line or a packet is decided
 * here alone.
 */
export class FrameGate {
  #held = '';
  // The packet's end may be cut in two; three characters of what came before are enough to see it.
  #seam = '';
  #lineLength = 0;

  pass(chunk: string): Passed {
    const joint = this.#seam + chunk;
    const end = joint.lastIndexOf(FRAME_END);
    this.#measureLine(chunk);
    if (end === -1) return this.#hold(chunk, joint);
    const cut = end + FRAME_END.length - this.#seam.length;
    const text = this.#held + chunk.slice(0, cut);
    this.#held = '';
    this.#seam = '';
    const rest = chunk.slice(cut);
    const held = this.#hold(rest, rest);
    return held.kind === 'too-long' ? held : withoutEndless(text.replace(LONE_LINE_FEED, ' '));
  }

  #measureLine(chunk: string): void {
    const lineEnd = chunk.lastIndexOf('\n');
    this.#lineLength = lineEnd === -1 ? this.#lineLength + chunk.length : chunk.length - lineEnd - 1;
  }

  #hold(rest: string, joint: string): Passed {
    this.#held += rest;
    this.#seam = joint.slice(-(FRAME_END.length - 1));
    if (this.#lineLength > LINE_LIMIT) return this.#burst('line');
    if (this.#held.length > FRAME_LIMIT) return this.#burst('packet');
    return NOTHING;
  }

  #burst(what: 'line' | 'packet'): Passed {
    this.#held = '';
    return { kind: 'too-long', what };
  }
}

function withoutEndless(text: string): Passed {
  if (!ENDLESS.test(text)) return { kind: 'frames', text, refused: 0 };
  const frames = text.split(FRAME_END);
  const harmless = frames.filter((frame) => !ENDLESS.test(frame));
  return { kind: 'frames', text: harmless.join(FRAME_END), refused: frames.length - harmless.length };
}
