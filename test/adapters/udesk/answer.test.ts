import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcomeOf, withError } from '../../../src/adapters/udesk/answer.ts';
import type { Operation } from '../../../src/adapters/udesk/operations/operation.ts';
import { OPERATIONS } from '../../../src/adapters/udesk/operations.ts';

const { agentGet, agentList, agentLogin, callHold, callOriginate, fastRoutersGet } = OPERATIONS;
const { agentCreate, queueList, subscriptionList, subscriptionUpdate, voiceFileList } = OPERATIONS;

/** What a body means; a text is taken as it stands. */
function outcome(operation: Operation, body: unknown, status = 200) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return outcomeOf(operation, { status, text }, (cause) => cause);
}

const value = (operation: Operation, body: unknown) => {
  const read = outcome(operation, body);
  if (!read.ok) throw new Error(`expected a value, got ${read.failure.cause}`);
  return read.value;
};

const result = (operation: Operation, found: unknown) =>
  value(operation, { ErrCode: '000000', ErrDesc: 'OK', Result: found });

describe('both shapes of an answer', () => {
  const done = { ok: true, value: null };

  test.each([
    { ErrCode: '000000', ErrDesc: 'OK', Result: null },
    { code: '000000', message: 'OK', results: '' },
    { ErrCode: 0 },
    { code: 0 },
    { ErrCode: null, code: '000000' },
  ])('%j is a success, for whichever operation', (body) => {
    expect(outcome(OPERATIONS.agentDelete, body)).toEqual(done);
    expect(outcome(callHold, body)).toEqual(done);
  });

  test('a refusal has its name, code, status and description in either shape', () => {
    const failure = {
      kind: 'refused',
      status: 200,
      cause: 'RecordNotFound (100018): 200 no such call',
      error: { name: 'RecordNotFound', code: '100018' },
    };
    const failed = { ok: false, failure };
    expect(outcome(callHold, { code: '100018', message: 'no such call' })).toEqual(failed);
    expect(outcome(callHold, { ErrCode: 100_018, ErrDesc: 'no such call' })).toEqual(failed);
    expect(outcome(agentGet, { code: '100018', message: 'no such call', results: {} })).toEqual(failed);
  });

  test('what is worth asking again and what a person must see to are told apart', () => {
    const kindOf = (ErrCode: string, ErrDesc: string) => outcome(agentLogin, { ErrCode, ErrDesc });
    expect(kindOf('000003', 'System internal error')).toMatchObject({
      failure: { kind: 'broken', status: 200 },
    });
    expect(kindOf('100002', 'AppNotFound')).toMatchObject({ failure: { kind: 'unauthorized' } });
    expect(kindOf('100017', 'AppID Blank')).toMatchObject({ failure: { kind: 'unauthorized' } });
    expect(kindOf('100099', 'Sign error')).toMatchObject({ failure: { kind: 'unauthorized' } });
  });

  test('a result beside the code is also found in Result, where it should have been', () => {
    const routers = [{ Dtmf: '1', Desc: 'Sales', QueueId: '9008' }];
    expect(value(fastRoutersGet, { ErrCode: '000000', FastRouter: routers })).toEqual({
      FastRouter: routers,
    });
    expect(result(fastRoutersGet, { FastRouter: routers })).toEqual({ FastRouter: routers });
  });

  test('a DELETE may answer 204 and nothing', () => {
    expect(outcome(OPERATIONS.queueDelete, '', 204)).toEqual(done);
  });
});

describe('where the document contradicts itself', () => {
  test.each([null, '', {}, []])('%j is an empty list', (empty) => {
    expect(result(subscriptionList, empty)).toEqual([]);
    expect(result(voiceFileList, { IvrVFiles: empty })).toEqual({ IvrVFiles: [] });
  });

  test('one thing where a list belongs is a list of one', () => {
    expect(result(queueList, { ID: '7', QueueID: 9009 })).toMatchObject([
      { ID: 7, QueueID: '9009', Name: null },
    ]);
    expect(result(agentGet, { DefSpNumber: '0571', Queues: 9008 })).toMatchObject({
      DefSpNumber: ['0571'],
      Queues: ['9008'],
    });
  });

  test('numbers, texts and booleans stand for each other', () => {
    const seat = { AgentId: 62, State: ' 3 ', Enable: 'True', WrapUpTime: '1.5', WorkId: false };
    expect(result(agentGet, seat)).toMatchObject({
      AgentId: '62',
      State: 3,
      Enable: true,
      WrapUpTime: 1.5,
      WorkId: 'false',
    });
    expect(result(agentGet, { Enable: 0 })).toMatchObject({ Enable: false });
  });

  test('what cannot be what it should is null, and the rest is read', () => {
    const seat = { AgentId: '62', State: 'ready', Enable: 'maybe', Name: { first: 'Li' }, WrapUpTime: '' };
    expect(result(agentGet, seat)).toMatchObject({
      AgentId: '62',
      State: null,
      Enable: null,
      Name: null,
      WrapUpTime: null,
    });
  });

  test('ids of subscriptions are read from a list, from one, and by their names', () => {
    const read = [{ SubId: 7, name: 'sub1' }];
    expect(result(subscriptionUpdate, { sub1: 7 })).toEqual(read);
    expect(result(subscriptionUpdate, { sub1: '7' })).toEqual(read);
    expect(result(subscriptionUpdate, [{ SubId: '7', name: 'sub1' }])).toEqual(read);
    expect(result(subscriptionUpdate, { SubId: 7, name: 'sub1' })).toEqual(read);
    expect(result(subscriptionUpdate, { sub1: 'none' })).toBeNull();
  });
});

describe('what is not understood', () => {
  test.each([
    ['oops'],
    [7],
    [null],
    [{ SeatList: [] }],
    [{ CurrPage: 1, AgentList: 'none' }],
    [{ CurrPage: 1, AgentList: [{ Unheard: 'of' }, 'x'] }],
  ])('never passes for a list of seats without any: %j', (found) => {
    expect(outcome(agentList, { ErrCode: '000000', Result: found })).toEqual({
      ok: false,
      failure: { kind: 'unknown-outcome', cause: '200 with a result unlike the documented one' },
    });
  });

  test('one odd seat does not hide the others', () => {
    const AgentList = [{ AgentId: '62' }, 'odd', null, { AgentId: '78' }];
    expect(result(agentList, { AgentList })).toMatchObject({
      AgentList: [{ AgentId: '62' }, { AgentId: '78' }],
    });
  });

  test('does not make a failure of something that was done', () => {
    expect(result(agentCreate, 'created')).toBeNull();
    expect(value(callOriginate, { ErrCode: '000000' })).toBeNull();
    expect(value(callOriginate, { ErrCode: '000000', results: 7 })).toEqual({
      msg_id: null,
      results: '7',
      data: null,
    });
  });

  test.each([
    ['', '200 without a code: nothing at all'],
    [' \n', '200 without a code: nothing at all'],
    ['<html>Login</html>', '200 without a code: <html>Login</html>'],
    [
      '{"ErrCode":"000000","Result":{"Pass',
      '200 without a code: 35 characters that are not the documented JSON',
    ],
    ['[{"ErrCode":"000000"}]', '200 without a code: 22 characters that are not the documented JSON'],
    ['"000000"', '200 without a code: 8 characters that are not the documented JSON'],
    ['null', '200 without a code: 4 characters that are not the documented JSON'],
    ['{"ErrCode":{}}', '200 without a code: 14 characters that are not the documented JSON'],
    ['{"ErrCode":"","Result":null}', '200 without a code: 28 characters that are not the documented JSON'],
  ])('%j leaves the outcome unknown', (body, cause) => {
    expect(outcome(agentLogin, body)).toEqual({ ok: false, failure: { kind: 'unknown-outcome', cause } });
  });

  test('no JSON whatever throws, or puts anything but the code into what is read', () => {
    const anOperation = fc.constantFrom<Operation>(...Object.values(OPERATIONS));
    fc.assert(
      fc.property(anOperation, fc.jsonValue(), fc.jsonValue(), (operation, found, beside) => {
        const body = { Result: found, results: beside, FastRouter: found, ErrCode: '000000' };
        const read = outcome(operation, body);
        expect(read.ok || read.failure.kind === 'unknown-outcome').toBe(true);
        expect(outcome(operation, { Result: found })).toMatchObject({ failure: { kind: 'unknown-outcome' } });
      }),
    );
  });

  test('a key named __proto__ is only a name', () => {
    const body = '{"ErrCode":"000000","Result":{"__proto__":{"AgentId":"1"},"WorkId":"2"}}';
    expect(value(agentGet, body)).toMatchObject({ AgentId: null, WorkId: '2' });
    expect(value(subscriptionUpdate, '{"ErrCode":"000000","Result":{"__proto__":7}}')).toEqual([
      { SubId: 7, name: '__proto__' },
    ]);
  });
});

describe('a 4xx or 5xx that names its error in the body', () => {
  const cause = (code: unknown, text = '') =>
    `POST agents: 422 {"ErrCode":${JSON.stringify(code)},"ErrDesc":"${text}"}`;

  test('carries it like any other refusal', () => {
    const failure = withError({ kind: 'refused', status: 422, cause: cause('100004', 'Duplicate entry') });
    expect(failure).toEqual({
      kind: 'refused',
      status: 422,
      cause: `DuplicateEntry (100004): ${cause('100004', 'Duplicate entry')}`,
      error: { name: 'DuplicateEntry', code: '100004' },
    });
  });

  test('the code decides where it says more than the status', () => {
    expect(withError({ kind: 'broken', status: 500, cause: cause(100_018) })).toMatchObject({
      kind: 'refused',
    });
    expect(withError({ kind: 'refused', status: 400, cause: cause('000003') })).toMatchObject({
      kind: 'broken',
    });
    expect(withError({ kind: 'refused', status: 400, cause: cause('100017') })).toMatchObject({
      kind: 'unauthorized',
    });
  });

  test('401 stays what it is, and so does a status with a code that nobody knows', () => {
    expect(withError({ kind: 'unauthorized', status: 401, cause: cause('000001') })).toMatchObject({
      kind: 'unauthorized',
      error: { name: 'ParameterError' },
    });
    expect(withError({ kind: 'broken', status: 500, cause: cause('999999') })).toMatchObject({
      kind: 'broken',
      error: { name: 'Undocumented' },
    });
  });

  test('a wrong signature is a matter of the credential, with whatever status it comes', () => {
    const signed = { kind: 'refused', status: 400, cause: cause('100099', 'Sign error') } as const;
    expect(withError(signed)).toMatchObject({ kind: 'unauthorized', error: { name: 'Undocumented' } });
    const echoed = { ...signed, cause: 'POST agents: 400 {"ErrCode":"100099","ErrDesc":"no","Sign":"***"}' };
    expect(withError(echoed)).toMatchObject({ kind: 'refused' });
  });

  test('without a code, without a status or throttled, a failure stays as it is', () => {
    const page = { kind: 'broken', status: 502, cause: 'GET agents: 502 <html>' } as const;
    const silent = { kind: 'unknown-outcome', cause: cause('100018') } as const;
    const throttled = { kind: 'throttled', retryAfterMs: 9, cause: cause('100018') } as const;
    expect(withError(page)).toBe(page);
    expect(withError(silent)).toBe(silent);
    expect(withError(throttled)).toBe(throttled);
  });
});
