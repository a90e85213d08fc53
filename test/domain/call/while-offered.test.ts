import { describe, expect, it } from 'vitest';
import type { Offer } from '../../../src/domain/call/call.ts';
import { unavailable } from '../../../src/domain/extension/availability.ts';
import { aCall, NOW, whatFollows, whyIgnored } from '../builders.ts';
import {
  answeredBy,
  answeredByAgent,
  answeredElsewhere,
  calledOff,
  checked,
  deadlineAt,
  diaryOpen,
  enteredAgain,
  found,
  foundAtAgent,
  gone,
  goneWith,
  named,
  notMoved,
  offerFailed,
  ringingAt,
} from './inputs.ts';

const aside = (why: string) => ({ extension: '1001', why });
const stages: readonly Offer['stage'][] = ['checking', 'moving', 'ringing'];

describe('an extension being asked about', () => {
  const checking = aCall().offeredTo('1001', 'checking');

  it('is free: the caller is sent there, to ring as long as the queue says', () => {
    const { call, effects, reports } = whatFollows(checking, checked('1001'));
    expect(call).toEqual(aCall().offeredTo('1001', 'moving', NOW + 5_000));
    expect(effects).toEqual([{ kind: 'send-to-agent', extension: '1001', ringMs: 20_000 }]);
    expect(reports).toEqual([]);
  });

  it('is not: it is set aside and the caller keeps waiting', () => {
    const { call, effects, putAside, reports } = whatFollows(
      checking,
      checked('1001', unavailable('do not disturb')),
    );
    expect(call).toEqual(aCall().waitingAgainAfter('1001'));
    expect([putAside, effects]).toEqual([aside('do not disturb'), []]);
    expect(reports).toEqual([]);
  });

  it.each([
    [checking, checked('1002')],
    [aCall().offeredTo('1001', 'moving'), checked('1001')],
    [aCall().offeredTo('1001', 'ringing'), checked('1001', unavailable('device RINGING'))],
  ])('is not judged by the answer to another question', (call, input) => {
    expect(whyIgnored(call, input)).toBe('not the extension being asked about');
  });
});

describe('a caller being moved to an extension', () => {
  const moving = aCall().offeredTo('1001', 'moving');

  it('whom the PBX refuses to move waits again', () => {
    const { call, effects, putAside } = whatFollows(moving, notMoved('extension'));
    expect(call).toEqual(aCall().waitingAgainAfter('1001'));
    expect([putAside, effects]).toEqual([aside('the PBX refused to move the caller'), []]);
  });

  it('whose channel is gone is looked for, and the extension is not blamed', () => {
    const { call, effects } = whatFollows(moving, notMoved('extension', 'gone'));
    expect(call).toEqual(moving);
    expect(effects).toEqual([{ kind: 'locate' }]);
  });

  it('while the link is lost stays where they are, until the snapshot or the deadline tells', () => {
    expect(whyIgnored(moving, notMoved('extension', 'unlinked'))).toBe(
      'the next snapshot tells, or the deadline',
    );
  });

  it.each([
    [moving, notMoved('hold')],
    [moving, notMoved('leaving')],
    [aCall().offeredTo('1001', 'checking'), notMoved('extension')],
    [aCall().offeredTo('1001', 'ringing'), notMoved('extension')],
  ])('is not stopped by the failure of another move', (call, input) => {
    expect(whyIgnored(call, input)).toBe('not the move of this offer');
  });

  it.each([ringingAt('1001'), { kind: 'ringing', extension: undefined } as const])(
    'rings there, for the ring time and a little grace',
    (input) => {
      const { call, effects, reports } = whatFollows(moving, input);
      expect(call).toEqual(aCall().offeredTo('1001', 'ringing', NOW + 25_000));
      expect([effects, reports]).toEqual([[], []]);
    },
  );

  it.each([
    [moving, ringingAt('1002')],
    [aCall().offeredTo('1001', 'checking'), ringingAt('1001')],
    [aCall().offeredTo('1001', 'ringing'), ringingAt('1001')],
  ])('is not made to ring by another dial', (call, input) => {
    expect(whyIgnored(call, input)).toBe('not the beginning of this offer');
  });
});

describe('an offer', () => {
  it.each(stages)('is answered while %s: the agent’s screen opens', (stage) => {
    const { call, reports, effects } = whatFollows(aCall().offeredTo('1001', stage), answeredByAgent);
    expect(call).toEqual({ ...aCall().talkingTo('1001'), answeredAt: NOW });
    expect(reports).toEqual([{ kind: 'transfered', callId: call.callId, extension: '1001', at: NOW }]);
    expect(effects).toEqual([]);
  });

  it('answered by the extension of an earlier offer is a talk with that one', () => {
    const { call } = whatFollows(aCall().offeredTo('1002', 'checking'), answeredBy('1001'));
    expect(call).toMatchObject({ phase: 'talking', extension: '1001' });
  });

  it.each(stages)('whose caller seems taken outside our flow while %s is looked at first', (stage) => {
    const offered = aCall().offeredTo('1001', stage);
    const { call, effects, reports } = whatFollows(offered, answeredElsewhere);
    expect(call).toEqual(offered);
    expect([effects, reports]).toEqual([[{ kind: 'locate' }], []]);
  });

  it.each(stages)('whose caller is found in a talk outside our flow while %s is lost to it', (stage) => {
    const { call, reports } = whatFollows(aCall().offeredTo('1001', stage), found('elsewhere', true));
    expect(call).toMatchObject({ phase: 'ended', ending: 'lost' });
    expect(reports.map((report) => report.kind)).toEqual(['lost']);
  });

  it.each(stages)('that was answered unseen while %s, and is over, is completed', (stage) => {
    const { call, reports } = whatFollows(aCall().offeredTo('1001', stage), { ...gone, diary: diaryOpen });
    expect(call).toMatchObject({ phase: 'ended', ending: 'completed', endedAt: gone.at });
    expect(reports.map((report) => report.kind)).toEqual(['transfered', 'completed']);
  });

  it.each([
    ['moving', offerFailed('1001', 'CHANUNAVAIL'), 'dial CHANUNAVAIL'],
    ['ringing', offerFailed('1001', 'NOANSWER'), 'dial NOANSWER'],
    ['ringing', offerFailed(undefined, 'BUSY'), 'dial BUSY'],
  ] as const)('that fails while %s gives the caller back their place', (stage, input, why) => {
    const { call, reports, effects, putAside } = whatFollows(aCall().offeredTo('1001', stage), input);
    expect(call).toEqual(aCall().waitingAgainAfter('1001'));
    expect([putAside, effects]).toEqual([aside(why), []]);
    expect(reports).toEqual([]);
  });

  it.each([
    [aCall().offeredTo('1001', 'checking'), offerFailed('1001')],
    [aCall().offeredTo('1001', 'checking'), offerFailed(undefined)],
    [aCall().offeredTo('1001', 'moving'), offerFailed('1002')],
    [aCall().offeredTo('1001', 'ringing'), offerFailed('1002')],
  ])('is not ended by the failure of an earlier one', (call, input) => {
    expect(whyIgnored(call, input)).toBe('an earlier offer');
  });

  it.each(stages)('is canceled when the caller hangs up while %s, whatever the channel carries', (stage) => {
    const { call, reports } = whatFollows(aCall().offeredTo('1001', stage), goneWith('half.wav'));
    expect(call).toMatchObject({ phase: 'ended', ending: 'canceled', endedAt: gone.at });
    expect(reports).toEqual([{ kind: 'canceled', callId: call.callId, at: gone.at }]);
  });

  it.each(stages)('is canceled when the caller enters a queue anew while %s', (stage) => {
    const { call, reports } = whatFollows(aCall().offeredTo('1001', stage), enteredAgain);
    expect(call).toMatchObject({ phase: 'ended', ending: 'canceled', endedAt: enteredAgain.at });
    expect(reports.map((report) => report.kind)).toEqual(['canceled']);
  });

  it('of which nothing is heard while checking is called off, through no fault of the extension', () => {
    const { call, effects } = whatFollows(aCall().offeredTo('1001', 'checking'), deadlineAt(NOW + 3_000));
    expect(call).toEqual(aCall().waitingAgainAfter('1001'));
    expect(effects).toEqual([]);
  });

  it.each(['moving', 'unseen'] as const)('of which nothing is heard while %s is looked at', (stage) => {
    const { call, effects } = whatFollows(aCall().offeredTo('1001', stage), deadlineAt(NOW + 3_000));
    expect(call).toEqual(aCall().offeredTo('1001', 'unseen', NOW + 5_000));
    expect(effects).toEqual([{ kind: 'locate' }]);
  });

  it('of which nothing was heard is given up when the caller is found on hold', () => {
    const { call, effects, putAside } = whatFollows(aCall().offeredTo('1001', 'unseen'), found('hold'));
    expect(call).toEqual(aCall().waitingAgainAfter('1001'));
    expect([putAside, effects]).toEqual([aside('no word while moving'), []]);
  });

  it.each([ringingAt('1001'), foundAtAgent('1001', false)])(
    'of which nothing was heard rings when its dial is seen after all',
    (input) => {
      const { call } = whatFollows(aCall().offeredTo('1001', 'unseen'), input);
      expect(call).toEqual(aCall().offeredTo('1001', 'ringing', NOW + 25_000));
    },
  );

  it.each(['ringing', 'overdue'] as const)(
    '%s for too long is looked at before anything is done',
    (stage) => {
      const { call, effects } = whatFollows(aCall().offeredTo('1001', stage), deadlineAt(NOW + 3_000));
      expect(call).toEqual(aCall().offeredTo('1001', 'overdue', NOW + 5_000));
      expect(effects).toEqual([{ kind: 'locate' }]);
    },
  );

  it('that still rings when looked at is called back', () => {
    const { call, effects, putAside } = whatFollows(
      aCall().offeredTo('1001', 'overdue'),
      foundAtAgent('1001', false),
    );
    expect(call).toEqual(aCall().waitingAgainAfter('1001'));
    expect([putAside, effects]).toEqual([aside('rang for too long'), [{ kind: 'send-to-hold' }]]);
  });

  it('that was answered while nobody told us is a talk when looked at', () => {
    const { call, reports } = whatFollows(aCall().offeredTo('1001', 'overdue'), foundAtAgent('1001', true));
    expect(call.phase).toBe('talking');
    expect(reports).toMatchObject([{ kind: 'transfered', extension: '1001' }]);
  });

  it('that cannot be made is called off, and the extension not blamed', () => {
    const { call, effects } = whatFollows(aCall().offeredTo('1001', 'checking'), calledOff('1001'));
    expect(call).toEqual(aCall().waitingAgainAfter('1001'));
    expect(effects).toEqual([]);
  });

  it.each([
    [aCall().offeredTo('1001', 'moving'), calledOff('1001')],
    [aCall().offeredTo('1001', 'checking'), calledOff('1002')],
  ])('is not called off by what was asked for another', (call, input) => {
    expect(whyIgnored(call, input)).toBe('not the extension being asked about');
  });

  it.each(stages)('is not given up at the deadline of another while %s', (stage) => {
    expect(whyIgnored(aCall().offeredTo('1001', stage), deadlineAt(NOW + 2_999))).toBe('an old deadline');
  });

  it.each([
    { kind: 'asked' } as const,
    named('1002'),
    { kind: 'nobody-free', because: 'all-busy' } as const,
    { kind: 'no-agent', reason: 'closed' } as const,
    { kind: 'help-desk-silent' } as const,
  ])('is not disturbed by what the help desk says meanwhile ($kind)', (input) => {
    expect(whyIgnored(aCall().offeredTo('1001'), input)).toBe('an offer is being made');
  });

  it.each([
    { kind: 'transferred', how: 'attended', target: '1002' } as const,
    { kind: 'message-left', file: 'message.wav' } as const,
  ])('cannot be followed by $kind', (input) => {
    expect(whyIgnored(aCall().offeredTo('1001'), input)).toBe('nobody has answered yet');
  });
});
