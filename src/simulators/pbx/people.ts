import type { Caller } from './caller.ts';
import type { PbxSimulator } from './pbx-simulator.ts';
import { startAgent } from './people-agents.ts';
import { between, chance, exponential, pick } from './people-chance.ts';
import { Crowd, type CrowdOptions } from './people-crowd.ts';
import type { RandomSource } from './random.ts';

export interface PeopleOptions extends CrowdOptions {
  /** By their own time: `pace` times as many by the clock. */
  readonly callsPerMinute: number;
  /** After so many nobody calls any more; no end, if not said. */
  readonly calls?: number;
  /** How long people hold on, on average, before they give up. */
  readonly patienceSeconds?: number;
  /** Those with an agent of the crowd's; all, if not said. */
  readonly phones?: readonly string[];
  /** See `Arrival`: asked once for each caller. */
  readonly variables?: () => Readonly<Record<string, string>>;
}

const NAMES = [
  'Ana Souza',
  'Bruno Lima',
  'Carla Dias',
  'Davi "Dado" Reis',
  'Érica Gonçalves',
  'João Araújo',
  '',
];

// One caller in twenty withholds the number; one in five leaves no message.
const WITHHOLDS = 0.05;
const SAYS_NOTHING = 0.2;

/** People at their own pace: callers who come, wait, give up, talk and leave messages; agents with a working day. */
export function startPeople(pbx: PbxSimulator, options: PeopleOptions): { stop(): void } {
  const crowd = new Crowd(options);
  const phones = options.phones?.map((extension) => pbx.phone(extension)) ?? pbx.phones;
  const agents = phones.map((phone) => startAgent(pbx, phone, crowd));
  let callsLeft = options.calls ?? Infinity;
  const arrive = (): void => {
    if (callsLeft === 0) return;
    if (pbx.isUp) {
      receive(pbx, crowd, options);
      callsLeft -= 1;
    }
    // Arrivals without memory: the time to the next is exponential.
    crowd.after(exponential(crowd.random, 60_000 / options.callsPerMinute), arrive);
  };
  arrive();
  return {
    stop: () => {
      for (const stop of agents) stop();
      crowd.stop();
    },
  };
}

function receive(pbx: PbxSimulator, crowd: Crowd, options: PeopleOptions): void {
  const entrance = pick(crowd.random, crowd.queues);
  if (entrance === undefined) return;
  const caller = pbx.callerArrives({
    ...entrance,
    number: chance(crowd.random, WITHHOLDS) ? '' : someNumber(crowd.random),
    name: pick(crowd.random, NAMES) ?? '',
    variables: options.variables?.() ?? {},
  });
  losePatience(crowd, caller, (options.patienceSeconds ?? 90) * 1_000);
  follow(pbx, crowd, caller);
}

/** Whoever is sent back to a queue waits with patience anew. */
function losePatience(crowd: Crowd, caller: Caller, averageMs: number): void {
  crowd.after(exponential(crowd.random, averageMs) + 5_000, () => {
    if (caller.place === 'waiting' || caller.place === 'ringing' || caller.place === 'fallback')
      caller.hangUp();
    else if (caller.place !== 'gone') losePatience(crowd, caller, averageMs);
  });
}

/** Reacts to where the PBX takes the caller. */
function follow(pbx: PbxSimulator, crowd: Crowd, caller: Caller): void {
  let wasTalking = false;
  let wasLeaving = false;
  const stop = pbx.onEvent(() => {
    if (caller.place === 'gone') stop();
    const isTalking = caller.place === 'talking';
    if (isTalking && !wasTalking) talk(crowd, caller);
    if (caller.place === 'leaving' && !wasLeaving) leaveMessage(crowd, caller);
    wasTalking = isTalking;
    wasLeaving = caller.place === 'leaving';
  });
}

function talk(crowd: Crowd, caller: Caller): void {
  const durationMs = exponential(crowd.random, crowd.talkSeconds * 1_000) + 3_000;
  crowd.after(durationMs, () => {
    if (caller.place === 'talking') caller.hangUp();
  });
}

function leaveMessage(crowd: Crowd, caller: Caller): void {
  if (chance(crowd.random, SAYS_NOTHING)) {
    crowd.after(between(crowd.random, 1_000, 6_000), () => caller.hangUp());
    return;
  }
  const seconds = between(crowd.random, 3, 25) / crowd.pace;
  caller.leaveMessage(seconds, chance(crowd.random, 0.3) ? 'hash' : 'hang-up');
}

function someNumber(random: RandomSource): string {
  return `55119${Math.floor(between(random, 10_000_000, 99_999_999))}`;
}
