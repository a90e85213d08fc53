import { expect } from 'vitest';
import { scenario } from '../scenario.ts';
import { LINKS, type Town } from '../town.ts';

const TOKEN = 'a token of a town';
const ACTIVE_CALL = {
  ACTIVE_CALL_ENABLED: 'true',
  ACTIVE_CALL_TOKEN: TOKEN,
  ACTIVE_CALL_EXTENSIONS: '["1001-1002"]',
  ACTIVE_CALL_DIAL_CONTEXT: 'from-agents',
  ACTIVE_CALL_RING_SECONDS: '1',
};
const MAY_CALL = { mayOriginate: true, more: ACTIVE_CALL };

const asks = (town: Town) =>
  fetch(`${town.url}/movidesk/call?source=1001&destination=047999990000&token=${encodeURIComponent(TOKEN)}`);

const linkTold = (town: Town, callId: string): string | undefined =>
  town.movidesk.ledger.find((one) => one.operation === 'setMadeCallLink' && one.callId === callId)?.query[
    'Link'
  ];

const isOver = ({ log }: Town, callId: string): unknown =>
  log.lines.find(({ message, facts }) => message.endsWith('is over') && facts['callId'] === callId)?.facts[
    'result'
  ];

scenario(
  'an agent calls a customer from Movidesk, and the link comes back to the ticket',
  MAY_CALL,
  async (town) => {
    const answer = await asks(town);
    const callId = await answer.text();
    expect([answer.status, callId]).toEqual([200, expect.stringMatching(/^town-made-/)]);
    await town.until(() => town.pbx.diary(callId) !== '');
    town.phone('1001').hangUp();
    await town.until(() => linkTold(town, callId) !== undefined);
    expect(linkTold(town, callId)).toMatch(`${LINKS}${callId}-1001-`);
    await town.until(() => town.pbx.diary(callId) === '');
    expect(isOver(town, callId)).toBe('answered');
  },
);

scenario('an agent who does not answer has made no call', MAY_CALL, async (town) => {
  town.phone('1001').setBehaviour({ kind: 'declines' });
  const callId = await (await asks(town)).text();
  await town.until(() => isOver(town, callId) === 'unanswered');
  expect(linkTold(town, callId)).toBeUndefined();
  expect((await asks(town)).status).toBe(200);
});

scenario('the link is told though the daemon was away at the end of the call', MAY_CALL, async (town) => {
  const callId = await (await asks(town)).text();
  await town.until(() => town.pbx.diary(callId) !== '');
  await town.stopDaemon();
  town.phone('1001').hangUp();
  await town.startDaemon();
  await town.until(() => linkTold(town, callId) !== undefined);
});

scenario(
  'a PBX that lets us make no calls is told in the log, with what to do',
  { more: ACTIVE_CALL },
  async (town) => {
    expect((await asks(town)).status).toBe(503);
    const [line] = town.log.lines.filter(({ level }) => level === 'error');
    expect(line?.facts).toMatchObject({ remedy: expect.stringMatching(/write = call,originate/) });
  },
);
