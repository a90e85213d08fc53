import { describe, expect, test } from 'vitest';
import { callIdFrom } from '../../src/domain/identity.ts';
import type { MakeCallAnswer } from '../../src/ports/made-calls.ts';
import { extension } from '../domain/builders.ts';
import { settled } from '../fakes/manual-clock.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Stage } from './stage.ts';

const LINKED = { madeCallLink: ({ file }: { file: string }) => `https://x/${file}` };
const CUSTOMER = '047999990000';
const MADE = callIdFrom('pbx1-made-1');

/** An agent wants to call; what whoever asked for it is told. */
async function wants(
  stage: Stage,
  wish: {
    id?: string;
    who?: string;
    number?: string;
    isGone?: boolean;
    hears?: (answer: MakeCallAnswer) => void;
  } = {},
) {
  const { id = MADE, who = '1001', number = CUSTOMER, isGone = false, hears } = wish;
  let told: MakeCallAnswer | undefined;
  stage.bridge.makeCall({
    ...{ callId: callIdFrom(id), agent: extension(who), number, ringMs: 30_000 },
    ...{ dialContext: 'from-internal', callerId: undefined, callsPerMinute: 2 },
    answer: (answer) => {
      told = answer;
      hears?.(answer);
      return !isGone;
    },
  });
  await settled();
  return told;
}

const linksTold = (stage: Stage) =>
  stage.helpDesk.heard.filter((one) => one.what === 'report' && one.report.kind === 'made-call-link');

async function open(): Promise<Stage> {
  const stage = new Stage();
  Object.assign(stage.settings, LINKED);
  await stage.start();
  return stage;
}

describe('a call that an agent makes from the help desk', () => {
  test('is made, answered with its id at once, and its link is told when it is over', async () => {
    const stage = await open();
    expect(await wants(stage)).toEqual({ kind: 'made', callId: MADE });
    expect(stage.pbx.done).toContain(`call ${CUSTOMER} for 1001`);
    stage.pbx.made.isAnswered(MADE);
    await stage.pass(90);
    expect(linksTold(stage)).toEqual([]);
    stage.pbx.made.ends(MADE);
    await stage.pass(1);
    expect(linksTold(stage)).toHaveLength(1);
    expect(stage.pbx.diaries.has(MADE)).toBe(false);
  });

  test('is told no link that the help desk would not take, and the operator hears of it', async () => {
    const stage = await open();
    Object.assign(stage.settings, { madeCallLink: () => `https://x/${'y'.repeat(247)}` });
    await wants(stage);
    stage.pbx.made.isAnswered(MADE);
    stage.pbx.made.ends(MADE);
    await stage.pass(1);
    expect(linksTold(stage)).toEqual([]);
    const lines = stage.log.lines.filter(({ message }) => message.includes('longer than Movidesk takes'));
    expect(lines).toMatchObject([{ level: 'warn', facts: { callId: MADE, characters: 257 } }]);
  });

  test('that nobody answers is over without a word, and the agent may call again', async () => {
    const stage = await open();
    await wants(stage);
    stage.pbx.made.ends(MADE);
    await stage.pass(1);
    expect(await wants(stage, { id: 'pbx1-made-2' })).toEqual({ kind: 'made', callId: 'pbx1-made-2' });
    expect(linksTold(stage)).toEqual([]);
  });

  test('is not rung twice for the same wish; another number must wait, another agent must not', async () => {
    const stage = await open();
    await wants(stage);
    expect(await wants(stage, { id: 'pbx1-made-2' })).toEqual({ kind: 'made', callId: MADE });
    expect(await wants(stage, { id: 'pbx1-made-3', number: '190' })).toMatchObject({ kind: 'in-a-call' });
    expect(await wants(stage, { id: 'pbx1-made-4', who: '1002' })).toMatchObject({ kind: 'made' });
    expect(stage.pbx.done.filter((one) => one.startsWith('call'))).toHaveLength(2);
  });

  test('is not repeated to somebody who asks for it once more when nobody rings any longer', async () => {
    const stage = await open();
    await wants(stage);
    stage.pbx.made.isAnswered(MADE);
    await stage.pass(9);
    expect(await wants(stage, { id: 'pbx1-made-2' })).toEqual({ kind: 'made', callId: MADE });
    await stage.pass(1);
    expect(await wants(stage, { id: 'pbx1-made-2' })).toMatchObject({ kind: 'in-a-call' });
  });

  test('is not rung into a caller who is being sent to the agent', async () => {
    const stage = await open();
    await stage.rings('a', '1001');
    expect(stage.pbx.done).toContain('send a to 1001');
    expect(await wants(stage)).toMatchObject({ kind: 'in-a-call' });
    expect(await wants(stage, { who: '1002' })).toMatchObject({ kind: 'made' });
  });

  test('is one of so many in a minute', async () => {
    const stage = await open();
    for (const id of ['pbx1-made-1', 'pbx1-made-2']) {
      await wants(stage, { id });
      stage.pbx.made.ends(callIdFrom(id));
      await stage.pass(1);
    }
    expect(await wants(stage, { id: 'pbx1-made-3' })).toEqual({ kind: 'too-many', retryAfterMs: 58_000 });
    await stage.pass(58);
    expect(await wants(stage, { id: 'pbx1-made-3' })).toMatchObject({ kind: 'made' });
  });

  test('that the PBX will not make is over, and the agent is not kept from trying again', async () => {
    const stage = await open();
    stage.pbx.made.originates = { ok: false, problem: 'forbidden', cause: 'Permission denied' };
    expect(await wants(stage)).toEqual({ kind: 'unavailable' });
    stage.pbx.made.originates = { ok: true };
    expect(await wants(stage, { id: 'pbx1-made-2' })).toMatchObject({ kind: 'made' });
  });

  test('of which the PBX does not say whether it is made is looked for, and is over where it is not there', async () => {
    const stage = await open();
    stage.pbx.made.originates = { ok: false, problem: 'unknown-outcome', cause: 'no answer' };
    expect(await wants(stage)).toEqual({ kind: 'unknown' });
    expect(await wants(stage, { id: 'pbx1-made-2', number: '190' })).toMatchObject({ kind: 'in-a-call' });
    expect(await wants(stage, { id: 'pbx1-made-2' })).toMatchObject({ kind: 'in-a-call' });
    await stage.pass(12);
    stage.pbx.made.originates = { ok: true };
    expect(await wants(stage, { id: 'pbx1-made-2', number: '190' })).toMatchObject({ kind: 'made' });
  });

  test.each([
    ['the PBX did not say that it makes it', true],
    ['whoever wished for it had gone when it said so', false],
  ])('of which the help desk has no id leaves no link: %s', async (_why, isSilent) => {
    const stage = await open();
    stage.pbx.made.isMadeSilently = isSilent;
    await wants(stage, { isGone: !isSilent });
    stage.pbx.made.isAnswered(MADE);
    stage.pbx.made.ends(MADE);
    await stage.pass(1);
    expect(linksTold(stage)).toEqual([]);
    expect(stage.pbx.diaries.has(MADE)).toBe(false);
  });

  test('and was wished for twice before the PBX has said a word is answered alike to both', async () => {
    const stage = await open();
    stage.pbx.made.originates = { ok: false, problem: 'refused', cause: 'no' };
    const both = await Promise.all([wants(stage), wants(stage, { id: 'pbx1-made-2' })]);
    expect(both).toEqual([{ kind: 'unavailable' }, { kind: 'unavailable' }]);
    stage.pbx.made.originates = { ok: true };
    const anew = await Promise.all([wants(stage), wants(stage, { id: 'pbx1-made-2' })]);
    expect(anew).toEqual([
      { kind: 'made', callId: MADE },
      { kind: 'made', callId: MADE },
    ]);
  });

  test('is not begun without the PBX', async () => {
    const stage = await open();
    stage.pbx.unlink();
    await settled();
    expect(await wants(stage)).toEqual({ kind: 'unavailable' });
    expect(stage.pbx.done).toEqual([]);
  });

  test('keeps its agent from being offered a caller, whose phone may not ring yet', async () => {
    const stage = await open();
    await wants(stage);
    stage.helpDesk.answers(agent('1001'));
    stage.pbx.enters('a');
    await stage.pass(0.1);
    expect(stage.pbx.done).not.toContain('send a to 1001');
  });
});

/** Movidesk names the agent for a caller who comes in now; what the PBX is asked to do within a second. */
async function isOfferedCaller(stage: Stage): Promise<boolean> {
  stage.helpDesk.answers(agent('1001'));
  stage.pbx.enters('a');
  await stage.pass(1);
  return stage.pbx.done.includes('send a to 1001');
}

/** An agent who talks to their customer, and whom nothing but their phone keeps from calling the next. */
async function talking(): Promise<Stage> {
  const stage = await open();
  await wants(stage);
  stage.pbx.made.isAnswered(MADE);
  await stage.pass(10);
  return stage;
}

describe('an agent who has passed their customer on', () => {
  test('is offered callers again, and was not before', async () => {
    const [before, after] = [await talking(), await talking()];
    expect(await isOfferedCaller(before)).toBe(false);
    after.pbx.made.isPassedOn(MADE);
    expect(await isOfferedCaller(after)).toBe(true);
  });

  test('may call the next, and could not before; each call has its end and its link', async () => {
    const stage = await talking();
    expect(await wants(stage, { id: 'pbx1-made-2' })).toMatchObject({ kind: 'in-a-call' });
    stage.pbx.made.isPassedOn(MADE);
    expect(await wants(stage, { id: 'pbx1-made-2' })).toMatchObject({ kind: 'made' });
    const next = callIdFrom('pbx1-made-2');
    stage.pbx.made.isAnswered(next);
    for (const callId of [MADE, next]) stage.pbx.made.ends(callId);
    await stage.pass(1);
    expect(linksTold(stage)).toHaveLength(2);
  });
});

describe('an agent who talks to their customer is not rung for another, whatever was told of their phone', () => {
  const isRung = ({ pbx }: Stage) => pbx.done.filter((one) => one.startsWith('call')).length > 1;

  test.each<[string, (stage: Stage) => Promise<unknown>]>([
    ['Movidesk has named them for a caller since, in vain', isOfferedCaller],
    [
      'the link to the PBX was lost and found again',
      async ({ pbx }) => {
        pbx.unlink();
        pbx.link();
        await settled();
      },
    ],
    [
      'the daemon was started anew',
      async (stage) => {
        await stage.stop();
        await stage.start();
      },
    ],
  ])('%s', async (_what, happens) => {
    const stage = await talking();
    await happens(stage);
    expect(await wants(stage, { id: 'pbx1-made-2' })).toEqual({ kind: 'in-a-call', retryAfterMs: 10_000 });
    expect(isRung(stage)).toBe(false);
  });

  test('the daemon stops before the PBX has said what it shows', async () => {
    const stage = await talking();
    stage.pbx.made.isPassedOn(MADE);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const read = stage.pbx.readExtension.bind(stage.pbx);
    stage.pbx.readExtension = async (one) => {
      await promise;
      return read(one);
    };
    let told: MakeCallAnswer | undefined;
    void wants(stage, { id: 'pbx1-made-2', hears: (answer) => (told = answer) });
    await settled();
    const stopped = stage.stop();
    resolve(undefined);
    await stopped;
    expect(told).toEqual({ kind: 'unavailable' });
    expect(isRung(stage)).toBe(false);
  });

  test('the PBX does not say what it shows: the wish is refused, and the log says why', async () => {
    const stage = await talking();
    stage.pbx.readExtension = async () => undefined;
    expect(await wants(stage, { id: 'pbx1-made-2' })).toEqual({ kind: 'unavailable' });
    expect(isRung(stage)).toBe(false);
    expect(stage.log.lines.filter(({ message }) => message.includes('does not say'))).toMatchObject([
      { level: 'warn', facts: { extension: '1001' } },
    ]);
  });
});

test('an agent who is free again and clicks twice is rung once, though their phone rings by then', async () => {
  const stage = await talking();
  stage.pbx.made.isPassedOn(MADE);
  const { pbx, clock } = stage;
  const told: unknown[] = [];
  const answersMs = [100, 200];
  pbx.readExtension = async (asked) => {
    await new Promise<void>((resolve) => void clock.after(answersMs.shift() ?? 0, resolve));
    return pbx.phones.read(asked);
  };
  for (const id of ['pbx1-made-2', 'pbx1-made-3'])
    await wants(stage, { id, hears: (what) => told.push(what) });
  expect(told).toEqual([]);
  await stage.pass(1);
  expect(told).toEqual([
    { kind: 'made', callId: 'pbx1-made-2' },
    { kind: 'made', callId: 'pbx1-made-2' },
  ]);
});

test('after a start, agents with open calls are offered callers: their phones say whether they are in use', async () => {
  const stage = await open();
  await wants(stage);
  stage.pbx.made.isAnswered(MADE);
  await stage.stop();
  stage.pbx.made.isPassedOn(MADE);
  await stage.start();
  expect(await isOfferedCaller(stage)).toBe(true);
});

describe('what becomes of it is found out', () => {
  test('though nobody told: once a minute it is looked for', async () => {
    const stage = await open();
    await wants(stage);
    stage.pbx.made.isAnswered(MADE);
    stage.pbx.tells = false;
    stage.pbx.made.ends(MADE);
    await stage.pass(10);
    expect(linksTold(stage)).toEqual([]);
    await stage.pass(60);
    expect(linksTold(stage)).toHaveLength(1);
  });

  test('after the daemon was away, and the call ended meanwhile', async () => {
    const stage = await open();
    await wants(stage);
    stage.pbx.made.isAnswered(MADE);
    await stage.stop();
    stage.pbx.made.ends(MADE);
    await stage.start();
    await stage.pass(1);
    expect(linksTold(stage)).toHaveLength(1);
  });

  test('after the PBX died in the middle of it', async () => {
    const stage = await open();
    await wants(stage);
    stage.pbx.made.isAnswered(MADE);
    stage.pbx.dies();
    await stage.pass(30);
    stage.pbx.startsAnew();
    await stage.pass(1);
    expect(linksTold(stage)).toHaveLength(1);
  });

  test('and the diary of one that is open is not taken for a forgotten one', async () => {
    const stage = await open();
    await wants(stage);
    stage.pbx.made.isAnswered(MADE);
    await stage.pass(200);
    expect(stage.pbx.diaries.has(MADE)).toBe(true);
  });

  test('somebody who writes into the stream that it is over is not believed', async () => {
    const stage = await open();
    await wants(stage);
    stage.pbx.made.isAnswered(MADE);
    stage.pbx.made.tellsOver(MADE);
    stage.pbx.made.tellsOver(callIdFrom('pbx1-made-of-nobody'));
    await stage.pass(30);
    expect(linksTold(stage)).toEqual([]);
    stage.pbx.made.ends(MADE);
    await stage.pass(1);
    expect(linksTold(stage)).toHaveLength(1);
  });

  test('where the diary cannot be read, nothing is concluded', async () => {
    const stage = await open();
    await wants(stage);
    stage.pbx.made.isAnswered(MADE);
    stage.pbx.readsDiaries = false;
    stage.pbx.made.ends(MADE);
    await stage.pass(120);
    expect(linksTold(stage)).toEqual([]);
    const complaints = () =>
      stage.log.lines.filter(({ message }) => message.includes('cannot be read: it counts as open'));
    expect(complaints()).toHaveLength(1);
    stage.pbx.readsDiaries = true;
    await stage.pass(60);
    expect(linksTold(stage)).toHaveLength(1);
    expect(complaints()).toHaveLength(1);
  });
});
