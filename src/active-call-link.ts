import { randomUUID } from 'node:crypto';
import { systemClock } from './adapters/system/system-clock.ts';
import type { ActiveCallConfig, CallAccess } from './config/active-call-config.ts';
import type { Config } from './config/config.ts';
import { type CallId, callIdFrom } from './domain/identity.ts';
import { hearingVerdictOn, verdictOn } from './domain/made-call/wish.ts';
import type { Access } from './observe/http/active-call-access.ts';
import { activeCallRoom } from './observe/http/active-call-room.ts';
import { isLoopback } from './observe/http/loopback.ts';
import { loopbackRoom } from './observe/http/loopback-room.ts';
import type { Room } from './observe/http/room.ts';
import type { Log } from './ports/log.ts';
import type { MakeCall, MakeCallAnswer } from './ports/made-calls.ts';
import type { Pbx } from './ports/pbx.ts';
import type { Daemon } from './runtime/daemon.ts';
import type { CallOrder } from './runtime/made-call-input.ts';
import { Monitoring } from './runtime/monitoring.ts';

interface Parts {
  readonly pbx: Pbx;
  /** Nothing while it starts. */
  readonly daemon: () => Pick<Daemon, 'makeCall'> | undefined;
  readonly log: Log;
}

type Named<Part extends keyof Parts> = Pick<Parts, Part> & { readonly pbxName: string };

// Of the PBX's answers each has 5 s. Whoever waits longer than this is told that nobody knows.
const ANSWER_WITHIN_MS = 8_000;

const UNAVAILABLE: MakeCallAnswer = { kind: 'unavailable' };
const UNKNOWN: MakeCallAnswer = { kind: 'unknown' };

/** Where the help desk has the PBX call, if it may. */
export function activeCallRooms(
  { activeCall, asterisk, http }: Config,
  { log, ...parts }: Parts,
): readonly Room[] {
  if (activeCall === undefined) return [];
  const pbxName = asterisk.name;
  const access = accessOf(activeCall.access);
  warnOfOpenDoor(access, http.host, log);
  const makeCall = callsOf(activeCall, { pbxName, daemon: parts.daemon });
  const monitor = monitorOf(activeCall, { pbxName, pbx: parts.pbx, log });
  const room = activeCallRoom({ access, makeCall, monitor, log, clock: systemClock });
  const isOpenHere = access.kind === 'none' && isLoopback(http.host);
  return [isOpenHere ? loopbackRoom(room, 'set activeCall.auth to token') : room];
}

function callsOf(config: ActiveCallConfig, { pbxName, daemon }: Named<'daemon'>): MakeCall {
  const { dialContext, callerId, callsPerMinute, ringSeconds } = config;
  const ringMs = ringSeconds * 1_000;
  return async (wish) => {
    const verdict = verdictOn(wish, config);
    if (!verdict.ok) return { kind: 'refused', why: verdict.why };
    const { agent, number } = verdict;
    const callId = newId(pbxName, 'made');
    const order = { callId, agent, number, ringMs, dialContext, callerId, callsPerMinute };
    const running = daemon();
    if (running === undefined) return UNAVAILABLE;
    return inTime((answer) => running.makeCall({ ...order, answer }));
  };
}

function monitorOf(
  config: ActiveCallConfig,
  { pbxName, pbx, log }: Named<'pbx' | 'log'>,
): MakeCall | undefined {
  const { supervisors, extensions, ringSeconds, callsPerMinute } = config;
  if (supervisors === undefined) return undefined;
  const monitoring = new Monitoring({
    pbx,
    clock: systemClock,
    log,
    ringMs: ringSeconds * 1_000,
    callsPerMinute,
  });
  return async (wish) => {
    const verdict = hearingVerdictOn(wish, { supervisors, extensions });
    return verdict.ok
      ? monitoring.hear(newId(pbxName, 'heard'), verdict.supervisor, verdict.agent)
      : { kind: 'refused', why: verdict.why };
  };
}

/** Unguessable: whoever knows it may say in the PBX's event stream that the call is over. */
const newId = (pbxName: string, what: string): CallId => callIdFrom(`${pbxName}-${what}-${randomUUID()}`);

function inTime(ask: (answer: CallOrder['answer']) => void): Promise<MakeCallAnswer> {
  return new Promise((resolve) => {
    let isWaiting = true;
    const answer = (what: MakeCallAnswer): boolean => {
      const wasWaiting = isWaiting;
      isWaiting = false;
      cancel();
      resolve(what);
      return wasWaiting;
    };
    const cancel = systemClock.after(ANSWER_WITHIN_MS, () => answer(UNKNOWN));
    ask(answer);
  });
}

function accessOf(access: CallAccess): Access {
  switch (access.kind) {
    case 'none':
      return { kind: 'none' };
    case 'basic':
      return { kind: 'basic', secret: `${access.user}:${access.password.reveal()}` };
    case 'token':
      return { kind: 'token', secret: access.token.reveal() };
  }
}

function warnOfOpenDoor({ kind }: Access, host: string, log: Log): void {
  if (kind !== 'none' || isLoopback(host)) return;
  log.warn(
    { host, remedy: 'set activeCall.auth to token or basic, or http.host to 127.0.0.1' },
    'whoever reaches /movidesk/call makes calls at your cost: it is not on this machine alone, and asks for nothing',
  );
}
