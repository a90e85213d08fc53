import type { AmiEvent } from '../../src/simulators/pbx/packet.ts';
import { headerOf, variableOf } from './event-parts.ts';
import { MadeTruth } from './made-truth.ts';

/** One stay of a caller in one of our queues, as it really was. Instants are milliseconds since the world began. */
export interface Visit {
  readonly uniqueid: string;
  readonly queue: string;
  /** As the PBX has it. */
  readonly number: string;
  readonly enteredAt: number;
  /** By whom, through an offer of ours, under which call id, and the file it is recorded to. */
  answer: { readonly extension: string; readonly callId: string; readonly recording: string } | undefined;
  /** When the caller hung up, or entered anew, and the context in which they were then. */
  end: { readonly at: number; readonly context: string } | undefined;
}

/** What really happened at the PBX, whoever was listening: written from its own events before anything befalls them. */
export class Truth {
  readonly #nowMs: () => number;
  /** The present visit of each channel. */
  readonly #open = new Map<string, Visit>();
  readonly #answered = new Map<string, Visit>();
  readonly made: MadeTruth;
  visits = 0;
  onEntered: (visit: Visit) => void = () => {};
  onEnded: (visit: Visit) => void = () => {};

  /** `nowMs`: milliseconds since the world began. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.made = new MadeTruth(nowMs);
  }

  readonly hear = (event: AmiEvent): void => {
    this.made.hear(event);
    switch (event.name) {
      case 'UserEvent':
        if (headerOf(event, 'UserEvent') === 'MovideskCall') this.#enter(event);
        break;
      case 'QueueCallerJoin':
        this.#enter(event);
        break;
      case 'DialEnd':
        if (headerOf(event, 'DialStatus') === 'ANSWER' && headerOf(event, 'Context') === 'movidesk-agent')
          this.#answer(event);
        break;
      case 'Hangup':
        this.#end(headerOf(event, 'Uniqueid'), headerOf(event, 'Context'));
        break;
    }
  };

  /** Everybody who was in the PBX when it died. */
  allGone(): void {
    for (const uniqueid of [...this.#open.keys()]) this.#end(uniqueid, 'a PBX that died');
    this.made.allGone();
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

  #enter(event: AmiEvent): void {
    const uniqueid = headerOf(event, 'Uniqueid');
    this.#end(uniqueid, 'entered anew');
    const visit: Visit = {
      uniqueid,
      queue: headerOf(event, 'Queue'),
      number: headerOf(event, 'CallerIDNum'),
      enteredAt: this.#nowMs(),
      answer: undefined,
      end: undefined,
    };
    this.#open.set(uniqueid, visit);
    this.visits += 1;
    this.onEntered(visit);
  }

  #answer(event: AmiEvent): void {
    const visit = this.#open.get(headerOf(event, 'Uniqueid'));
    const callId = variableOf(event, 'MOVIDESK_CALL_ID');
    if (visit === undefined || callId === '') return;
    const recording = variableOf(event, 'MOVIDESK_RECORDING');
    visit.answer = { extension: headerOf(event, 'Exten'), callId, recording };
    this.#answered.set(callId, visit);
  }

  #end(uniqueid: string, context: string): void {
    const visit = this.#open.get(uniqueid);
    if (visit === undefined) return;
    visit.end = { at: this.#nowMs(), context };
    this.#open.delete(uniqueid);
    this.onEnded(visit);
  }
}
