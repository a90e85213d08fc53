import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import { isEnding } from '../../src/domain/outbox/entry.ts';
import type { AskAnswer } from '../../src/ports/help-desk.ts';
import type { Step } from '../../src/ports/store.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import type { Death } from './mortal-store.ts';
import { MortalStore } from './mortal-store.ts';
import { Stage } from './stage.ts';

const RESTART_SECONDS = 7;
const LONGEST_SECONDS = 400;

/** A morning in which everything happens: answers, refusals, an impatient caller, a closed queue, a return to the queue. */
function aBusyMorning({ pbx, helpDesk, clock }: Stage): void {
  const at = (seconds: number, act: () => void) => clock.after(seconds * 1_000, act);
  const named: AskAnswer[] = [agent('1002'), agent('1001'), { kind: 'all-busy' }, agent('1003')];
  let turn = 0;
  helpDesk.usually = ({ helpDeskQueueId }) => {
    turn += 1;
    return helpDeskQueueId === 8 ? { kind: 'closed' } : (named[turn % named.length] ?? { kind: 'all-busy' });
  };
  pbx.phones.has('1002', 'declines');
  at(0.1, () => pbx.enters('a'));
  at(2, () => pbx.enters('b'));
  at(4, () => pbx.enters('impatient'));
  at(9, () => pbx.placeOf('impatient')?.at === 'hold' && pbx.hangsUp('impatient'));
  at(6, () => pbx.entersAsteriskQueue('too-late', 'fila-vendas'));
  at(15, () => pbx.leavesMessage('too-late', 'message.wav'));
  at(16, () => pbx.hangsUp('too-late'));
  at(20, () => isTalking(pbx, 'a') && pbx.enters('a'));
  for (let second = 1; second < LONGEST_SECONDS; second += 1) {
    if (second % 4 === 0) at(second, () => answerAll(pbx));
    if (second % 25 === 0) at(second, () => hangUpAll(pbx));
  }
}

function answerAll(pbx: Stage['pbx']): void {
  for (const number of pbx.ringing) pbx.answers(number);
}

function hangUpAll(pbx: Stage['pbx']): void {
  for (const name of pbx.names) if (isTalking(pbx, name)) pbx.hangsUp(name);
}

const isTalking = (pbx: Stage['pbx'], name: string): boolean => {
  const place = pbx.placeOf(name);
  return place?.at === 'agent' && place.bridged;
};

interface Morning {
  readonly stage: Stage;
  readonly steps: readonly Step[];
  readonly deaths: number;
}

/** Plays the morning with these deaths in it, one after the other, until everybody is gone and everything told. */
async function play(deaths: readonly Death[], path = ':memory:'): Promise<Morning> {
  const stage = new Stage({ requestsPerMinute: 60 });
  const memory = new SqliteStore(path, stage.clock);
  const lives: MortalStore[] = [];
  const live = async () => {
    // A file is opened anew by each process; what is in memory is handed on.
    const store = path === ':memory:' ? memory : new SqliteStore(path, stage.clock);
    const life = new MortalStore(store, deaths[lives.length]);
    lives.push(life);
    stage.store = life;
    await stage.start();
    return life;
  };
  aBusyMorning(stage);
  let life = await live();
  for (let second = 0; second < LONGEST_SECONDS && !(await isOver(stage)); second += 1) {
    await stage.pass(1);
    if (!life.isDead) continue;
    await stage.running;
    stage.pbx.unlink();
    if (path !== ':memory:') await life.close();
    await stage.pass(RESTART_SECONDS);
    life = await live();
  }
  await stage.stop();
  expect(await life.load()).toMatchObject({ openCalls: [], entries: [] });
  await life.close();
  if (path !== ':memory:') await memory.close();
  return { stage, steps: lives.flatMap((one) => one.steps), deaths: lives.length - 1 };
}

async function isOver({ pbx, store, clock }: Stage): Promise<boolean> {
  if (pbx.names.length > 0 || clock.monotonic() < 30_000) return false;
  const kept = await store.load();
  return kept.openCalls.length === 0 && kept.entries.length === 0;
}

/** What must be true of the morning, however it went. */
function check({ stage, steps }: Morning): void {
  const { helpDesk, pbx } = stage;
  expect(pbx.names).toEqual([]);
  expect(pbx.phones.collisions).toEqual([]);
  const endings = steps.flatMap(({ entries }) => entries.map(({ report }) => report).filter(isEnding));
  expect(endings.map(({ callId }) => callId)).toEqual([...new Set(endings.map(({ callId }) => callId))]);
  for (const callId of new Set(helpDesk.heard.map((one) => one.callId))) {
    const story = withoutRepeats(helpDesk.toldOf(callId)).join(', ');
    const by = pbx.answered.get(callId);
    const expected =
      by === undefined ? /^ask, (canceled|lost|lost \S+)$/ : new RegExp(`^ask, transfered ${by}, completed$`);
    expect(story, callId).toMatch(expected);
  }
  const told = new Set(helpDesk.heard.map((one) => one.callId.replace(/^pbx1-/, '')));
  for (const name of ['a', 'b']) expect(told).toContain(name);
}

/** What was told again because nobody knew whether it had arrived changes nothing. */
function withoutRepeats(told: readonly string[]): readonly string[] {
  return told.filter((one, index) => one !== told[index - 1]);
}

test('a daemon that lives tells one ending of each call, in order', async () => {
  const morning = await play([]);
  check(morning);
  expect(morning.steps.length).toBeGreaterThan(30);
  expect(morning.stage.helpDesk.toldOf('pbx1-a-2')).toContain('completed');
});

test.each(['kept', 'lost'] as const)(
  'a daemon that is killed tells one ending of each call, in order, whatever the commit: the step being %s',
  async (step) => {
    const { steps } = await play([]);
    for (let atCommit = 1; atCommit <= steps.length; atCommit += 1) {
      try {
        const morning = await play([{ atCommit, step }]);
        expect(morning.deaths).toBe(1);
        check(morning);
      } catch (cause) {
        throw new Error(`killed at commit ${atCommit}, the step ${step}`, { cause });
      }
    }
  },
);

test('a daemon that is killed again and again, with its store on a disk, tells one ending of each call', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-and-restart-'));
  const deaths = [3, 6, 4, 7, 5].map(
    (atCommit, index) => ({ atCommit, step: index % 2 ? 'lost' : 'kept' }) as const,
  );
  const morning = await play(deaths, join(folder, 'bridge.db'));
  rmSync(folder, { recursive: true });
  expect(morning.deaths).toBe(deaths.length);
  check(morning);
});
