import { type PacketCounts, RecordedSession } from './adapters/asterisk/recorded-session.ts';
import { translateOptionsOf } from './adapters/asterisk/translate-options.ts';
import { RecordedHelpDesk } from './adapters/recording/recorded-help-desk.ts';
import { RecordedPbx } from './adapters/recording/recorded-pbx.ts';
import { SqliteStore } from './adapters/sqlite/sqlite-store.ts';
import { PassingClock } from './adapters/system/passing-clock.ts';
import { settled } from './adapters/system/settled.ts';
import { bridgeSettings } from './bridge-settings.ts';
import type { Config } from './config/config.ts';
import { MOST_A_MINUTE } from './config/schema.ts';
import type { CallId, Extension, Uniqueid } from './domain/identity.ts';
import type { Step } from './ports/store.ts';
import type { ReplayLine, Timing, Untold } from './replay-line.ts';
import { ReplayLog } from './replay-log.ts';
import { type ReceivedAt, type Timed, timesOf } from './replay-times.ts';
import { Bridge } from './runtime/bridge.ts';

export interface ReplayRequest {
  readonly config: Config;
  readonly recording: Buffer;
  /** When which part of it was received; none where nobody noted that. */
  readonly received: readonly ReceivedAt[];
  /** The extension that Movidesk names whenever it is asked. */
  readonly always: Extension | undefined;
  readonly tell: (line: ReplayLine) => void;
  /** Asked before each event, and now and then while the recording is read. */
  readonly isUnwanted: () => boolean;
  /** How many packets were read by now. */
  readonly onRead: (packets: number) => void;
  readonly onTiming: (timing: Timing) => void;
}

export interface Replayed {
  readonly counts: PacketCounts;
  /** Reports that the limit of requests had not let through when the recording ended. */
  readonly undelivered: number;
  /** The packet after which nobody wanted more of it; nothing where it was replayed to its end. */
  readonly stoppedAt: number | undefined;
}

// Some 30 ms: whoever watches sees it get on, and whoever has enough of it is heard.
const PACKETS_AT_ONCE = 1_000;

// What was decided at the last packet is still done, and told as far as the limit of requests lets it.
const AFTERWARDS_MS = 1_000;

/**
 * A recorded session through the daemon's own parser, runtime and rules, in front of a PBX and a Movidesk of which only the
 * recording is left, with a store that is forgotten afterwards. Nothing where it is no recording of AMI.
 */
export async function replayRecording(request: ReplayRequest): Promise<Replayed | undefined> {
  const { agents, ...config } = request.config;
  const { device, dndDeviceState = '', hintContext = '' } = agents;
  const session = new RecordedSession(
    translateOptionsOf({ ...config, agents: { device, dndDeviceState, hintContext } }),
  );
  while (session.readNext(request.recording, PACKETS_AT_ONCE) && !request.isUnwanted()) {
    request.onRead(session.counts.packets);
    await settled();
  }
  if (!session.isOne) return undefined;
  const { timing, told } = timesOf(session.told, request.received);
  request.onTiming(timing);
  const played = await play(told, timing === 'unknown' ? withoutLimit(request) : request);
  return { counts: session.counts, ...played };
}

/** Where nobody knows how long anything took, a limit by the minute would hold back at random. */
function withoutLimit({ config, ...request }: ReplayRequest): ReplayRequest {
  const movidesk = { ...config.movidesk, requestsPerMinute: MOST_A_MINUTE };
  return { ...request, config: { ...config, movidesk } };
}

async function play(told: readonly Timed[], request: ReplayRequest): Promise<Omit<Replayed, 'counts'>> {
  const clock = new PassingClock(told[0]?.at ?? 0);
  let packet = 0;
  let stoppedAt: number | undefined;
  const tell = (line: Untold): void => request.tell({ packet, at: clock.now(), ...line } as ReplayLine);
  const settings = bridgeSettings(request.config);
  const store = new TellingStore(clock, tell);
  const pbx = new RecordedPbx(settings.devices, (deed) => tell({ kind: 'pbx', deed }));
  const helpDesk = new RecordedHelpDesk({
    clock,
    events: told.flatMap(({ at, what }) => (what.kind === 'event' ? [{ at, event: what.event }] : [])),
    channelOf: (callId) => store.channels.get(callId),
    always: request.always,
    onReport: (report) => tell({ kind: 'movidesk', report }),
  });
  const log = new ReplayLog(tell);
  const bridge = await Bridge.open({ settings, pbx, helpDesk, store, clock, log, random: () => 0 });
  const running = bridge.run();
  pbx.start(bridge.hear);
  for (const one of told) {
    if (request.isUnwanted()) {
      stoppedAt = packet;
      break;
    }
    await clock.passUntil(one.at);
    packet = one.packet;
    if (one.what.kind === 'malformed') tell({ kind: 'refused', why: one.what.why });
    else {
      tell({ kind: 'heard', event: one.what.event });
      helpDesk.passed(one.what.event);
      pbx.say(one.what.event);
    }
  }
  await clock.passUntil(clock.now() + AFTERWARDS_MS);
  const stopping = bridge.stop(0);
  // A question that nobody will answer any more holds it up until its deadline, which this clock must reach.
  await clock.passUntil(clock.now());
  await stopping;
  await running;
  const undelivered = await store.undelivered();
  await store.close();
  return { undelivered: undelivered.length, stoppedAt };
}

/** The daemon's own store, in memory, which tells each transition as it is kept. */
class TellingStore extends SqliteStore {
  readonly channels = new Map<CallId, Uniqueid>();
  readonly #tell: (line: Untold) => void;

  constructor(clock: PassingClock, tell: (line: Untold) => void) {
    super(':memory:', clock);
    this.#tell = tell;
  }

  override async commit(step: Step): Promise<void> {
    await super.commit(step);
    for (const { callId, uniqueid } of step.calls) this.channels.set(callId, uniqueid);
    for (const line of step.timeline) this.#tell({ kind: 'decision', line });
  }
}
