import type { OpenCall } from '../domain/call/call.ts';
import { isDoNotDisturb } from '../domain/extension/availability.ts';
import { type DeviceNames, type ExtensionBoard, isSetAside } from '../domain/extension/extension-board.ts';
import type { CallId, Extension, QueueName } from '../domain/identity.ts';
import type { KnownAgents } from '../domain/queue/known-agents.ts';
import type { AgentState, AgentStatus } from '../ports/status.ts';

/** Where anything stands of the agents. */
export interface AgentSources {
  readonly calls: readonly OpenCall[];
  readonly known: KnownAgents;
  readonly board: ExtensionBoard;
  /** Who is busy in another system, and why. */
  readonly taken: ReadonlyMap<Extension, string>;
  /** Those of whom a relay is told, with what their devices showed when they were read. */
  readonly mirrored: ReadonlyMap<Extension, Partial<Devices>>;
  readonly devices: DeviceNames;
  /** By the clock that never jumps. */
  readonly now: number;
}

interface Devices {
  readonly device: string | undefined;
  readonly dnd: string | undefined;
}

interface Seen {
  readonly device: string | undefined;
  readonly dnd: boolean | undefined;
  readonly call: { readonly callId: CallId; readonly phase: 'offered' | 'talking' } | undefined;
  readonly taken: string | undefined;
  readonly aside: string | undefined;
}

/** Every agent of whom anything is known, by extension. */
export function agentStatuses(sources: AgentSources): readonly AgentStatus[] {
  const calls = callsByAgent(sources.calls);
  const extensions = new Set<Extension>([
    ...calls.keys(),
    ...[...sources.known.members.values()].flatMap((members) => [...members]),
    ...sources.known.sights.keys(),
    ...sources.taken.keys(),
    ...sources.mirrored.keys(),
  ]);
  return [...extensions]
    .sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
    .map((extension) => agentStatus(extension, seenOf(extension, calls.get(extension), sources), sources));
}

function agentStatus(extension: Extension, seen: Seen, { known }: AgentSources): AgentStatus {
  const { device, dnd, call, taken, aside } = seen;
  const why = taken ?? aside;
  return {
    extension,
    state: stateOf(seen),
    queues: queuesOf(extension, known),
    ...(device === undefined ? {} : { device }),
    ...(dnd === undefined ? {} : { isDoNotDisturb: dnd }),
    ...(call === undefined ? {} : { callId: call.callId }),
    ...(why === undefined ? {} : { why }),
  };
}

/** What keeps them longest from the next caller comes first. */
function stateOf({ device, dnd, call, taken, aside }: Seen): AgentState {
  if (call !== undefined) return call.phase;
  if (taken !== undefined) return 'elsewhere';
  if (device === 'UNAVAILABLE' || device === 'INVALID') return 'offline';
  if (dnd === true) return 'dnd';
  if (device !== undefined && device !== 'NOT_INUSE') return 'busy';
  if (aside !== undefined) return 'aside';
  return device === undefined ? 'unknown' : 'free';
}

function seenOf(extension: Extension, call: Seen['call'], sources: AgentSources): Seen {
  const { board, devices, mirrored, taken, now } = sources;
  const dndDevice = devices.dnd(extension);
  const told = toldOf(board.states.get(devices.phone(extension)));
  const dnd = dndDevice === undefined ? undefined : board.states.get(dndDevice);
  const dndState = dnd ?? mirrored.get(extension)?.dnd;
  return {
    device: told ?? toldOf(mirrored.get(extension)?.device),
    dnd: dndState === undefined ? undefined : isDoNotDisturb(dndState),
    call,
    taken: taken.get(extension),
    aside: isSetAside(board, extension, now) ? board.setAside.get(extension)?.why : undefined,
  };
}

/** The board's word for a device of which it only knows that it was not free when it was asked. */
const toldOf = (device: string | undefined): string | undefined =>
  device === 'UNKNOWN' ? undefined : device;

const queuesOf = (extension: Extension, { members }: KnownAgents): readonly QueueName[] =>
  [...members].filter(([, theirs]) => theirs.has(extension)).map(([queue]) => queue);

/** Where two calls name one agent, because the first was transferred on, the one that rings counts. */
function callsByAgent(calls: readonly OpenCall[]): ReadonlyMap<Extension, NonNullable<Seen['call']>> {
  const found = new Map<Extension, NonNullable<Seen['call']>>();
  for (const call of calls)
    if (call.phase === 'talking') found.set(call.extension, { callId: call.callId, phase: 'talking' });
  for (const call of calls)
    if (call.phase === 'offered') found.set(call.offer.extension, { callId: call.callId, phase: 'offered' });
  return found;
}
