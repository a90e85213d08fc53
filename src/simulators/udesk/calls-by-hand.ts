import type { Application } from './state/application.ts';
import { beginCall, type CallFacts, type TakenStep, takeStep } from './state/call-flow.ts';
import type { UdeskCall } from './state/udesk-call.ts';

/** The calls of one application as phones and customers would move them. */
export class CallsByHand {
  readonly #application: Application;

  constructor(application: Application) {
    this.#application = application;
  }

  all(): readonly Readonly<UdeskCall>[] {
    return [...this.#application.calls.values()];
  }

  find(callId: string): Readonly<UdeskCall> {
    return this.#call(callId);
  }

  /** A call that has just begun, at no pace of its own; answers its id. */
  begin(facts: CallFacts): string {
    return beginCall(this.#application, facts).callId;
  }

  /** A call in which both already talk; answers its id. */
  talk(facts: CallFacts): string {
    const callId = this.begin(facts);
    for (const step of ['agent_ringing', 'agent_answer', 'user_ringing', 'user_answer'] as const) {
      this.step(callId, step);
    }
    return callId;
  }

  step(callId: string, step: TakenStep, reason = ''): void {
    const call = this.#call(callId);
    if (call.endedAt !== undefined) throw new Error(`the call ${callId} is over`);
    takeStep(this.#application, call, step, reason);
  }

  #call(callId: string): UdeskCall {
    const call = this.#application.calls.get(callId);
    if (call === undefined) throw new Error(`no call ${callId}`);
    return call;
  }
}
