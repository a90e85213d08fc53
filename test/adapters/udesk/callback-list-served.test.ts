import { expect, test } from 'vitest';
import { e164From } from '../../../src/adapters/kit/phone-number.ts';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { NOBODY_NOW, STOP_NOTED } from '../../../src/adapters/udesk/callback-list.ts';
import { SignedInbox } from '../../../src/adapters/udesk/signed-inbox.ts';
import { udeskNumberOf } from '../../../src/adapters/udesk/udesk-number.ts';
import { UnknownWords } from '../../../src/adapters/udesk/unknown-words.ts';
import { udeskRoom } from '../../../src/observe/http/udesk-room.ts';
import { aCall } from '../../domain/builders.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { serving } from '../../observe/serving.ts';
import { APP_ID, aCallCentre, NOON, SECRET } from '../../simulators/udesk/call-centre.ts';
import { aStep } from '../sqlite/steps.ts';

function numberOf(clientNumber: string): string | undefined {
  const e164 = e164From(clientNumber, 'BR');
  return e164 === undefined ? undefined : udeskNumberOf(e164);
}

/** The list as it is served from a store, without the rest of the daemon. */
function listOf(store: SqliteStore): SignedInbox {
  return new SignedInbox({
    appId: APP_ID,
    secret: SECRET,
    relay: { hear() {} },
    lostCallers: store,
    numberOf,
    lostWithinMs: NOON,
    clock: new ManualClock(NOON),
    log: new MemoryLog(),
    unknownWords: new UnknownWords(new MemoryLog()),
  });
}

async function aServedList() {
  const store = new SqliteStore(':memory:', new ManualClock());
  const numbers = ['anonymous', '5511987654321', '1001', '02111987654321', '+861067654637', '13676546374'];
  const lost = numbers.map((clientNumber, n) => {
    const call = aCall().withId(`call-${n}`).ended('lost');
    return { ...call, clientNumber, endedAt: call.endedAt + n };
  });
  await store.commit(aStep({ calls: lost }));
  const place = await serving({ rooms: [udeskRoom({ receive: listOf(store), servesCallbackList: true })] });
  const baseUrl = `${place.url}/udesk`;
  return {
    baseUrl,
    store,
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]().then(() => store.close()),
  };
}

test('a dialling task of Udesk’s is given each lost caller once, until there is nobody left', async () => {
  await using list = await aServedList();
  await using centre = await aCallCentre();
  const ask = (count: number) =>
    centre.simulator.askForNumbers({ baseUrl: list.baseUrl, adTaskId: 't1', count });
  const first = { id: 'call-1', number: '005511987654321' };
  expect(await ask(1)).toMatchObject({ status: 200, body: { exhausted: false, results: [first] } });
  const beijing = { id: 'call-4', number: '01067654637' };
  expect(await ask(5)).toMatchObject({ status: 200, body: { exhausted: true, results: [beijing] } });
  // Word for word as before, within the same second.
  expect(await ask(5)).toEqual({ status: 200, body: NOBODY_NOW });
  expect(await ask(6)).toMatchObject({ body: { exhausted: true, results: [] } });
  const end = { baseUrl: list.baseUrl, adTaskId: 't1' };
  expect(await centre.simulator.tellStopped(end)).toEqual({ status: 200, body: STOP_NOTED });
  expect(centre.simulator.violations()).toEqual([]);
});

test('whoever does not sign gets no number, and takes none away', async () => {
  await using list = await aServedList();
  await using centre = await aCallCentre();
  const question = { baseUrl: list.baseUrl, adTaskId: 't1', count: 1 } as const;
  const bare = await centre.simulator.askForNumbers({ ...question, signed: 'none' });
  expect(bare).toMatchObject({ status: 403 });
  expect(JSON.stringify(bare)).not.toContain('98765');
  expect(await centre.simulator.askForNumbers(question)).toMatchObject({
    body: { results: [{ id: 'call-1' }] },
  });
});
