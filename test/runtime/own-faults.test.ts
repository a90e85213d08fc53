import { describe, expect, test } from 'vitest';
import { callIdFrom } from '../../src/domain/identity.ts';
import { extension } from '../domain/builders.ts';
import { broken, noAnswer, unauthorized } from '../fakes/failures.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { settled } from '../fakes/manual-clock.ts';
import { Stage } from './stage.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** An ending that the help desk answers with a fault for ever, and nothing else to be told or asked. */
async function stumbling(): Promise<Stage> {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  await stage.talks('a', '1001');
  stage.helpDesk.alwaysFails(broken, idOf('a'));
  stage.pbx.hangsUp('a');
  await stage.pass(1);
  return stage;
}

describe('an ending over which the help desk stumbles for ever', () => {
  test('sends callers away for five minutes, while nothing shows that it is well, and never again', async () => {
    const stage = await stumbling();
    await stage.pass(MINUTE);
    expect(stage.bridge.canServe).toBe(false);
    await stage.pass(5 * MINUTE);
    for (let minute = 0; minute < 240; minute += 1) {
      expect(stage.bridge.canServe).toBe(true);
      await stage.pass(MINUTE);
    }
    await stage.talks('b', '1002');
    expect(stage.helpDesk.toldOf(idOf('b'))).toEqual(['ask', 'transfered 1002']);
  });

  test('sends nobody away once something else was taken', async () => {
    const stage = await stumbling();
    await stage.talks('b', '1002');
    for (let minute = 0; minute < 60; minute += 1) {
      await stage.pass(MINUTE);
      expect(stage.bridge.canServe).toBe(true);
    }
  });

  test('is told as soon as it can be, and does not hide a help desk that is silent', async () => {
    const stage = await stumbling();
    await stage.talks('b', '1002');
    await stage.pass(HOUR);
    stage.helpDesk.failure = noAnswer;
    stage.pbx.enters('c');
    await stage.pass(61);
    expect(stage.pbx.placeOf('c')).toEqual({ at: 'fallback', bridged: false });
    stage.helpDesk.failure = undefined;
    stage.helpDesk.alwaysFails(undefined, idOf('a'));
    await stage.pass(2 * MINUTE);
    expect(stage.helpDesk.toldOf(idOf('a'))).toEqual(['ask', 'transfered 1001', 'completed']);
  });
});

test('a help desk that does not answer an ending stays silent until it does: the ending shows when it is back', async () => {
  const stage = await Stage.open({ failOpenAfterMs: 60_000 });
  await stage.talks('a', '1001');
  stage.helpDesk.failure = noAnswer;
  stage.pbx.hangsUp('a');
  await stage.pass(62);
  for (let minute = 0; minute < 60; minute += 1) {
    expect(stage.bridge.canServe).toBe(false);
    await stage.pass(MINUTE);
  }
  stage.helpDesk.failure = undefined;
  await stage.pass(MINUTE);
  expect(stage.bridge.canServe).toBe(true);
});

describe('the link of a call made from the help desk', () => {
  const MADE = callIdFrom('pbx1-made-1');

  async function madeAndOver(stage: Stage): Promise<void> {
    stage.bridge.makeCall({
      ...{ callId: MADE, agent: extension('1001'), number: '11987654321', ringMs: 30_000 },
      ...{ dialContext: 'from-internal', callerId: undefined, callsPerMinute: 2 },
      answer: () => true,
    });
    await settled();
    stage.pbx.made.isAnswered(MADE);
    stage.pbx.made.ends(MADE);
    await stage.pass(1);
  }
  const open = async () => {
    const stage = new Stage();
    Object.assign(stage.settings, { madeCallLink: ({ file }: { file: string }) => `https://pbx/${file}` });
    await stage.start();
    return stage;
  };

  test('that the token is not good for holds up no caller, and is set aside for a person', async () => {
    const stage = await open();
    stage.helpDesk.alwaysFails(unauthorized, MADE);
    await madeAndOver(stage);
    for (let minute = 0; minute < 60; minute += 1) {
      await stage.pass(MINUTE);
      expect(stage.bridge.canServe).toBe(true);
    }
    await stage.talks('b', '1002');
    expect(stage.helpDesk.toldOf(idOf('b'))).toEqual(['ask', 'transfered 1002']);
    await stage.pass(2 * MINUTE);
    const tries = () => stage.helpDesk.heard.filter(({ callId }) => callId === MADE).length;
    const soFar = tries();
    await stage.pass(HOUR);
    expect(tries()).toBe(soFar);
    expect((await stage.store.load()).entries).toMatchObject([
      { report: { kind: 'made-call-link' }, parkedBecause: unauthorized.cause },
    ]);
    expect(
      stage.log.lines.filter(({ message }) => message.includes('takes the token, but not')),
    ).toHaveLength(1);
  });

  test('is told in the end, though the token was wrong for an hour', async () => {
    const stage = await open();
    stage.helpDesk.failure = unauthorized;
    await madeAndOver(stage);
    stage.pbx.enters('b');
    await stage.pass(HOUR);
    stage.helpDesk.failure = undefined;
    await stage.pass(5 * MINUTE);
    expect(stage.helpDesk.toldOf(MADE)).toEqual(['made-call-link']);
  });

  test('over which the help desk stumbles holds up no caller, and is told in the end', async () => {
    const stage = await open();
    stage.helpDesk.alwaysFails(broken, MADE);
    await madeAndOver(stage);
    for (let minute = 0; minute < 60; minute += 1) {
      await stage.pass(MINUTE);
      expect(stage.bridge.canServe).toBe(true);
    }
    await stage.talks('b', '1002');
    stage.helpDesk.alwaysFails(undefined, MADE);
    await stage.pass(2 * MINUTE);
    expect(stage.helpDesk.toldOf(MADE)).toEqual(['made-call-link']);
  });
});
