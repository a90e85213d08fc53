import type { AmiEvent } from '../../src/simulators/pbx/packet.ts';

/** One stay of a caller in one of our queues, as it really was. */
export interface Visit {
  readonly uniqueid: string;
  readonly queue: string;
  /** Milliseconds since the world began. */
  readonly enteredAt: number;
  /** By whom, through an offer of ours, and under which call id. */
  answer: { readonly extension: string; readonly callId: string; readonly at: number } | undefined;
  /** When the caller hung up, or entered anew. */
  endedAt: number | undefined;
}

/** What really happened at the PBX, whoever was listening: written from its own events before anything befalls them. */
export class Truth {
  readonly #nowMs: () => number;
  /** The present visit of each channel. */
  readonly #open = new Map<string, Visit>();
  readonly #answered = new Map<string, Visit>();
  visits = 0;
  onEntered: (visit: Visit) => void = () => {};

  /** `nowMs`: milliseconds since the world began. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  readonly hear = (event: AmiEvent): void => {
    switch (event.name) {
      case 'UserEvent':
        if (headerOf(event, 'UserEvent') === 'MovideskCall') this.#enter(event, headerOf(event, 'Queue'));
        break;
      case 'QueueCallerJoin':
        this.#enter(event, headerOf(event, 'Queue'));
        break;
      case 'DialEnd':
        if (headerOf(event, 'DialStatus') === 'ANSWER' && headerOf(event, 'Context') === 'movidesk-agent')
          this.#answer(event);
        break;
      case 'Hangup':
        this.gone(headerOf(event, 'Uniqueid'));
        break;
    }
  };

  /** Everybody who was in the PBX when it died. */
  allGone(): void {
    for (const uniqueid of [...this.#open.keys()]) this.gone(uniqueid);
  }

  gone(uniqueid: string): void {
    const visit = this.#open.get(uniqueid);
    if (visit === undefined) return;
    visit.endedAt = this.#nowMs();
    this.#open.delete(uniqueid);
  }

  get open(): Iterable<Visit> {
    return this.#open.values();
  }

  /** The visit that an agent took under this call id. */
  answered(callId: string): Visit | undefined {
    return this.#answered.get(callId);
  }

  get allAnswered(): ReadonlyMap<string, Visit> {
    return this.#answered;
  }

  #enter(event: AmiEvent, queue: string): void {
    const uniqueid = headerOf(event, 'Uniqueid');
    this.gone(uniqueid);
    const visit: Visit = { uniqueid, queue, enteredAt: this.#nowMs(), answer: undefined, endedAt: undefined };
    this.#open.set(uniqueid, visit);
    this.visits += 1;
    this.onEntered(visit);
  }

  #answer(event: AmiEvent): void {
    const visit = this.#open.get(headerOf(event, 'Uniqueid'));
    const callId = variableOf(event, 'MOVIDESK_CALL_ID');
    if (visit === undefined || callId === '') return;
    visit.answer = { extension: headerOf(event, 'Exten'), callId, at: this.#nowMs() };
    this.#answered.set(callId, visit);
  }
}

const headerOf = ({ headers }: AmiEvent, name: string): string =>
  headers.find(([header]) => header === name)?.[1] ?? '';

function variableOf({ headers }: AmiEvent, name: string): string {
  const start = `${name}=`;
  const found = headers.find(([header, value]) => header === 'ChanVariable' && value.startsWith(start));
  return found?.[1].slice(start.length) ?? '';
}
