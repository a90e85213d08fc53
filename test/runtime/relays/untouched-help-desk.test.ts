import { expect, test } from 'vitest';
import type { Relay as Relayed } from '../../../src/domain/relay/relay.ts';
import { failed, success } from '../../../src/ports/failure.ts';
import type { Relay, Review } from '../../../src/ports/relay.ts';
import { aRule } from '../../domain/call-back/some-rules.ts';
import { broken, refused, throttled, unauthorized, unreachable } from '../../fakes/failures.ts';
import { type RelayAnswer, ScriptedRelay } from '../../fakes/scripted-relay.ts';
import { ledgerOf, NAMED } from './busy-minutes.ts';
import { RelayStage } from './relay-stage.ts';

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
  return withRelay(new RelayStage(), { mostInFlight: 8 }, answers);
}

/** Whoever is lost is called back. */
function aStageCallingBack(answers: Answers): RelayStage {
  const callBacks = { rules: [aRule('call-back')], areFlagsTold: true, delayMs: 5_000 };
  return withRelay(new RelayStage({ callBacks }), { lane: 'ccai', mostInFlight: 1 }, answers);
}

function withRelay(
  stage: RelayStage,
  settings: Partial<Pick<Relay, 'lane' | 'mostInFlight'>>,
  answers: Answers,
): RelayStage {
  stage.relay = new ScriptedRelay(stage.clock, settings);
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

test.each(Object.entries(ANSWERS))(
  'with lost callers who are called back by a relay that %s the help desk hears the same at the same instants',
  async (how, answers) => {
    const stage = aStageCallingBack(answers);
    const ledger = await ledgerOf(stage, SEED);
    expect(ledger).toEqual(await ledgerOf(new RelayStage(), SEED));
    expect(stage.relay.asked.length).toBeGreaterThan(ASKED_AT_LEAST[how] ?? 5);
  },
);

// One at a time; whoever wants to be left alone is, for a minute, and who does not say what became of it for longer.
const ASKED_AT_LEAST: Readonly<Record<string, number>> = {
  'never answers': 0,
  'is broken': 3,
  'wants to be left alone': 3,
  'accepts no credentials': 3,
};

const REVIEWS: Readonly<Record<string, (stage: RelayStage) => Promise<Review>>> = {
  'puts everything off by a tenth of a second': async () => ({ kind: 'later', afterMs: 100, why: 'not yet' }),
  'wants nothing told': async () => ({ kind: 'moot', why: 'they were answered since' }),
  'breaks off': () => Promise.reject(new TypeError('no such thing')),
  'never comes back': () => new Promise(() => {}),
  'takes ten seconds': (stage) =>
    new Promise((resolve) => void stage.clock.after(10_000, () => resolve({ kind: 'tell' }))),
};

test.each(Object.entries(REVIEWS))(
  'with a review that %s the help desk hears the same at the same instants as without any',
  async (_how, review) => {
    const stage = aStageCallingBack(async () => success(undefined));
    let reviewed = 0;
    stage.relay.review = () => {
      reviewed += 1;
      return review(stage);
    };
    const ledger = await ledgerOf(stage, SEED);
    expect(ledger).toEqual(await ledgerOf(new RelayStage(), SEED));
    expect(reviewed).toBeGreaterThan(0);
  },
);
