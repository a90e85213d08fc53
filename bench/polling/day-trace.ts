import type { Extension, Uniqueid } from '../../src/domain/identity.ts';
import { extensionFrom, uniqueidFrom } from '../../src/domain/identity.ts';
import { invariant } from '../../src/domain/invariant.ts';
import { Chance } from '../../test/simulation/chance.ts';
import {
  BY_HAND_VARIATION,
  DAY_MS,
  DAY_SHAPE,
  PATIENCE_LEAST_MS,
  PATIENCE_MEAN_MS,
  PICK_UP,
  RINGS_OUT_SHARE,
  TALK_VARIATION,
  TIMER_SPREAD,
} from './assumptions.ts';
import type { Setting, SettingQueue } from './settings.ts';

/** Everything about a day that no contender can change, drawn before it begins. Instants are milliseconds since its beginning. */
export interface DayTrace {
  readonly setting: Setting;
  readonly seed: number;
  /** In the order in which they come. */
  readonly callers: readonly TracedCaller[];
  readonly ownCalls: readonly OwnCall[];
}

export interface TracedCaller {
  readonly uniqueid: Uniqueid;
  readonly queue: string;
  readonly number: string;
  readonly arrivesAt: number;
  readonly patienceMs: number;
  /** The first phone that rings for them is not answered. */
  readonly ringsOutFirst: boolean;
  readonly pickUpMs: number;
  readonly talkMs: number;
  /** Of the agent who talked to them. */
  readonly wrapUpMs: number;
}

/** A call that an agent makes if their phone is free at that moment. */
export interface OwnCall {
  readonly extension: Extension;
  readonly startsAt: number;
  readonly lastsMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export function drawDay(setting: Setting, seed: number): DayTrace {
  const chance = new Chance(seed).streamOf(setting.name);
  const callers = setting.queues.flatMap((queue) => callersOf(queue, setting, chance));
  callers.sort((one, other) => one.arrivesAt - other.arrivesAt);
  const ownCalls = agentsOf(setting).flatMap((agent) => ownCallsOf(agent, setting, chance));
  return { setting, seed, callers, ownCalls };
}

function agentsOf({ queues }: Setting): readonly Extension[] {
  return [...new Set(queues.flatMap(({ agents }) => agents))].map(agentFrom);
}

export function agentFrom(text: string): Extension {
  const extension = extensionFrom(text);
  invariant(extension !== undefined, `${text} is no extension`);
  return extension;
}

function callersOf(queue: SettingQueue, setting: Setting, chance: Chance): TracedCaller[] {
  return arrivalsOf(queue, chance.streamOf(`arrivals at ${queue.name}`)).map((arrivesAt, index) => {
    const name = `${queue.name} ${index + 1}`;
    return drawCaller({ name, queue: queue.name, arrivesAt }, setting, chance);
  });
}

/** As many as at the peak all day long, thinned out where it is less busy. */
function arrivalsOf({ callsPerMinuteAtPeak }: SettingQueue, chance: Chance): number[] {
  const arrivals: number[] = [];
  const meanMs = MINUTE_MS / callsPerMinuteAtPeak;
  for (let at = chance.exponential(meanMs); at < DAY_MS; at += chance.exponential(meanMs))
    if (chance.happens(busynessAt(at))) arrivals.push(Math.round(at));
  return arrivals;
}

/** From one hour to the next it changes steadily. */
function busynessAt(at: number): number {
  const hours = at / HOUR_MS;
  const whole = Math.floor(hours);
  const [before = 0, after = before] = DAY_SHAPE.slice(whole, whole + 2);
  return before + (after - before) * (hours - whole);
}

function drawCaller(
  { name, queue, arrivesAt }: { name: string; queue: string; arrivesAt: number },
  setting: Setting,
  day: Chance,
): TracedCaller {
  const of = (what: string) => day.streamOf(`${what} of ${name}`);
  const pickUpMs = logNormal(of('picking up'), PICK_UP.meanMs, PICK_UP.variation);
  return {
    uniqueid: uniqueidFrom(name.replaceAll(' ', '-')),
    queue,
    number: `+5547${of('number').whole(900_000_000, 999_999_999)}`,
    arrivesAt,
    patienceMs: Math.max(PATIENCE_LEAST_MS, Math.round(of('patience').exponential(PATIENCE_MEAN_MS))),
    ringsOutFirst: of('ringing out').happens(RINGS_OUT_SHARE),
    pickUpMs: Math.min(PICK_UP.longestMs, pickUpMs),
    talkMs: logNormal(of('talk'), setting.talkMs, TALK_VARIATION),
    wrapUpMs: drawWrapUp(setting, of('wrap-up')),
  };
}

function drawWrapUp({ wrapUp: { kind, meanMs } }: Setting, chance: Chance): number {
  if (kind === 'by hand') return logNormal(chance, meanMs, BY_HAND_VARIATION);
  return Math.round(meanMs * chance.between(1 - TIMER_SPREAD, 1 + TIMER_SPREAD));
}

function ownCallsOf(extension: Extension, { ownCalls }: Setting, day: Chance): OwnCall[] {
  const chance = day.streamOf(`own calls of ${extension}`);
  const calls: OwnCall[] = [];
  const meanMs = HOUR_MS / ownCalls.perAgentAndHour;
  for (let at = chance.exponential(meanMs); at < DAY_MS; at += chance.exponential(meanMs))
    calls.push({
      extension,
      startsAt: Math.round(at),
      lastsMs: logNormal(chance, ownCalls.meanMs, TALK_VARIATION),
    });
  return calls;
}

/** `variation`: standard deviation by mean. */
function logNormal(chance: Chance, mean: number, variation: number): number {
  const variance = Math.log(1 + variation ** 2);
  const normal = Math.sqrt(2 * chance.exponential(1)) * Math.cos(2 * Math.PI * chance.next());
  return Math.round(Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normal));
}
