import { changeExtensionState, changeState } from './agent-states.ts';
import type { Application } from './application.ts';
import type { CallDirection, CallStep } from './happening.ts';
import type { Seat } from './seat.ts';
import type { UdeskCall } from './udesk-call.ts';

export interface CallFacts {
  readonly agentId: string;
  readonly destNumber: string;
  /** A UUID where nothing is said. */
  readonly callId?: string | undefined;
  readonly spNumber?: string | undefined;
  readonly direction?: CallDirection | undefined;
  readonly userData?: unknown;
}

/** The steps that a hand can take, in the order in which an outbound call takes them. */
export type TakenStep = Exclude<CallStep, 'begin' | 'start_dialout' | 'hangup_cause' | 'end'>;

export function beginCall(application: Application, facts: CallFacts): UdeskCall {
  const { world } = application;
  const { agentId, destNumber, callId = world.uuid(), spNumber = '', direction = 'Outgoing' } = facts;
  const call: UdeskCall = {
    ...{ callId, direction, destNumber, spNumber, agentId, firstAgentId: agentId },
    userData: facts.userData ?? '',
    startedAt: world.now(),
    held: false,
    stateBefore: application.seats.get(agentId)?.state ?? 'idle',
    ...{ agentAnsweredAt: undefined, userAnsweredAt: undefined, endedAt: undefined },
    ...{ hangupBy: undefined, transferredTo: undefined },
  };
  application.calls.set(callId, call);
  tellStep(application, call, 'begin');
  if (direction === 'Outgoing') tellStep(application, call, 'start_dialout');
  return call;
}

/** One step further. A hangup by either side ends the call for both. */
export function takeStep(application: Application, call: UdeskCall, step: TakenStep, reason = ''): void {
  const now = application.world.now();
  if (step === 'agent_ringing') occupy(application, call, true);
  if (step === 'agent_answer') call.agentAnsweredAt = now;
  if (step === 'user_answer') call.userAnsweredAt = now;
  tellStep(application, call, step, reason);
  if (step === 'agent_hangup') end(application, call, { by: 'agent', reason });
  if (step === 'user_hangup') end(application, call, { by: 'customer', reason });
}

export function hold(application: Application, call: UdeskCall, agentId: string): void {
  call.held = true;
  application.tell({ what: 'hold', callId: call.callId, agentId });
}

export function resume(application: Application, call: UdeskCall, agentId: string): void {
  call.held = false;
  application.tell({ what: 'resume', callId: call.callId, agentId });
}

/** The agent is out of the call, which goes on with whoever has the number. */
export function transfer(
  application: Application,
  call: UdeskCall,
  { agentId, to }: { readonly agentId: string; readonly to: string },
): void {
  application.tell({ what: 'transfer', callId: call.callId, agentId, to, from: call.destNumber });
  call.transferredTo = to;
  call.held = false;
  occupy(application, call, false);
  call.agentId = undefined;
}

function end(
  application: Application,
  call: UdeskCall,
  { by, reason }: { readonly by: 'agent' | 'customer'; readonly reason: string },
): void {
  call.endedAt = application.world.now();
  call.hangupBy = by;
  tellStep(application, call, 'hangup_cause', reason);
  tellStep(application, call, 'end', reason);
  occupy(application, call, false);
}

/** In a call, and after it what they were before it, unless they were set to something meanwhile. */
function occupy(application: Application, call: UdeskCall, occupied: boolean): void {
  const seat = application.seats.get(call.agentId ?? '');
  if (seat === undefined) return;
  if (occupied) {
    call.stateBefore = seat.state;
    changeState(application, seat, 'inCall');
  } else if (seat.state === 'inCall') changeState(application, seat, call.stateBefore);
  changePhone(application, seat, occupied);
}

function changePhone(application: Application, seat: Seat, busy: boolean): void {
  const extension = application.extensions.get(seat.extensions[0] ?? '');
  if (extension === undefined || seat.callMode !== 'voip') return;
  changeExtensionState(application, extension, { state: busy ? 'busy' : 'idle' });
}

function tellStep(application: Application, call: UdeskCall, step: CallStep, reason = ''): void {
  const { callId, destNumber, spNumber, direction, userData } = call;
  const agentId = call.agentId ?? call.firstAgentId;
  application.tell({
    what: 'call',
    step,
    ...{ callId, agentId, destNumber, spNumber, direction, userData, reason },
  });
}
