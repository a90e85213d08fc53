/** An action as it arrived. Header names are matched without regard to case; of two, the first counts. */
export class AmiRequest {
  private readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** Blanks in front of a value are skipped, those behind it belong to it. */
  header(name: string): string {
    const start = `${name.toLowerCase()}:`;
    const line = this.lines.find((candidate) => candidate.toLowerCase().startsWith(start));
    return line === undefined ? '' : line.slice(start.length).trimStart();
  }

  get action(): string {
    return this.header('Action');
  }
}

export interface ReadRequest {
  readonly request: AmiRequest;
  /** Why it was not understood. */
  readonly fault: string | undefined;
}

// Asterisk's input buffer, and its AST_MAX_MANHEADERS.
const LONGEST_LINE_BYTES = 1_024;
const MOST_HEADERS = 127;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Bytes in, actions out, with Asterisk's own habits: a line feed alone ends a line, a bare carriage return does not,
 * an empty line ends the action, and a line that fills the buffer spoils the action it stands in.
 */
export class RequestReader {
  private buffer: Buffer = Buffer.alloc(0);
  private lines: string[] = [];
  private fault: string | undefined;

  push(chunk: Buffer): ReadRequest[] {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    const requests: ReadRequest[] = [];
    for (let line = this.takeLine(); line !== undefined; line = this.takeLine()) {
      if (line !== '') this.keep(line);
      else requests.push(this.takeRequest());
    }
    return requests;
  }

  private takeLine(): string | undefined {
    const end = this.buffer.subarray(0, LONGEST_LINE_BYTES).indexOf(LINE_FEED);
    if (end >= 0) {
      const hasReturn = end > 0 && this.buffer[end - 1] === CARRIAGE_RETURN;
      const line = this.buffer.subarray(0, hasReturn ? end - 1 : end).toString('utf8');
      this.buffer = this.buffer.subarray(end + 1);
      return line;
    }
    if (this.buffer.length < LONGEST_LINE_BYTES) return undefined;
    this.buffer = this.buffer.subarray(LONGEST_LINE_BYTES);
    this.fault = 'Failed to parse message: line too long';
    return this.takeLine();
  }

  private keep(line: string): void {
    if (this.fault !== undefined) return;
    if (this.lines.length < MOST_HEADERS) this.lines.push(line);
    else this.fault = 'Too many lines in message or allocation failure';
  }

  private takeRequest(): ReadRequest {
    const taken = { request: new AmiRequest(this.lines), fault: this.fault };
    this.lines = [];
    this.fault = undefined;
    return taken;
  }
}
