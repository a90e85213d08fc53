import { describe, expect, it } from 'vitest';
import { aCall, MORNING, NOW, whatFollows, whyIgnored } from '../builders.ts';
import {
  answeredBy,
  answeredByAgent,
  answeredElsewhere,
  checked,
  deadlineAt,
  diaryOpen,
  diaryOver,
  enteredAgain,
  found,
  foundAtAgent,
  gone,
  missedHangup,
  named,
  notMoved,
  offerFailed,
  ringingAt,
} from './inputs.ts';

const leaving = aCall().leaving('closed');
const withMessage = aCall().leaving('closed', { message: 'message.wav', lookAt: undefined });
const messageLink = 'https://pbx.example.com/recordings/message.wav';

describe('a caller for whom there is no agent', () => {
  it('leaves a message, which is kept for the report', () => {
    const { call, reports } = whatFollows(leaving, { kind: 'message-left', file: 'message.wav' });
    expect(call).toEqual(aCall().leaving('closed', { message: 'message.wav' }));
    expect(reports).toEqual([]);
  });

  it('leaves an empty message, which is none', () => {
    const { call } = whatFollows(leaving, { kind: 'message-left', file: undefined });
    expect(call).toEqual({ ...leaving, message: '' });
    const over = whatFollows(aCall().leaving('closed', { message: '', lookAt: undefined }), gone);
    expect(over.reports).toMatchObject([{ kind: 'lost', link: undefined }]);
    // Nobody looks for what the dialplan says is not there.
    expect(over.call).toMatchObject({ ending: 'lost', recorded: undefined });
  });

  it('of whose message nobody was told may have left one, which is looked for', () => {
    const { call } = whatFollows(leaving, missedHangup());
    expect(call).toMatchObject({ recorded: { file: undefined, extension: undefined } });
  });

  it.each([gone, enteredAgain])('is lost, with the link of their message, on $kind', (input) => {
    const { call, reports, inferred } = whatFollows(withMessage, input);
    expect(call).toMatchObject({ phase: 'ended', ending: 'lost', endedAt: input.at });
    expect(reports).toEqual([{ kind: 'lost', callId: call.callId, link: messageLink, at: input.at }]);
    expect(inferred).toBe(false);
  });

  it('who hangs up without a message is lost without a link, whatever else their channel recorded', () => {
    const { reports } = whatFollows(leaving, { ...gone, recording: 'prompt.wav' });
    expect(reports).toMatchObject([{ kind: 'lost', link: undefined }]);
  });

  it('who hung up unseen is lost, with the message told before', () => {
    const { call, reports, inferred } = whatFollows(withMessage, missedHangup());
    expect(call).toMatchObject({ ending: 'lost', endedAt: NOW });
    expect(reports).toMatchObject([{ kind: 'lost', link: messageLink }]);
    expect(inferred).toBe(true);
  });

  it.each([
    ['message.wav', messageLink],
    [undefined, undefined],
  ])(
    'who hung up unseen is lost when the dialplan says, with the message it knows of: %s',
    (message, link) => {
      const farewell = { at: MORNING + 40_000, message };
      const { call, reports, inferred } = whatFollows(leaving, { ...missedHangup(), farewell });
      expect(call).toMatchObject({ ending: 'lost', endedAt: farewell.at });
      expect(reports).toMatchObject([{ kind: 'lost', link, at: farewell.at }]);
      expect(call).toMatchObject({ recorded: message === undefined ? undefined : { file: message } });
      expect(inferred).toBe(false);
    },
  );

  it('who was answered by an agent after all, unseen, and hung up, was served: completed', () => {
    const { call, reports, inferred } = whatFollows(leaving, missedHangup(diaryOver));
    expect(call).toMatchObject({ ending: 'completed', endedAt: MORNING + 50_000 });
    expect(reports.map((report) => report.kind)).toEqual(['transfered', 'completed']);
    expect(inferred).toBe(false);
  });

  it('is looked for when somebody answers', () => {
    const { call, effects } = whatFollows(leaving, answeredElsewhere);
    expect(call).toEqual(leaving);
    expect(effects).toEqual([{ kind: 'locate' }]);
  });

  it('is lost when somebody in the fallback has answered', () => {
    const { call, reports } = whatFollows(aCall().asked().leaving('unreachable'), found('fallback', true));
    expect(call).toMatchObject({ ending: 'lost', endedAt: NOW });
    expect(reports.map((report) => report.kind)).toEqual(['received', 'lost']);
  });

  it.each([answeredBy('1001'), answeredByAgent])('is already being taken away from a late agent', (input) => {
    expect(whyIgnored(leaving, input)).toBe('being sent away');
  });

  it('is looked for when the time has come, and again later', () => {
    const { call, effects } = whatFollows(leaving, deadlineAt(NOW + 2_000));
    expect(call).toEqual(aCall().leaving('closed', { lookAt: NOW + 5_000 }));
    expect(effects).toEqual([{ kind: 'locate' }]);
  });

  it.each([
    [leaving, deadlineAt(NOW + 1_999)],
    [withMessage, deadlineAt(NOW + 2_000)],
  ])('is not looked for at an old deadline', (call, input) => {
    expect(whyIgnored(call, input)).toBe('an old deadline');
  });

  it.each([found('hold'), foundAtAgent('1001', false), foundAtAgent(undefined, false)])(
    'who was not moved is sent away again',
    (input) => {
      const { call, effects } = whatFollows(leaving, input);
      expect(call).toEqual(aCall().leaving('closed', { lookAt: NOW + 5_000 }));
      expect(effects).toEqual([{ kind: 'send-away', reason: 'closed' }]);
    },
  );

  it('is not torn away from an agent with whom they are found talking', () => {
    const { call, reports, effects } = whatFollows(leaving, foundAtAgent('1001', true));
    expect(call).toMatchObject({ phase: 'talking', extension: '1001', answeredAt: NOW });
    expect(reports.map((report) => report.kind)).toEqual(['transfered']);
    expect(effects).toEqual([]);
  });

  it.each([
    foundAtAgent('1002', true, diaryOpen),
    foundAtAgent('1002', false, diaryOpen),
    found('elsewhere', true, diaryOpen),
    found('elsewhere', false, diaryOpen),
  ])('whom an agent had taken unseen talks to that agent, as the diary tells', (input) => {
    const { call, effects } = whatFollows(leaving, input);
    expect(call).toMatchObject({ phase: 'talking', extension: '1001', answeredAt: MORNING + 40_000 });
    expect(effects).toEqual([]);
  });

  it('is left with an agent whom nobody named: the events to come will tell', () => {
    const reason = whyIgnored(leaving, foundAtAgent(undefined, true));
    expect(reason).toBe('at an extension that nobody named');
  });

  it('is not kept by a talk that is over: on hold again they leave, in the fallback they are lost', () => {
    const onHold = whatFollows(leaving, found('hold', false, diaryOver));
    expect(onHold.effects).toEqual([{ kind: 'send-away', reason: 'closed' }]);
    expect(whatFollows(leaving, found('fallback', true, diaryOver)).call).toMatchObject({ ending: 'lost' });
  });

  it.each([found('lost'), found('fallback'), found('elsewhere')])('who arrived is left in peace', (input) => {
    const { call, effects } = whatFollows(leaving, input);
    expect(call).toEqual(aCall().leaving('closed', { lookAt: undefined }));
    expect(effects).toEqual([]);
    expect(whyIgnored(call, input)).toBe('where they should be');
  });

  it.each([found('fallback', true), found('elsewhere', true)])('found in a talk there is lost', (input) => {
    const { call } = whatFollows(leaving, input);
    expect(call).toMatchObject({ ending: 'lost', endedAt: NOW });
  });

  it.each([
    { kind: 'asked' } as const,
    named('1001'),
    { kind: 'nobody-free', because: 'all-busy' } as const,
    { kind: 'no-agent', reason: 'holiday' } as const,
    checked('1001'),
    notMoved('leaving'),
    ringingAt('1001'),
    offerFailed('1001'),
    { kind: 'transferred', how: 'blind', target: '1002' } as const,
    { kind: 'help-desk-silent' } as const,
  ])('is not held back by $kind', (input) => {
    expect(whyIgnored(leaving, input)).toBe('already leaving');
  });
});
