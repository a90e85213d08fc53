import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LinkSigner } from '../../../src/adapters/recordings/link-signer.ts';
import { signedLink } from '../../../src/adapters/recordings/signed-link.ts';
import { LOOKS_AFTER_MS, repairOf, spansToLookAt } from '../../../src/domain/recording/link-repair.ts';
import type { RecordingLink } from '../../../src/domain/recording/recording.ts';
import { aCall, extension, MORNING, someRules } from '../builders.ts';

const FIRST = LOOKS_AFTER_MS[0];
const LAST = LOOKS_AFTER_MS[3];

describe('the recording of an ended call is looked for', () => {
  test('at each of its times exactly once, however the looks fall', () => {
    const pauses = fc.array(fc.integer({ min: 1_000, max: 40 * 60_000 }), { minLength: 80, maxLength: 120 });
    fc.assert(
      fc.property(fc.nat(60_000), pauses, (endedAfter, times) => {
        const endedAt = MORNING + endedAfter;
        let last = MORNING;
        const looks: number[] = [];
        for (const pause of times) {
          const now = last + pause;
          for (const { from, until } of spansToLookAt(last, now))
            if (endedAt > from && endedAt <= until) looks.push(now - endedAt);
          last = now;
        }
        const due = LOOKS_AFTER_MS.filter((after) => endedAt + after <= last);
        expect(looks).toHaveLength(due.length);
        for (const [index, after] of due.entries()) expect(looks[index]).toBeGreaterThanOrEqual(after);
      }),
    );
  });

  test('after a start once, if its last time has not passed: nobody knows what was looked at before', () => {
    expect(spansToLookAt(undefined, MORNING)).toEqual([{ from: MORNING - LAST, until: MORNING - FIRST }]);
  });
});

describe('the help desk hears of a recording that is not where its link leads', () => {
  const call = { ...aCall().ended('completed'), recorded: { file: 'a.wav', extension: extension('1001') } };
  const rules = someRules({ recordingLink: ({ path }) => `https://pbx/${path}` });
  const found = { file: 'a.mp3', path: 'old/a.mp3' };

  test('and of the link that leads there', () => {
    expect(repairOf(call, { found, toldLink: 'https://pbx/a.wav', rules })).toEqual({
      kind: 'repaired-link',
      callId: call.callId,
      link: 'https://pbx/old/a.mp3',
    });
  });

  test('also where it was told none at the end', () => {
    expect(repairOf(call, { found, toldLink: undefined, rules })).toMatchObject({
      link: 'https://pbx/old/a.mp3',
    });
  });

  test('but not where the link leads there, or there are no links', () => {
    expect(repairOf(call, { found, toldLink: 'https://pbx/old/a.mp3', rules })).toBeUndefined();
    const none = someRules({ recordingLink: () => undefined });
    expect(repairOf(call, { found, toldLink: undefined, rules: none })).toBeUndefined();
  });
});

describe('a signed link that was told still leads to its recording', () => {
  const call = { ...aCall().ended('completed'), recorded: { file: 'a.wav', extension: extension('1001') } };
  const linkOf = (key: string, linkDays = 365) =>
    signedLink({
      signer: new LinkSigner({ key, previousKey: undefined }),
      publicUrl: 'https://pbx/recordings',
      linkDays,
      pathOf: ({ file, path = file }) => path,
    });
  const { callId, queue, enteredAt: callAt } = call;
  const old = linkOf('an-old-key');
  const toldLink = old({ file: 'a.wav', callId, queue, callAt, extension: undefined });
  const repaired = (link: RecordingLink, path: string) =>
    repairOf(call, {
      found: { file: path, path },
      toldLink,
      rules: someRules({ recordingLink: link }),
    });

  test('with another key, and for another number of days', () => {
    expect(repaired(linkOf('a-new-key'), 'a.wav')).toBeUndefined();
    expect(repaired(linkOf('an-old-key', 90), 'a.wav')).toBeUndefined();
  });

  test('where it was converted in its place', () => {
    expect(repaired(old, 'a.mp3')).toBeUndefined();
  });

  test('but not where it was converted to what is no longer opened by it, or could not be opened before', () => {
    expect(repaired(old, 'a.MP3')).toMatchObject({ kind: 'repaired-link' });
    const raw = old({ file: 'a.sln', callId, queue, callAt, extension: undefined });
    expect(raw).toContain('/a.sln?');
    const rules = someRules({ recordingLink: old });
    expect(repairOf(call, { found: { file: 'a.mp3', path: 'a.mp3' }, toldLink: raw, rules })).toMatchObject({
      kind: 'repaired-link',
    });
  });

  test('but not where it was moved', () => {
    expect(repaired(old, 'old/a.wav')).toMatchObject({ kind: 'repaired-link' });
    expect(repaired(old, 'b.wav')).toMatchObject({ kind: 'repaired-link' });
  });
});
