import { describe, expect, it } from 'vitest';
import { aCall, MORNING, NOW, whatFollows, whyIgnored } from '../builders.ts';
import { diaryOpen, diaryOver, found, foundAtAgent, missedHangup } from './inputs.ts';

const unanswered = [
  aCall().waiting(),
  aCall().waitingAgainAfter('1001'),
  aCall().offeredTo('1001', 'checking'),
  aCall().offeredTo('1001', 'moving'),
  aCall().offeredTo('1001', 'ringing'),
];

describe('after an absence, a caller found on hold', () => {
  it.each(unanswered.slice(0, 4))('is where they should be', (call) => {
    expect(whyIgnored(call, found('hold'))).toBe('where they should be');
  });

  it('whose extension was ringing waits again', () => {
    const { call, effects, putAside } = whatFollows(aCall().offeredTo('1001', 'ringing'), found('hold'));
    expect(call).toEqual(aCall().waitingAgainAfter('1001'));
    expect([putAside, effects]).toEqual([{ extension: '1001', why: 'found back on hold' }, []]);
  });
});

describe('after an absence, a caller found at an agent', () => {
  it.each(unanswered)('and in a talk was answered', (before) => {
    const { call, reports } = whatFollows(before, foundAtAgent('1002', true));
    expect(call).toMatchObject({ phase: 'talking', extension: '1002', answeredAt: NOW });
    expect(reports).toMatchObject([{ kind: 'transfered', extension: '1002', at: NOW }]);
  });

  it.each([true, false])('was answered when the diary says (bridge seen: %s)', (bridged) => {
    const { call, reports } = whatFollows(aCall().waiting(), foundAtAgent('1002', bridged, diaryOpen));
    expect(call).toMatchObject({ phase: 'talking', extension: '1001', answeredAt: MORNING + 40_000 });
    expect(reports).toMatchObject([{ kind: 'transfered', extension: '1001', at: MORNING + 40_000 }]);
  });

  it('whose name the PBX does not tell talks to the one offered', () => {
    const { call } = whatFollows(aCall().offeredTo('1001', 'moving'), foundAtAgent(undefined, true));
    expect(call).toMatchObject({ phase: 'talking', extension: '1001' });
  });

  it.each([aCall().waiting(), aCall().offeredTo('1001', 'checking'), aCall().offeredTo('1001', 'moving')])(
    'is being rung for',
    (before) => {
      const { call, reports, effects } = whatFollows(before, foundAtAgent('1001', false));
      expect(call).toEqual(aCall().offeredTo('1001', 'ringing', NOW + 25_000));
      expect([reports, effects]).toEqual([[], []]);
    },
  );

  it('that was ringing before is still ringing, and its time goes on', () => {
    const ringing = aCall().offeredTo('1001', 'ringing');
    expect(whyIgnored(ringing, foundAtAgent('1001', false))).toBe('still ringing');
  });

  it('of whom nobody knows which is left to the events to come', () => {
    const reason = whyIgnored(aCall().waiting(), foundAtAgent(undefined, true));
    expect(reason).toBe('at an extension that nobody named');
  });
});

describe('after an absence, a caller found elsewhere', () => {
  it.each(unanswered)('hearing why, has left', (before) => {
    const { call, effects } = whatFollows(before, found('lost'));
    expect(call).toEqual(aCall().leaving('waited', { lookAt: undefined }));
    expect(effects).toEqual([]);
  });

  it.each(unanswered)('in the fallback, has left', (before) => {
    const { call, effects } = whatFollows(before, found('fallback'));
    expect(call).toEqual(aCall().leaving('unreachable', { lookAt: undefined }));
    expect(effects).toEqual([]);
  });

  it.each(unanswered)('served in the fallback, is lost', (before) => {
    expect(whatFollows(before, found('fallback', true)).call).toMatchObject({ ending: 'lost', endedAt: NOW });
  });

  it.each(unanswered)('talking to a stranger, is lost', (before) => {
    expect(whatFollows(before, found('elsewhere', true)).call).toMatchObject({
      ending: 'lost',
      endedAt: NOW,
    });
  });

  it.each(unanswered)('and alone, was led out of the queue by the dialplan', (before) => {
    const { call } = whatFollows(before, found('elsewhere'));
    expect(call).toMatchObject({ phase: 'leaving', reason: 'unreachable', lookAt: undefined });
  });

  it.each([true, false])('with an answer in the diary was transferred on (in a talk: %s)', (bridged) => {
    const { call, reports } = whatFollows(aCall().offeredTo('1001'), found('elsewhere', bridged, diaryOpen));
    expect(call).toMatchObject({ phase: 'talking', extension: '1001', answeredAt: MORNING + 40_000 });
    expect(reports.map((report) => report.kind)).toEqual(['transfered']);
  });
});

describe('after an absence, a caller no longer there', () => {
  it.each(unanswered)('whom the diary does not know gave up', (before) => {
    const { call, reports, inferred } = whatFollows(before, missedHangup());
    expect(call).toMatchObject({ ending: 'canceled', endedAt: NOW });
    expect(reports.map((report) => report.kind)).toEqual(['canceled']);
    expect(inferred).toBe(true);
  });

  it.each(unanswered)('was answered and hung up, as the diary tells', (before) => {
    const { call, reports, inferred } = whatFollows(before, missedHangup(diaryOver));
    expect(call).toMatchObject({ ending: 'completed', endedAt: MORNING + 50_000 });
    const link = 'https://pbx.example.com/recordings/talk.wav';
    expect(reports).toEqual([
      { kind: 'transfered', callId: call.callId, extension: '1001', at: MORNING + 40_000 },
      { kind: 'completed', callId: call.callId, link, at: MORNING + 50_000 },
    ]);
    expect(inferred).toBe(false);
  });

  it.each(unanswered)('was answered, and the diary has no end: it is now, and inferred', (before) => {
    const { call, reports, inferred } = whatFollows(before, missedHangup(diaryOpen));
    expect(call).toMatchObject({ ending: 'completed', endedAt: NOW });
    expect(reports.map((report) => report.kind)).toEqual(['transfered', 'completed']);
    expect(inferred).toBe(true);
  });

  it('was answered before the help desk had heard of them: it hears everything, in order', () => {
    const { reports } = whatFollows(aCall().asked().waiting(), missedHangup(diaryOver));
    expect(reports.map((report) => report.kind)).toEqual(['received', 'transfered', 'completed']);
  });
});

it.each(['fallback', 'lost', 'elsewhere'] as const)(
  'who was answered unseen, and is found in %s since, is talking: the answer is reported',
  (at) => {
    const { call, reports } = whatFollows(aCall().offeredTo('1001'), found(at, true, diaryOpen));
    expect(call).toMatchObject({ phase: 'talking', extension: diaryOpen.answeredBy });
    expect(reports).toMatchObject([{ kind: 'transfered', extension: diaryOpen.answeredBy }]);
  },
);
