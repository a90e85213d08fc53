import { REFUSALS, type Refusal } from '../refusal.ts';
import type { Application } from './application.ts';
import {
  type AgentState,
  type CallMode,
  type Extension,
  type ExtensionState,
  isLoggedIn,
  type Seat,
  type SettableState,
} from './seat.ts';

export type Door = 'rest' | 'session' | 'hand';

interface Login {
  readonly by: Door;
  readonly state?: SettableState | undefined;
}

/**
 * "The seat must be bound to an extension before logging in." Which code answers one without is not in the document,
 * nor what a second login does: it is taken here as the first one repeated, with the state it asks for.
 */
export function logIn(
  application: Application,
  seat: Seat,
  { by, state = 'idle' }: Login,
): Refusal | undefined {
  if (seat.extensions.length === 0) return REFUSALS.recordNotFound;
  if (!seat.enable) return REFUSALS.paramsInvalid;
  if (!isLoggedIn(seat)) application.tell({ what: 'agent-logged-in', agentId: seat.agentId, by });
  changeState(application, seat, state);
  return undefined;
}

/** Logging out whoever is not in changes nothing. */
export function logOut(application: Application, seat: Seat, by: Door): void {
  if (!isLoggedIn(seat)) return;
  application.tell({ what: 'agent-logged-out', agentId: seat.agentId, by });
  changeState(application, seat, 'offline');
}

/** Told and logged only where it is a change. Only a break has a sub-state. */
export function changeState(application: Application, seat: Seat, state: AgentState, subState = 0): void {
  const old = { state: seat.state, subState: seat.subState };
  if (old.state === state && old.subState === subState) return;
  Object.assign(seat, { state, subState, since: application.world.now() });
  application.stateLog.add(seat, old);
  application.tell({
    what: 'agent-state',
    agentId: seat.agentId,
    state,
    subState,
    oldState: old.state,
    oldSubState: old.subState,
  });
}

export function changeCallMode(application: Application, seat: Seat, mode: CallMode): void {
  if (seat.callMode === mode) return;
  seat.callMode = mode;
  application.tell({ what: 'call-mode', agentId: seat.agentId, mode });
}

export function changeExtensionState(
  application: Application,
  extension: Extension,
  { state, reason = '' }: { readonly state: ExtensionState; readonly reason?: string },
): void {
  const oldState = extension.state;
  if (oldState === state) return;
  extension.state = state;
  application.tell({
    what: 'extension-state',
    extension: extension.number,
    agentId: application.ownerOf(extension.number)?.agentId,
    state,
    oldState,
    reason,
  });
}
