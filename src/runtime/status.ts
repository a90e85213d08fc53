import type { OpenCall } from '../domain/call/call.ts';
import type { Extension, Instant, QueueName } from '../domain/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { LaneLoad, Present } from '../ports/meter.ts';
import type { PartReadiness, Readiness } from '../ports/readiness.ts';
import type {
  LaneStatus,
  LeavingStatus,
  LinkStatus,
  QueueStatus,
  Status,
  TalkStatus,
  WaitingStatus,
} from '../ports/status.ts';
import { agentStatuses } from './agent-statuses.ts';
import type { PbxLink } from './pbx-link.ts';
import type { World } from './world.ts';

interface Seen {
  readonly world: World;
  readonly readiness: Readiness;
  readonly link: Pick<PbxLink, 'isConnected' | 'isReconciled' | 'since'>;
  readonly lanes: Present['lanes'];
  readonly mirrored: Parameters<typeof agentStatuses>[0]['mirrored'];
  readonly clock: Clock;
}

/** How everything is now. A look at what is in memory: some microseconds for each open call and agent. */
export function statusOf({ world, readiness, link, lanes, mirrored, clock }: Seen): Status {
  const at = clock.now();
  const calls = [...world.calls.all()].sort(byPlace);
  return {
    at,
    state: worstOf(readiness),
    links: Object.entries(readiness).map(([name, part]) => linkStatus(name, part, link)),
    queues: queueStatuses(
      calls,
      world.settings.queues.map(({ name }) => name),
    ),
    talks: calls.flatMap(talkStatus),
    leaving: calls.flatMap(leavingStatus),
    agents: agentStatuses({
      calls,
      known: world.agents.known,
      board: world.board,
      taken: world.taken,
      mirrored,
      devices: world.settings.devices,
      now: clock.monotonic(),
    }),
    budget: world.lane.budget,
    outbox: laneStatuses(lanes, at),
    endings: world.endings.all,
  };
}

function worstOf(readiness: Readiness): PartReadiness['state'] {
  const states = new Set(Object.values(readiness).map(({ state }) => state));
  if (states.has('down')) return 'down';
  return states.has('degraded') ? 'degraded' : 'ready';
}

function linkStatus(name: string, part: PartReadiness, link: Seen['link']): LinkStatus {
  if (name !== 'pbx') return { name, ...part };
  const { isConnected, isReconciled, since } = link;
  return { name, ...part, isConnected, isReconciled, ...(since === undefined ? {} : { since }) };
}

/** Every queue that is configured, and those besides of which somebody is left. */
function queueStatuses(calls: readonly OpenCall[], configured: readonly QueueName[]): readonly QueueStatus[] {
  const callers = new Map<QueueName, WaitingStatus[]>(configured.map((name) => [name, []]));
  for (const call of calls) {
    if (call.phase !== 'waiting' && call.phase !== 'offered') continue;
    const line = callers.get(call.queue) ?? [];
    line.push(waitingStatus(call));
    callers.set(call.queue, line);
  }
  return [...callers].map(([name, line]) => ({ name, callers: line }));
}

const waitingStatus = (call: Extract<OpenCall, { phase: 'waiting' | 'offered' }>): WaitingStatus => ({
  callId: call.callId,
  number: call.clientNumber,
  phase: call.phase,
  ...offeredTo(call),
  since: call.enteredAt,
});

const offeredTo = (call: OpenCall): { readonly extension?: Extension } =>
  call.phase === 'offered' ? { extension: call.offer.extension } : {};

function talkStatus(call: OpenCall): readonly TalkStatus[] {
  if (call.phase !== 'talking') return [];
  const { callId, clientNumber: number, queue, extension, answeredAt: since } = call;
  return [{ callId, number, queue, extension, since }];
}

function leavingStatus(call: OpenCall): readonly LeavingStatus[] {
  if (call.phase !== 'leaving') return [];
  const { callId, clientNumber: number, queue, reason, enteredAt: since } = call;
  return [{ callId, number, queue, reason, since }];
}

const SECOND_MS = 1_000;

function laneStatuses(lanes: Present['lanes'], now: Instant): readonly LaneStatus[] {
  return Object.entries(lanes).map(([lane, { depth, parked, oldestMs }]: [string, LaneLoad]) => ({
    lane: lane as LaneStatus['lane'],
    due: depth,
    parked,
    // Whole seconds: the age was measured a moment ago, and what has not changed must look the same.
    ...(oldestMs > 0 ? { oldestAt: Math.round((now - oldestMs) / SECOND_MS) * SECOND_MS } : {}),
  }));
}

/** First come, first served, as the queues are. */
function byPlace(one: OpenCall, other: OpenCall): number {
  return one.enteredAt - other.enteredAt || (one.callId < other.callId ? -1 : 1);
}
