import type { Application } from './application.ts';
import { beginCall, type CallFacts, type TakenStep, takeStep } from './call-flow.ts';
import type { UdeskCall } from './udesk-call.ts';

/** Begins a call, and sees to it that it goes on if it is to. */
export type PlaceCall = (application: Application, facts: CallFacts) => UdeskCall;

const OUTBOUND: readonly TakenStep[] = ['agent_ringing', 'agent_answer', 'user_ringing', 'user_answer'];

/** Calls that go on by themselves, a step each `paceMs`, until both talk. Without a pace, somebody moves them by hand. */
export function placeCalls(paceMs: number | undefined): PlaceCall {
  return (application, facts) => {
    const call = beginCall(application, facts);
    if (paceMs !== undefined) goOn(application, call, { paceMs, steps: OUTBOUND });
    return call;
  };
}

function goOn(
  application: Application,
  call: UdeskCall,
  { paceMs, steps: [step, ...steps] }: { readonly paceMs: number; readonly steps: readonly TakenStep[] },
): void {
  if (step === undefined) return;
  application.world.after(paceMs, () => {
    if (call.endedAt !== undefined) return;
    takeStep(application, call, step);
    goOn(application, call, { paceMs, steps });
  });
}
