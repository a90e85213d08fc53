import {
  AGENT_CONTEXT,
  MADE_AGENT_CONTEXT,
  MADE_CONTEXT,
} from '../../src/simulators/pbx/dialplan/contexts.ts';
import type { AmiEvent } from '../../src/simulators/pbx/packet.ts';
import { headerOf, variableOf } from './event-parts.ts';

// The half of the Local channel that rings the agent is named after the other, which has the call's id.
const RINGING_HALF = /-b$/;

/** A call that an agent made from the help desk, as it really was. Instants are milliseconds since the world began. */
export interface RealMadeCall {
  readonly callId: string;
  readonly agent: string;
  /** Of the agent's phone. */
  readonly leg: string;
  readonly rungAt: number;
  /** The file that the talk is recorded to; nothing before the customer has answered. */
  recording: string | undefined;
  isOver: boolean;
}

/** What really became of the calls that agents made from the help desk, and when phones were rung for callers. */
export class MadeTruth {
  readonly #nowMs: () => number;
  readonly #calls = new Map<string, RealMadeCall>();
  onRung: (call: RealMadeCall) => void = () => {};
  onOffered: (extension: string) => void = () => {};

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  hear(event: AmiEvent): void {
    switch (event.name) {
      case 'DialBegin':
        if (headerOf(event, 'Context') === AGENT_CONTEXT) this.onOffered(headerOf(event, 'Exten'));
        if (headerOf(event, 'Context') === MADE_AGENT_CONTEXT) this.#rung(event);
        break;
      case 'DialEnd':
        if (headerOf(event, 'Context') === MADE_CONTEXT && headerOf(event, 'DialStatus') === 'ANSWER')
          this.#answered(event);
        break;
      case 'Hangup':
        this.#over(headerOf(event, 'Uniqueid'));
        break;
    }
  }

  allGone(): void {
    for (const callId of this.#calls.keys()) this.#over(callId);
  }

  find(callId: string): RealMadeCall | undefined {
    return this.#calls.get(callId);
  }

  get all(): Iterable<RealMadeCall> {
    return this.#calls.values();
  }

  /** Those for which the agent's phone rings, or is in use. */
  openOf(agent: string): readonly RealMadeCall[] {
    return [...this.#calls.values()].filter((call) => call.agent === agent && !call.isOver);
  }

  #rung(event: AmiEvent): void {
    const call: RealMadeCall = {
      callId: headerOf(event, 'Uniqueid').replace(RINGING_HALF, ''),
      agent: headerOf(event, 'Exten'),
      leg: headerOf(event, 'DestUniqueid'),
      rungAt: this.#nowMs(),
      recording: undefined,
      isOver: false,
    };
    this.onRung(call);
    this.#calls.set(call.callId, call);
  }

  #answered(event: AmiEvent): void {
    const call = this.#calls.get(headerOf(event, 'Uniqueid'));
    if (call !== undefined) call.recording = variableOf(event, 'MOVIDESK_RECORDING');
  }

  #over(uniqueid: string): void {
    const call = this.#calls.get(uniqueid);
    if (call !== undefined) call.isOver = true;
  }
}
