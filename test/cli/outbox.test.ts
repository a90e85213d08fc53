import { expect, test } from 'vitest';
import { aCallBack, anEntry, aRelay, aState, aTransfer, someFlags } from '../adapters/sqlite/steps.ts';
import { aCall, MORNING } from '../domain/builders.ts';
import { Office } from './office.ts';

/** 1: failed so far; 2 of call b: parked, which holds 3 back; 4: delivered. */
async function anOfficeWithAnOutbox(): Promise<Office> {
  const office = new Office();
  const { callId } = aCall().withId('b').waiting();
  const transfered = { kind: 'transfered', callId, extension: '1001', at: Date.now() - 7_200_000 };
  await office.kept(
    {
      entries: [
        anEntry(1, 'a'),
        { ...anEntry(2, 'b'), report: transfered as never },
        anEntry(3, 'b'),
        anEntry(4, 'c'),
      ],
    },
    {
      outbox: [
        { kind: 'failed', seq: 1, attempts: 3, cause: '503 Service Unavailable' },
        { kind: 'parked', seq: 2, attempts: 1, cause: '422 no\u001b[31m such id' },
        { kind: 'delivered', seq: 4, at: MORNING },
      ],
    },
  );
  return office;
}

test.concurrent('the outbox shows what is to be told, how old it is, and why it was not told yet', async () => {
  using office = await anOfficeWithAnOutbox();
  const { code, stdout, stderr } = await office.types('outbox');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [heads, ...lines] = stdout.trimEnd().split('\n');
  expect(heads?.split(/ +/)).toEqual(['ID', 'LANE', 'CALL', 'WHAT', 'AGE', 'ATTEMPTS', 'STATE', 'REASON']);
  expect(lines[0]).toMatch(/^1 +movidesk +a +canceled +.+ +3 +due +503 Service Unavailable$/);
  expect(lines[1]).toMatch(/^2 +movidesk +b +transfered +2 h +1 +parked +422 no\\u\{1b\}\[31m such id$/);
  expect(lines[2]).toMatch(/^3 +movidesk +b +canceled +.+ +0 +held by 2$/);
  expect(lines.at(-1)).toMatch(/^3 to be told, 1 of them parked\. .*outbox retry ID.*outbox drop ID/);
});

test.concurrent('the outbox for a script', async () => {
  using office = await anOfficeWithAnOutbox();
  expect(await office.reads('outbox')).toMatchObject([
    { id: 1, lane: 'movidesk', callId: 'a', what: 'canceled', attempts: 3, state: 'due', heldBy: null },
    {
      id: 2,
      what: 'transfered',
      state: 'parked',
      ageSeconds: expect.any(Number),
      reason: '422 no\u001b[31m such id',
    },
    { id: 3, state: 'held', heldBy: 2, at: '2026-11-23T11:00:00.003Z', reason: null },
  ]);
});

test.concurrent('a parked report is sent on its way again, and is due', async () => {
  using office = await anOfficeWithAnOutbox();
  const { code, stdout } = await office.types('outbox', 'retry', '2');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('1 due again') });
  expect(await office.reads('outbox')).toMatchObject([
    {},
    { id: 2, attempts: 0, state: 'due' },
    { state: 'due' },
  ]);
});

test.concurrent('all parked reports are sent on their way again', async () => {
  using office = await anOfficeWithAnOutbox();
  expect(await office.reads('outbox', 'retry', '--all')).toEqual({ released: [2] });
  expect(await office.reads('outbox', 'retry', '--all')).toEqual({ released: [] });
});

test.concurrent('a parked report is given up, and what waited behind it is due', async () => {
  using office = await anOfficeWithAnOutbox();
  const { code, stdout } = await office.types('outbox', 'drop', '2');
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('Movidesk will not hear of 2'),
  });
  expect(await office.reads('outbox')).toMatchObject([{ id: 1 }, { id: 3, state: 'due', heldBy: null }]);
});

test.concurrent.each([
  ['retry', '9', 'no entry 9 is kept'],
  ['retry', '1', 'entry 1 is not parked but due'],
  ['drop', '1', 'entry 1 is not parked but due'],
  ['drop', '4', 'entry 4 is not parked but delivered'],
])('outbox %s %s cannot be done, and says why', async (verb, id, problem) => {
  using office = await anOfficeWithAnOutbox();
  const { code, stdout, stderr } = await office.types('outbox', verb, id);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(problem);
});

test.concurrent('an outbox with nothing in it says so', async () => {
  using office = new Office();
  await office.kept();
  expect(await office.types('outbox')).toMatchObject({ code: 0, stdout: 'Nothing is waiting to be told.\n' });
  expect(await office.reads('outbox')).toEqual([]);
});

/**
 * 1 of Movidesk is parked. Of Udesk: the state of an agent, 2, failed so far; 3 of a call is parked, which holds 4 back, but
 * not 5 of another call, nor 6 of the same line in another lane.
 */
async function anOfficeWithRelays(): Promise<Office> {
  const office = new Office();
  const transfer = aTransfer(5, 'b', '5511987654321');
  const state = { ...aState(2, 'busy'), at: Date.now() - 7_200_000 };
  await office.kept(
    {
      entries: [anEntry(1, 'b')],
      relays: [state, aRelay(3), aRelay(4), transfer, aRelay(6, { lane: 'ccai' })],
    },
    {
      outbox: [{ kind: 'parked', seq: 1, attempts: 1, cause: '422 no such id' }],
      relayed: [
        { kind: 'failed', seq: 2, attempts: 7, cause: 'nobody answers' },
        { kind: 'parked', seq: 3, attempts: 1, cause: '2001 no\u001b[31m such call' },
      ],
    },
  );
  return office;
}

test.concurrent('the outbox shows what every far side has not heard, held back within a line of its lane', async () => {
  using office = await anOfficeWithRelays();
  const { stdout } = await office.types('outbox');
  const [, ...lines] = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^1 +movidesk +b +canceled .+ parked +422 no such id$/);
  expect(lines[1]).toMatch(/^2 +udesk +- +agent-state 1001 busy +2 h +7 +due +nobody answers$/);
  expect(lines[2]).toMatch(/^3 +udesk +- +call-held +.+ +1 +parked +2001 no\\u\{1b\}\[31m such call$/);
  expect(lines[3]).toMatch(/^4 +udesk +- +call-held +.+ +0 +held by 3$/);
  expect(lines[4]).toMatch(/^5 +udesk +b +call-transferred +.+ +0 +due$/);
  expect(lines[5]).toMatch(/^6 +ccai +- +call-held +.+ +0 +due$/);
  expect(lines.at(-1)).toMatch(/^6 to be told, 2 of them parked\./);
  expect(stdout).not.toContain('4321');
});

test.concurrent('the outbox of every lane for a script', async () => {
  using office = await anOfficeWithRelays();
  expect(await office.reads('outbox')).toMatchObject([
    { id: 1, lane: 'movidesk', callId: 'b', state: 'parked' },
    {
      id: 2,
      lane: 'udesk',
      callId: null,
      what: 'agent-state 1001 busy',
      at: expect.any(String),
      ageSeconds: expect.any(Number),
      state: 'due',
    },
    {
      id: 3,
      what: 'call-held',
      at: '2026-11-23T11:00:00.000Z',
      state: 'parked',
      reason: '2001 no\u001b[31m such call',
    },
    { id: 4, lane: 'udesk', state: 'held', heldBy: 3 },
    { id: 5, lane: 'udesk', callId: 'b', what: 'call-transferred', state: 'due', heldBy: null },
    { id: 6, lane: 'ccai', state: 'due' },
  ]);
});

test.concurrent('a parked relay is sent on its way again, and so is what it held back', async () => {
  using office = await anOfficeWithRelays();
  expect(await office.types('outbox', 'retry', '3')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 due again'),
  });
  expect(await office.reads('outbox')).toMatchObject([
    { state: 'parked' },
    {},
    { id: 3, state: 'due', attempts: 0, reason: null },
    { id: 4, state: 'due' },
    {},
    {},
  ]);
});

test.concurrent('all that is parked is sent on its way again, of every lane', async () => {
  using office = await anOfficeWithRelays();
  expect(await office.reads('outbox', 'retry', '--all')).toEqual({ released: [1, 3] });
});

test.concurrent.each([
  [1, 'movidesk', 'Movidesk'],
  [3, 'udesk', 'Udesk'],
  [3, 'ccai', 'CCAI Platform'],
])('who drops %i of %s is told that %s will not hear of it', async (id, lane, farSide) => {
  using office = await anOfficeWithRelays();
  if (lane !== 'movidesk') office.write(`UPDATE relays SET lane = '${lane}' WHERE seq = ${id}`);
  const { code, stdout } = await office.types('outbox', 'drop', String(id));
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining(`Given up: ${farSide} will not hear of ${id}.`),
  });
  expect(await office.reads('outbox')).not.toContainEqual(expect.objectContaining({ id }));
});

test.concurrent('a relay that is not parked cannot be handled, and it says why', async () => {
  using office = await anOfficeWithRelays();
  const { code, stderr } = await office.types('outbox', 'drop', '2');
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('entry 2 is not parked but due'),
  });
});

/** 1 was put off, 2 waits behind it; 3 is left to a person, and 4 waits for them. */
async function anOfficeWithCallBacks(): Promise<Office> {
  const office = new Office();
  await office.kept(
    { relays: [aCallBack(1, 'a'), someFlags(2, 'a'), aCallBack(3, 'b'), someFlags(4, 'b')] },
    {
      relayed: [
        { kind: 'put-off', seq: 1, cause: 'they may call again' },
        {
          kind: 'parked',
          seq: 3,
          attempts: 1,
          cause: 'POST calls, call-back in menu 9, pt: There is no menu 9.',
        },
      ],
    },
  );
  return office;
}

test.concurrent('the outbox shows who is still to be called back, and why they were not yet', async () => {
  using office = await anOfficeWithCallBacks();
  const { stdout } = await office.types('outbox');
  const [, ...lines] = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^1 +ccai +a +call-back .+ +0 +due +they may call again$/);
  expect(lines[1]).toMatch(/^2 +ccai +a +customer-flags .+ +0 +due$/);
  expect(lines[2]).toMatch(/^3 +ccai +b +call-back .+ +1 +parked +POST calls, .+ There is no menu 9\.$/);
  expect(lines[3]).toMatch(/^4 +ccai +b +customer-flags .+ +0 +held by 3$/);
});

test.concurrent('a call-back that was left to a person is sent again, or given up, with what waits behind it', async () => {
  using office = await anOfficeWithCallBacks();
  expect(await office.reads('outbox', 'retry', '--all')).toEqual({ released: [3] });
  expect(await office.reads('outbox')).toMatchObject([
    { id: 1, lane: 'ccai', callId: 'a', what: 'call-back', state: 'due' },
    { id: 2 },
    { id: 3, lane: 'ccai', callId: 'b', state: 'due', attempts: 0, reason: null },
    { id: 4, state: 'due', heldBy: null },
  ]);
  office.write(`UPDATE relays SET state = 'parked' WHERE seq = 3`);
  expect(await office.types('outbox', 'drop', '3')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('CCAI Platform will not hear of 3'),
  });
});
