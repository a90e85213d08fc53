import { describe, expect, test } from 'vitest';
import { aRule, SALES } from '../../domain/call-back/some-rules.ts';
import { unreachable } from '../../fakes/failures.ts';
import { agent } from '../../fakes/scripted-help-desk.ts';
import { CallBackStage } from './call-back-stage.ts';

const MINUTE = 60;
const HOUR = 60 * 60;

/** They come in, are told that nobody takes them, and hang up. */
async function isSentAway(stage: CallBackStage, name: string, why: 'holiday' | 'closed' | 'nobody') {
  stage.helpDesk.answers({ kind: why });
  stage.pbx.enters(name);
  await stage.pass(1);
  stage.pbx.hangsUp(name);
}

describe('a caller whom nobody took is called back once', () => {
  test.each(['holiday', 'closed', 'nobody'] as const)('who was sent away: %s', async (why) => {
    await using stage = await CallBackStage.calling();
    await isSentAway(stage, 'a', why);
    await stage.pass(HOUR);
    expect(stage.relay.told).toEqual([`call back pbx1-a: support lost ${why}`]);
    expect(stage.settled).toEqual(['call-back a delivered']);
  });

  test('who had waited for as long as their queue allows', async () => {
    await using stage = await CallBackStage.calling({ maxWaitMs: 120_000 });
    stage.pbx.enters('a', { queue: 'sales' });
    await stage.pass(121);
    expect(stage.relay.asked).toEqual([]);
    stage.pbx.hangsUp('a');
    await stage.pass(HOUR);
    expect(stage.relay.told).toEqual(['call back pbx1-a: sales lost waited']);
  });

  test('who was sent to the fallback because the help desk was silent, and whom nobody took there', async () => {
    await using stage = await CallBackStage.calling();
    stage.helpDesk.failure = unreachable;
    stage.pbx.enters('a');
    await stage.pass(2 * MINUTE);
    expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'fallback' });
    stage.pbx.hangsUp('a');
    await stage.pass(HOUR);
    expect(stage.relay.told).toEqual(['call back pbx1-a: support lost unreachable']);
  });

  test('who gave up, whether they waited, or a phone rang for them, or nobody had asked about them yet', async () => {
    await using stage = await CallBackStage.calling();
    await stage.givesUp('a');
    await stage.rings('b', '1001');
    stage.pbx.hangsUp('b');
    stage.helpDesk.holdsBack();
    await stage.givesUp('c', 'sales');
    stage.helpDesk.letsGo();
    await stage.pass(HOUR);
    expect(stage.relay.told).toEqual([
      'call back pbx1-a: support canceled gave-up',
      'call back pbx1-b: support canceled gave-up',
      'call back pbx1-c: sales canceled gave-up',
    ]);
  });

  test('for each visit in which they were lost, and not for the one that led to another', async () => {
    await using stage = await CallBackStage.calling();
    stage.pbx.enters('a');
    await stage.pass(1);
    stage.pbx.enters('a', { queue: 'sales' });
    await stage.pass(1);
    stage.pbx.hangsUp('a');
    await stage.pass(HOUR);
    expect(stage.relay.told).toEqual(['call back pbx1-a-2: sales canceled gave-up']);
  });
});

describe('nobody is called back', () => {
  test('who was answered by an agent', async () => {
    await using stage = await CallBackStage.calling();
    await stage.talks('a', '1001');
    stage.pbx.hangsUp('a');
    await stage.pass(HOUR);
    expect(stage.helpDesk.toldOf('pbx1-a')).toContain('completed');
    expect([stage.relay.asked, stage.owed, stage.settled]).toEqual([[], [], []]);
  });

  test('whom somebody took in the fallback', async () => {
    await using stage = await CallBackStage.calling();
    stage.helpDesk.failure = unreachable;
    stage.pbx.enters('a');
    await stage.pass(2 * MINUTE);
    stage.pbx.answersElsewhere('a');
    await stage.pass(1);
    stage.pbx.hangsUp('a');
    await stage.pass(HOUR);
    expect(stage.relay.asked).toEqual([]);
  });

  test('who is still there', async () => {
    await using stage = await CallBackStage.calling();
    stage.helpDesk.answers({ kind: 'closed' });
    stage.pbx.enters('a');
    stage.pbx.enters('b', { queue: 'sales' });
    await stage.pass(10 * MINUTE);
    expect(stage.relay.asked).toEqual([]);
  });

  test.each([
    ['there is no rule', []],
    ['the rule is about another queue', [aRule('call-back', { queues: [SALES] })]],
    ['the rule is about another reason', [aRule('call-back', { reasons: ['waited'] })]],
    ['the first rule says not to', [aRule('nothing', { ending: 'canceled' }), aRule('call-back')]],
  ])('where %s', async (_what, rules) => {
    await using stage = await CallBackStage.calling({ rules, areFlagsTold: true });
    await stage.givesUp('a');
    await stage.pass(HOUR);
    expect([stage.relay.asked, stage.owed, stage.settled]).toEqual([[], [], []]);
  });

  test('where the far side is not configured, whatever the rules say', async () => {
    await using stage = new CallBackStage();
    stage.relays = [];
    await stage.start();
    await stage.givesUp('a');
    await stage.pass(HOUR);
    expect([stage.owed, stage.settled]).toEqual([[], []]);
  });
});

describe('who is lost while nobody listens is called back once, where a rule names that', () => {
  const rules = [aRule('call-back'), aRule('call-back', { reasons: ['unseen'] })];

  test('having hung up while the PBX was out of reach', async () => {
    await using stage = await CallBackStage.calling({ rules });
    stage.pbx.enters('a');
    stage.helpDesk.answers({ kind: 'all-busy' }, { kind: 'closed' });
    stage.pbx.enters('b', { queue: 'sales' });
    await stage.pass(1);
    expect(stage.pbx.placeOf('b')).toMatchObject({ at: 'lost' });
    stage.pbx.unlink();
    stage.pbx.hangsUp('a');
    stage.pbx.hangsUp('b');
    await stage.pass(MINUTE);
    expect(stage.relay.asked).toEqual([]);
    stage.pbx.link();
    await stage.pass(HOUR);
    expect(stage.relay.told.toSorted()).toEqual([
      'call back pbx1-a: support canceled unseen',
      'call back pbx1-b: sales lost closed',
    ]);
  });

  test('having been there when the PBX lost its power', async () => {
    await using stage = await CallBackStage.calling({ rules });
    stage.pbx.enters('a');
    await stage.pass(1);
    stage.pbx.dies();
    await stage.pass(MINUTE);
    stage.pbx.startsAnew();
    await stage.pass(HOUR);
    expect(stage.relay.told).toEqual(['call back pbx1-a: support canceled unseen']);
  });

  test('though no event told of it, and a round found them gone', async () => {
    await using stage = await CallBackStage.calling({ rules });
    stage.pbx.enters('a');
    await stage.pass(1);
    stage.pbx.tells = false;
    stage.pbx.hangsUp('a');
    await stage.pass(3 * MINUTE);
    expect(stage.relay.told).toEqual(['call back pbx1-a: support canceled unseen']);
  });

  test('while the daemon was not there', async () => {
    await using stage = await CallBackStage.calling({ rules });
    stage.pbx.enters('a');
    await stage.pass(1);
    await stage.stop();
    stage.pbx.hangsUp('a');
    await stage.pass(MINUTE);
    await stage.start();
    await stage.pass(HOUR);
    expect(stage.relay.told).toEqual(['call back pbx1-a: support canceled unseen']);
  });

  test('and whoever was answered meanwhile is not', async () => {
    await using stage = await CallBackStage.calling({ rules });
    stage.helpDesk.answers(agent('1001'));
    stage.pbx.enters('a');
    await stage.pass(0.1);
    stage.pbx.unlink();
    stage.pbx.answers('1001');
    await stage.pass(MINUTE);
    stage.pbx.hangsUp('a');
    stage.pbx.link();
    await stage.pass(HOUR);
    expect(stage.helpDesk.toldOf('pbx1-a')).toContain('completed');
    expect(stage.relay.asked).toEqual([]);
  });
});

describe('who was gone when we looked again, and perhaps was served by the fallback,', () => {
  test.each([
    ['there is only a rule about whatever reason', [aRule('call-back')]],
    [
      'the rule names why they seem to have left',
      [aRule('call-back', { reasons: ['gave-up', 'unreachable'] })],
    ],
  ])('is not called back where %s', async (_what, rules) => {
    await using stage = await CallBackStage.calling({ rules, areFlagsTold: true });
    stage.pbx.enters('a');
    await stage.pass(1);
    await stage.stop();
    stage.pbx.hangsUp('a');
    await stage.pass(MINUTE);
    await stage.start();
    await stage.pass(HOUR);
    expect(stage.helpDesk.toldOf('pbx1-a')).toContain('canceled');
    expect([stage.relay.asked, stage.owed, stage.settled]).toEqual([[], [], []]);
  });

  test('is lost unseen in the fallback as well', async () => {
    const rules = [aRule('call-back', { reasons: ['unseen'] })];
    await using stage = await CallBackStage.calling({ rules });
    stage.helpDesk.failure = unreachable;
    stage.pbx.enters('a');
    await stage.pass(2 * MINUTE);
    expect(stage.pbx.placeOf('a')).toMatchObject({ at: 'fallback' });
    stage.pbx.tells = false;
    stage.pbx.hangsUp('a');
    await stage.pass(3 * MINUTE);
    expect(stage.relay.told).toEqual(['call back pbx1-a: support lost unseen']);
  });
});
