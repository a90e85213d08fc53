import { expect, test } from 'vitest';
import type { Relay as Relayed } from '../../../src/domain/relay/relay.ts';
import { failed, success } from '../../../src/ports/failure.ts';
import { broken, refused, throttled, unauthorized, unreachable } from '../../fakes/failures.ts';
import { agent } from '../../fakes/scripted-help-desk.ts';
import { type RelayAnswer, ScriptedRelay } from '../../fakes/scripted-relay.ts';
import { RelayStage } from './relay-stage.ts';

// Those whom the help desk names, and others who only phone.
const NAMED = ['1001', '1002', '1003'];
const OTHERS = Array.from({ length: 40 }, (_, index) => String(1_101 + index));
const AGENTS = [...NAMED, ...OTHERS];
const DEVICE_STATES = ['NOT_INUSE', 'INUSE', 'RINGING', 'UNAVAILABLE', 'NOT_INUSE', 'ONHOLD'];
const FREE_OR_NOT = ['NOT_INUSE', 'NOT_INUSE', 'INUSE'];
const MINUTES = 5;

/** The same luck in every run. */
function luckFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** Five minutes in which callers come, talk and go, three of the agents take them, and phones change all the time. */
function fiveBusyMinutes(stage: RelayStage, seed: number): void {
  const { pbx, clock, helpDesk } = stage;
  const luck = luckFrom(seed);
  const oneOf = (texts: readonly string[]) => texts[luck(texts.length)] ?? '';
  helpDesk.usually = () => (luck(2) === 0 ? agent(oneOf(NAMED)) : { kind: 'all-busy' });
  const acts: readonly (() => void)[] = [
    () => pbx.phones.shows(oneOf(NAMED), oneOf(FREE_OR_NOT)),
    () => stage.switchesDnd(oneOf(AGENTS), luck(4) === 0),
    () => pbx.enters(`caller-${clock.monotonic()}`, { queue: oneOf(['support', 'sales']) }),
    () => pbx.hangsUp(pbx.names[luck(pbx.names.length)] ?? 'nobody'),
    () => {
      for (const number of pbx.ringing) pbx.answers(number);
    },
    () => {
      const [number, call] = [oneOf(AGENTS), `udesk-${luck(20)}`];
      // Nobody listens for these where there is no relay.
      if (stage.relays.length > 0) stage.does(number, 'held', call);
    },
    () => {
      const [number, call] = [oneOf(AGENTS), `udesk-${luck(20)}`];
      if (stage.relays.length > 0) stage.sends(number, call, '1002');
    },
    () => pbx.phones.shows(oneOf(OTHERS), oneOf(DEVICE_STATES)),
  ];
  for (let turn = 0; turn < MINUTES * 200; turn += 1)
    clock.after(turn * 300 + luck(300), () => acts[Math.min(luck(30), acts.length - 1)]?.());
  clock.after(200_000, () => pbx.unlink());
  clock.after(220_000, () => pbx.link());
}

/** What the help desk heard and when, what was done in the PBX, and how it ended. */
async function ledgerOf(stage: RelayStage, seed: number) {
  await stage.start();
  stage.relay.knows(...AGENTS);
  fiveBusyMinutes(stage, seed);
  await stage.pass(MINUTES * 60);
  const { heard } = stage.helpDesk;
  const { openCalls, entries } = await stage.store.load();
  expect(heard.length).toBeGreaterThan(30);
  expect(stage.offers.length).toBeGreaterThan(2);
  return {
    heard: heard.map((one) => `${one.at} ${one.what === 'ask' ? 'ask' : one.report.kind} ${one.callId}`),
    done: stage.pbx.done,
    open: openCalls.map(({ callId, phase }) => `${callId} ${phase}`),
    untold: entries.map(({ report }) => `${report.kind} ${report.callId}`),
  };
}

type Answers = (relay: Relayed, stage: RelayStage) => Promise<RelayAnswer>;

const later = (stage: RelayStage, ms: number) =>
  new Promise<RelayAnswer>((resolve) => void stage.clock.after(ms, () => resolve(success(undefined))));

const ANSWERS: Readonly<Record<string, Answers>> = {
  'takes everything at once': async () => success(undefined),
  'never answers': () => new Promise(() => {}),
  'answers after ten seconds': (_, stage) => later(stage, 10_000),
  'breaks off': () => Promise.reject(new TypeError('no such thing')),
  'breaks off before it began': () => {
    throw new TypeError('no such thing');
  },
  'refuses everything': async () => failed(refused),
  'is out of reach': async () => failed(unreachable),
  'is broken': async () => failed(broken),
  'wants to be left alone': async () => failed(throttled()),
  'wants to be left alone for no time at all': async () => failed(throttled(0)),
  'accepts no credentials': async () => failed(unauthorized),
};

function aStageWith(answers: Answers): RelayStage {
  const stage = new RelayStage();
  stage.relay = new ScriptedRelay(stage.clock, { mostInFlight: 8 });
  stage.relay.answers = (relay) => answers(relay, stage);
  stage.relays = [stage.relay];
  return stage;
}

// One at which a loop that looks for something to ask whenever a relay stirs asks at other instants.
const SEED = 6;

test.each(Object.entries(ANSWERS))(
  'with a relay that %s the help desk hears the same at the same instants as without any',
  async (how, answers) => {
    const stage = aStageWith(answers);
    const ledger = await ledgerOf(stage, SEED);
    expect(ledger).toEqual(await ledgerOf(new RelayStage(), SEED));
    expect(stage.relay.asked.length).toBeGreaterThan(how === 'never answers' ? 7 : 30);
  },
);

test.each([1, SEED])(
  'with a relay that stirs all the time the help desk hears the same at the same instants as without any (%i)',
  async (seed) => {
    const stage = aStageWith(async () => success(undefined));
    const stir = () => {
      // To be known no more and known again is to be told of again.
      stage.relay.knows();
      stage.relay.knows(NAMED[0] ?? '');
      stage.clock.after(57, stir);
    };
    stage.clock.after(1_000, stir);
    const ledger = await ledgerOf(stage, seed);
    expect(ledger).toEqual(await ledgerOf(new RelayStage(), seed));
    expect(stage.relay.asked.length).toBeGreaterThan(4_000);
  },
);
