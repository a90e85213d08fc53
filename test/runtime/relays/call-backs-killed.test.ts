import { expect, test } from 'vitest';
import { callFrom } from '../../../src/adapters/ccai/call-object.ts';
import { CcaiRelay } from '../../../src/adapters/ccai/ccai-relay.ts';
import type { IncomingAnswer, IncomingArguments } from '../../../src/adapters/ccai/client.ts';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { LOSS_REASONS } from '../../../src/domain/call-back/loss.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import { failed, type Outcome, success } from '../../../src/ports/failure.ts';
import type { RelayChange } from '../../../src/ports/store.ts';
import { aRule } from '../../domain/call-back/some-rules.ts';
import { noAnswer, unreachable } from '../../fakes/failures.ts';
import { idOf } from '../../fakes/fake-pbx.ts';
import { agent } from '../../fakes/scripted-help-desk.ts';
import type { Death } from '../mortal-store.ts';
import { MortalStore } from '../mortal-store.ts';
import { WatchedStage } from '../watched-stage.ts';

const ANA = '+5547999990001';
const BIA = '+5547999990002';
const CAIO = '+5547999990003';
const DORA = '+5547999990004';
const EVA = '+5547999990005';
const DELAY_MS = 10_000;
const NOBODY_KNOWS = /^(not repeated: )?nobody knows whether it was done/;

/** The platform's side of it: whom it was asked to call, and of what call it heard which flags. */
class Platform {
  readonly called: string[] = [];
  readonly flagged: number[] = [];
  readonly #fails: Outcome<never>[] = [];

  failsNext(failure: Parameters<typeof failed>[0]): void {
    this.#fails.push(failed(failure));
  }

  async incomingCall({ endUserNumber }: IncomingArguments): Promise<Outcome<IncomingAnswer>> {
    const fails = this.#fails.shift();
    // Of what got no answer the call may have been made.
    if (fails === undefined || (!fails.ok && fails.failure.kind === 'unknown-outcome'))
      this.called.push(endUserNumber ?? '');
    return fails ?? success({ kind: 'created', call: callFrom({ id: this.called.length }) });
  }

  async setCustomerFlags(id: number) {
    this.flagged.push(id);
    return success({ kind: 'set' } as const);
  }

  scheduledCall(): never {
    throw new Error('nothing is scheduled here');
  }

  async close(): Promise<void> {}
}

/** The stage with the relay as it is, between a platform that is not and the store. */
function aStage(platform: Platform, memory: () => SqliteStore): WatchedStage {
  // Whoever hangs up while it is dead is lost unseen.
  const rules = [aRule('call-back', { reasons: LOSS_REASONS })];
  const callBacks = { rules, areFlagsTold: true, delayMs: DELAY_MS };
  const stage = new WatchedStage({ requestsPerMinute: 60, callBacks, maxWaitMs: 30_000 });
  stage.relays = [
    new CcaiRelay({
      client: platform,
      rules: { rules, hoursOf: () => undefined, delayMs: DELAY_MS, onceWithinMs: 3_600_000 },
      known: { repeatWithinMs: 0, badActors: new Set([ANA, BIA, CAIO]), verifiedCustomers: new Set() },
      histories: { callerHistory: (...asked) => memory().callerHistory(...asked) },
      numberOf: (number) => number,
      clock: stage.clock,
    }),
  ];
  return stage;
}

/** Two minutes in which callers are lost, come again, are served, and the platform fails now and then; with these deaths. */
async function play(deaths: readonly Death[]) {
  const platform = new Platform();
  let memory: SqliteStore | undefined;
  const stage = aStage(platform, () => memory ?? new SqliteStore(':memory:', stage.clock));
  memory = new SqliteStore(':memory:', stage.clock);
  const lives: MortalStore[] = [];
  const live = async () => {
    const life = new MortalStore(memory, deaths[lives.length]);
    lives.push(life);
    stage.store = life;
    await stage.start();
    return life;
  };
  const at = (seconds: number, act: () => void) => stage.clock.after(seconds * 1_000, act);
  const comes = (name: string, number: string) => stage.pbx.enters(name, { number });
  at(2, () => comes('a1', ANA));
  at(4, () => stage.pbx.hangsUp('a1'));
  // Once more before they are called: they are called once, for the later one.
  at(6, () => comes('a2', ANA));
  at(8, () => stage.pbx.hangsUp('a2'));
  at(9, () => comes('b', BIA));
  at(12, () => platform.failsNext(unreachable));
  at(13, () => stage.pbx.hangsUp('b'));
  // Lost, and served before they are called.
  at(30, () => comes('c1', CAIO));
  at(32, () => stage.pbx.hangsUp('c1'));
  at(33, () => {
    stage.helpDesk.usually = () => agent('1001');
    comes('c2', CAIO);
  });
  at(41, () => {
    if (stage.pbx.ringing.length > 0) stage.pbx.answers('1001');
  });
  at(45, () => {
    stage.helpDesk.usually = () => ({ kind: 'all-busy' });
    stage.pbx.hangsUp('c2');
  });
  // Of a call-back nobody hears what became.
  at(50, () => comes('d', DORA));
  at(52, () => stage.pbx.hangsUp('d'));
  at(55, () => platform.failsNext(noAnswer));
  // Waits in vain, is sent away, and leaves.
  at(70, () => comes('e', EVA));
  at(105, () => stage.pbx.hangsUp('e'));
  let life = await live();
  for (let second = 0; second < 300; second += 1) {
    await stage.pass(1);
    if (!life.isDead) continue;
    stage.pbx.unlink();
    await stage.running;
    life = await live();
  }
  await stage.stop();
  return { platform, memory, stage, steps: lives.flatMap(({ steps }) => steps) };
}

type Played = Awaited<ReturnType<typeof play>>;

const numberOfCall: Readonly<Record<string, string>> = {
  ...{ [idOf('a1')]: ANA, [idOf('a2')]: ANA, [idOf('b')]: BIA },
  ...{ [idOf('c1')]: CAIO, [idOf('c2')]: CAIO, [idOf('d')]: DORA, [idOf('e')]: EVA },
};

/** Whose call-back was settled, and how. */
function fatesIn({ steps }: Played): ReadonlyMap<string, RelayChange['kind']> {
  const relays = new Map(steps.flatMap((step) => step.relays.map((entry) => [entry.seq, entry] as const)));
  const fates = steps
    .flatMap(({ relayed }) => relayed)
    .filter(({ kind }) => kind === 'delivered' || kind === 'dropped')
    .map(({ seq, kind }) => [relays.get(seq), kind] as const)
    .filter(([entry]) => entry?.relay.kind === 'call-back');
  return new Map(fates.map(([entry, kind]) => [String(entry?.callId), kind]));
}

const byNumber = ({ platform }: Played) =>
  Object.fromEntries(
    [ANA, BIA, CAIO, DORA, EVA].map((number) => [
      number,
      platform.called.filter((called) => called === number).length,
    ]),
  );

/** Whoever was called, or is left to a person: nobody else was lost. */
async function judge(played: Played, when: string): Promise<void> {
  const owed = await played.memory.undeliveredRelays();
  const parked = owed.filter(({ parkedBecause }) => parkedBecause !== undefined);
  for (const { parkedBecause } of parked) expect(parkedBecause, when).toMatch(NOBODY_KNOWS);
  // What is left besides is what is known of those callers.
  const held = owed.filter(({ parkedBecause }) => parkedBecause === undefined);
  for (const { relay, line } of held) {
    expect(relay.kind, when).toBe('customer-flags');
    expect(
      parked.map((one) => one.line),
      when,
    ).toContain(line);
  }
  const called = byNumber(played);
  for (const [number, times] of Object.entries(called)) expect(times, `${number}, ${when}`).toBeLessThan(2);
  const fates = fatesIn(played);
  const left = new Set(parked.map(({ callId }) => String(callId)));
  for (const [callId, number] of Object.entries(numberOfCall)) {
    const isOwed =
      callId !== idOf('c2') && (await played.memory.callerHistory(callIdFrom(callId), (number) => number));
    if (!isOwed) continue;
    expect(fates.has(callId) || left.has(callId), `${callId} is settled, ${when}`).toBe(true);
    const isServed = number === CAIO;
    const isParked = [...left].some((id) => numberOfCall[id] === number);
    expect((called[number] ?? 0) > 0 || isParked || isServed, `${number} is called, ${when}`).toBe(true);
  }
}

test('alive, it calls everybody back who is to be, and tells what is known of them', async () => {
  const played = await play([]);
  expect(byNumber(played)).toEqual({ [ANA]: 1, [BIA]: 1, [CAIO]: 0, [DORA]: 1, [EVA]: 1 });
  expect(played.platform.flagged).toHaveLength(2);
  expect(Object.fromEntries(fatesIn(played))).toEqual({
    ...{ [idOf('a1')]: 'dropped', [idOf('a2')]: 'delivered', [idOf('b')]: 'delivered' },
    ...{ [idOf('c1')]: 'dropped', [idOf('e')]: 'delivered' },
  });
  const owed = await played.memory.undeliveredRelays();
  expect(owed.map(({ callId, relay }) => [callId, relay.kind])).toEqual([
    [idOf('d'), 'call-back'],
    [idOf('d'), 'customer-flags'],
  ]);
  await judge(played, 'alive');
});

test.each(['kept', 'lost'] as const)(
  'killed at any commit, the step being %s, the daemon calls nobody twice, and forgets nobody',
  async (step) => {
    const { steps } = await play([]);
    expect(steps.length).toBeGreaterThan(40);
    for (let atCommit = 1; atCommit <= steps.length; atCommit += 1)
      await judge(await play([{ atCommit, step }]), `killed at commit ${atCommit}`);
  },
);
