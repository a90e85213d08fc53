import { expect, test } from 'vitest';
import type { Diary } from '../../../src/domain/call/input.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import { decideMadeCall, type MadeCallNews } from '../../../src/domain/made-call/made-call.ts';
import { extension, MORNING } from '../builders.ts';

const CALL = {
  callId: callIdFrom('pbx1-made-1'),
  agent: extension('1001'),
  clientNumber: '047999990000',
  madeAt: MORNING,
};
const DIARY: Diary = {
  answeredBy: CALL.agent,
  answeredAt: MORNING + 5_000,
  endedAt: MORNING + 60_000,
  recording: 'made.wav',
};
const NOW = MORNING + 61_000;

const decided = (news: MadeCallNews, { now = NOW, isLinked = true } = {}) =>
  decideMadeCall(CALL, news, {
    now,
    recordingLink: ({ file, extension: by, queue }) =>
      isLinked ? `https://x/${file}?${by}${queue}` : undefined,
  });
const gone = (diary: Diary | undefined, isToldOver = true): MadeCallNews => ({
  kind: 'gone',
  diary,
  isToldOver,
});

test('an answered call tells its link when it is over, and ends when the diary says', () => {
  expect(decided(gone(DIARY))).toEqual({
    kind: 'ended',
    call: { ...CALL, endedAt: DIARY.endedAt, result: 'answered' },
    report: { kind: 'made-call-link', callId: CALL.callId, link: 'https://x/made.wav?1001undefined' },
  });
});

test('without a recording, or without links, an answered call tells nothing', () => {
  const unrecorded = gone({ ...DIARY, recording: undefined });
  expect(decided(unrecorded)).toMatchObject({ call: { result: 'answered' }, report: undefined });
  expect(decided(gone(DIARY), { isLinked: false })).toMatchObject({ report: undefined });
});

test('the PBX died during the talk: the call ends now, and its link is told', () => {
  expect(decided(gone({ ...DIARY, endedAt: undefined }, false))).toMatchObject({
    call: { endedAt: NOW, result: 'answered' },
    report: { kind: 'made-call-link' },
  });
});

test('a call that nobody answered is over, and nothing is told', () => {
  const over = { kind: 'ended', call: { ...CALL, endedAt: NOW, result: 'unanswered' }, report: undefined };
  expect(decided(gone(undefined))).toEqual(over);
  expect(decided(gone(undefined, false))).toEqual(over);
});

test('a channel that is not there yet is not taken for one that is gone, unless the dialplan has seen it go', () => {
  const now = MORNING + 100;
  expect(decided(gone(undefined, false), { now })).toMatchObject({ kind: 'still-open' });
  expect(decided(gone(undefined, true), { now })).toMatchObject({ call: { result: 'unanswered' } });
  expect(decided(gone(DIARY, false), { now })).toMatchObject({ call: { result: 'answered' } });
});

test('a clock that was set back keeps no call open whose channel is gone', () => {
  const gonePast = gone(undefined, false);
  expect(decided(gonePast, { now: MORNING - 3_600_000 })).toMatchObject({ call: { result: 'unanswered' } });
  expect(decided(gonePast, { now: MORNING - 100 })).toMatchObject({ kind: 'still-open' });
});

test('a call that the PBX did not take is over', () => {
  expect(decided({ kind: 'not-made' })).toMatchObject({ call: { result: 'not-made' }, report: undefined });
});
