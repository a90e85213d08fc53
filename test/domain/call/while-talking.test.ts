import { describe, expect, it, vi } from 'vitest';
import type { RecordingLink } from '../../../src/domain/recording/recording.ts';
import { aCall, MORNING, NOW, someRules, whatFollows, whyIgnored } from '../builders.ts';
import {
  answeredBy,
  answeredElsewhere,
  checked,
  deadlineAt,
  diaryOpen,
  diaryOver,
  enteredAgain,
  found,
  foundAtAgent,
  gone,
  goneWith,
  missedHangup,
  named,
  notMoved,
  offerFailed,
  ringingAt,
} from './inputs.ts';

const talking = aCall().talkingTo('1001');

describe('a talk', () => {
  it('ends with the caller’s channel, and the help desk gets the link of its recording', () => {
    const { call, reports, inferred } = whatFollows(talking, goneWith('talk.wav'));
    expect(call).toMatchObject({ phase: 'ended', ending: 'completed', endedAt: gone.at });
    const link = 'https://pbx.example.com/recordings/talk.wav';
    expect(reports).toEqual([{ kind: 'completed', callId: call.callId, link, at: gone.at }]);
    expect(inferred).toBe(false);
  });

  it('without a recording is completed without a link', () => {
    expect(whatFollows(talking, gone).reports).toMatchObject([{ kind: 'completed', link: undefined }]);
  });

  it('is linked by all that is known of it: whose call, at which extension, in which queue, of which day', () => {
    const recordingLink = vi.fn<RecordingLink>();
    whatFollows(talking, goneWith('talk.wav'), { rules: someRules({ recordingLink }) });
    const { callId, extension, queue, enteredAt: callAt } = talking;
    expect(recordingLink.mock.calls).toEqual([[{ file: 'talk.wav', callId, extension, queue, callAt }]]);
  });

  it('ends when the agent sends the caller back to a queue', () => {
    const { call, reports } = whatFollows(talking, enteredAgain);
    expect(call).toMatchObject({ phase: 'ended', ending: 'completed', endedAt: enteredAgain.at });
    expect(reports.map((report) => report.kind)).toEqual(['completed']);
  });

  it('that ended unseen ends when the diary says', () => {
    const { call, reports, inferred } = whatFollows(talking, missedHangup(diaryOver));
    expect(call).toMatchObject({ ending: 'completed', endedAt: MORNING + 50_000 });
    expect(reports).toMatchObject([{ link: 'https://pbx.example.com/recordings/talk.wav' }]);
    expect(inferred).toBe(false);
  });

  it.each([missedHangup(), missedHangup(diaryOpen)])('of a PBX that died ended with it', (input) => {
    const { call, inferred } = whatFollows(talking, { ...input, goneBy: NOW - 10_000 });
    expect(call).toMatchObject({ ending: 'completed', endedAt: NOW - 10_000 });
    expect(inferred).toBe(true);
  });

  it.each([missedHangup(), missedHangup(diaryOpen)])('that ended unseen and unwritten ends now', (input) => {
    const { call, inferred } = whatFollows(talking, input);
    expect(call).toMatchObject({ ending: 'completed', endedAt: NOW });
    expect(inferred).toBe(true);
  });

  it('is completed with the file named at the answer where the channel lost its name on the way', () => {
    const recorded = { ...talking, recording: 'talk.wav' };
    const { reports } = whatFollows(recorded, enteredAgain);
    expect(reports).toMatchObject([{ link: 'https://pbx.example.com/recordings/talk.wav' }]);
  });

  it('is over when the caller is found waiting again', () => {
    const { call, inferred } = whatFollows(talking, found('hold'));
    expect(call).toMatchObject({ ending: 'completed', endedAt: NOW });
    expect(inferred).toBe(true);
  });

  it('was over when the diary says, where the caller is found waiting again', () => {
    const { call, inferred } = whatFollows(talking, found('hold', false, diaryOver));
    expect(call).toMatchObject({ ending: 'completed', endedAt: diaryOver.endedAt });
    expect(inferred).toBe(false);
  });

  it.each([
    foundAtAgent('1001', true),
    foundAtAgent('1001', false),
    found('elsewhere', true),
    found('elsewhere', false),
    found('fallback', true),
    found('lost'),
  ])('goes on wherever else the caller is found', (input) => {
    expect(whyIgnored(talking, input)).toBe('still talking');
  });

  it.each(['blind', 'attended'] as const)('goes on after a %s transfer', (how) => {
    const { call, reports, effects } = whatFollows(talking, { kind: 'transferred', how, target: '1002' });
    expect(call).toEqual(talking);
    expect([reports, effects]).toEqual([[], []]);
  });

  it.each([ringingAt('1002'), answeredBy('1002'), answeredElsewhere])(
    'is transferred: $kind is its target',
    (input) => {
      expect(whyIgnored(talking, input)).toBe('the target of a transfer');
    },
  );

  it.each([
    { kind: 'asked' } as const,
    named('1002'),
    { kind: 'nobody-free', because: 'all-busy' } as const,
    { kind: 'no-agent', reason: 'closed' } as const,
    checked('1001'),
    notMoved('hold'),
    offerFailed('1001'),
    { kind: 'message-left', file: 'message.wav' } as const,
    deadlineAt(NOW + 3_000),
    { kind: 'help-desk-silent' } as const,
  ])('is not disturbed by $kind', (input) => {
    expect(whyIgnored(talking, input)).toBe('already talking');
  });
});
