import { expect, test } from 'vitest';
import { anEntry } from '../adapters/sqlite/steps.ts';
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
  expect(heads?.split(/ +/)).toEqual(['ID', 'CALL', 'WHAT', 'AGE', 'ATTEMPTS', 'STATE', 'REASON']);
  expect(lines[0]).toMatch(/^1 +a +canceled +.+ +3 +due +503 Service Unavailable$/);
  expect(lines[1]).toMatch(/^2 +b +transfered +2 h +1 +parked +422 no\\u\{1b\}\[31m such id$/);
  expect(lines[2]).toMatch(/^3 +b +canceled +.+ +0 +held by 2$/);
  expect(lines.at(-1)).toMatch(/^3 to be told, 1 of them parked\. .*outbox retry ID.*outbox drop ID/);
});

test.concurrent('the outbox for a script', async () => {
  using office = await anOfficeWithAnOutbox();
  expect(await office.reads('outbox')).toMatchObject([
    { id: 1, callId: 'a', what: 'canceled', attempts: 3, state: 'due', heldBy: null },
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
