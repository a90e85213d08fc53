import { describe, expect, it } from 'vitest';
import { unavailable } from '../../../src/domain/extension/availability.ts';
import type { Report } from '../../../src/domain/outbox/report.ts';
import { aCall, extension, MORNING, NOW, whatFollows, whyIgnored } from '../builders.ts';
import {
  answeredBy,
  answeredByAgent,
  answeredElsewhere,
  checked,
  deadlineAt,
  enteredAgain,
  found,
  gone,
  named,
  notMoved,
  offerFailed,
  ringingAt,
} from './inputs.ts';

const kinds = (reports: readonly Report[]) => reports.map((report) => report.kind);

describe('while the caller waits, the help desk', () => {
  it('is noted as asked before the question leaves, so that a lost answer is not forgotten', () => {
    const { call, reports, effects } = whatFollows(aCall().unasked().waiting(), { kind: 'asked' });
    expect(call).toEqual(aCall().asked().waiting());
    expect([reports, effects]).toEqual([[], []]);
  });

  it.each([aCall().asked().waiting(), aCall().heard().waiting()])('is noted as asked only once', (call) => {
    expect(whyIgnored(call, { kind: 'asked' })).toBe('asked before');
  });

  it('names a free extension: the PBX is asked about it before the caller is moved', () => {
    const { call, reports, effects } = whatFollows(aCall().asked().waiting(), named('1001'));
    expect(call).toEqual(
      aCall()
        .heard()
        .offeredTo('1001', 'checking', NOW + 5_000),
    );
    expect(effects).toEqual([{ kind: 'check-extension', extension: '1001' }]);
    expect(reports).toEqual([]);
  });

  it('names an extension known to be taken: the caller stays, and the help desk has heard of them', () => {
    const input = named('1001', unavailable('reserved for another call'));
    const { call, effects } = whatFollows(aCall().asked().waitingAgainAfter('1002'), input);
    expect(call).toEqual(aCall().heard().waitingAgainAfter('1002'));
    expect(effects).toEqual([]);
  });

  it('has nobody free: it has heard of the caller', () => {
    const { call } = whatFollows(aCall().asked().waiting(), { kind: 'nobody-free', because: 'all-busy' });
    expect(call).toEqual(aCall().heard().waiting());
  });

  it('has nobody free again: nothing is new', () => {
    const again = { kind: 'nobody-free', because: 'all-busy' } as const;
    expect(whyIgnored(aCall().heard().waiting(), again)).toBe('nothing new');
  });

  it.each(['holiday', 'closed', 'nobody'] as const)('has no agent (%s): the caller hears why', (reason) => {
    const { call, reports, effects } = whatFollows(aCall().asked().waiting(), { kind: 'no-agent', reason });
    expect(call).toEqual(
      aCall()
        .heard()
        .leaving(reason, { lookAt: NOW + 5_000 }),
    );
    expect(effects).toEqual([{ kind: 'send-away', reason }]);
    expect(reports).toEqual([]);
  });

  it('is silent for too long: the caller goes to the fallback', () => {
    const { call, effects } = whatFollows(aCall().asked().waiting(), { kind: 'help-desk-silent' });
    expect(call).toEqual(
      aCall()
        .asked()
        .leaving('unreachable', { lookAt: NOW + 5_000 }),
    );
    expect(effects).toEqual([{ kind: 'send-away', reason: 'unreachable' }]);
  });
});

describe('a waiting caller', () => {
  it('who gives up is canceled', () => {
    const { call, reports, inferred } = whatFollows(aCall().waiting(), gone);
    expect(call).toMatchObject({ phase: 'ended', ending: 'canceled', endedAt: gone.at });
    expect(reports).toEqual([{ kind: 'canceled', callId: call.callId, at: gone.at }]);
    expect(inferred).toBe(false);
  });

  it('who enters a queue anew is canceled here', () => {
    const { call, reports } = whatFollows(aCall().waiting(), enteredAgain);
    expect(call).toMatchObject({ phase: 'ended', ending: 'canceled', endedAt: enteredAgain.at });
    expect(kinds(reports)).toEqual(['canceled']);
  });

  it('who waited as long as the queue allows is sent away', () => {
    const { call, effects } = whatFollows(aCall().waiting(), deadlineAt(MORNING + 600_000));
    expect(call).toMatchObject({ phase: 'leaving', reason: 'waited' });
    expect(effects).toEqual([{ kind: 'send-away', reason: 'waited' }]);
  });

  it('is not sent away by the deadline of an offer that is over', () => {
    expect(whyIgnored(aCall().waitingAgainAfter('1001'), deadlineAt(NOW + 3_000))).toBe('an old deadline');
  });

  it('for whom the dial begins after the offer was given up is in that offer again', () => {
    const { call, effects } = whatFollows(aCall().waitingAgainAfter('1001'), ringingAt('1001'));
    expect(call).toEqual(aCall().offeredTo('1001', 'ringing', NOW + 25_000));
    expect(effects).toEqual([]);
  });

  it.each([
    [aCall().waiting(), ringingAt('1001')],
    [aCall().waitingAgainAfter('1001'), ringingAt('1002')],
    [aCall().waiting(), { kind: 'ringing', extension: undefined } as const],
  ])('is not in an offer because of somebody else’s dial', (call, input) => {
    expect(whyIgnored(call, input)).toBe('not a dial of ours');
  });

  it('whom an agent answers after the offer was given up talks to that agent, and is looked for', () => {
    const { call, reports, effects } = whatFollows(aCall().waitingAgainAfter('1001'), answeredBy('1001'));
    expect(effects).toEqual([{ kind: 'locate' }]);
    expect(call).toMatchObject({ phase: 'talking', extension: '1001', answeredAt: NOW });
    expect(reports).toEqual([{ kind: 'transfered', callId: call.callId, extension: '1001', at: NOW }]);
  });

  it('whom an agent answers namelessly talks to the one last offered', () => {
    const { call } = whatFollows(aCall().waitingAgainAfter('1001'), answeredByAgent);
    expect(call).toMatchObject({ phase: 'talking', extension: extension('1001') });
  });

  it.each([answeredByAgent, answeredElsewhere])(
    'who seems taken by somebody outside our flow is looked for: an agent may have handed them on',
    (input) => {
      const { call, effects, reports } = whatFollows(aCall().waiting(), input);
      expect(call).toEqual(aCall().waiting());
      expect([effects, reports]).toEqual([[{ kind: 'locate' }], []]);
    },
  );

  it.each(['fallback', 'elsewhere'] as const)('found in a talk in %s is lost to it', (place) => {
    const { call, reports } = whatFollows(aCall().waiting(), found(place, true));
    expect(call).toMatchObject({ phase: 'ended', ending: 'lost', endedAt: NOW });
    expect(reports).toEqual([{ kind: 'lost', callId: call.callId, link: undefined, at: NOW }]);
  });

  it('answered by an agent before the help desk heard of them is registered first', () => {
    const { call, reports } = whatFollows(aCall().unasked().waiting(), answeredBy('1001'));
    expect(call).toMatchObject({ phase: 'talking', hearing: 'heard' });
    expect(kinds(reports)).toEqual(['received', 'transfered']);
  });

  it.each([checked('1001'), notMoved('extension'), notMoved('hold'), offerFailed('1001')])(
    'hears nothing of an offer that is over ($kind)',
    (input) => {
      expect(whyIgnored(aCall().waitingAgainAfter('1001'), input)).toBe('that offer is over');
    },
  );

  it.each([
    { kind: 'transferred', how: 'blind', target: '1002' } as const,
    { kind: 'message-left', file: 'message.wav' } as const,
  ])('cannot have been $kind', (input) => {
    expect(whyIgnored(aCall().waiting(), input)).toBe('the caller waits');
  });
});
