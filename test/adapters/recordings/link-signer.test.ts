import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinkSigner } from '../../../src/adapters/recordings/link-signer.ts';
import { signedLink } from '../../../src/adapters/recordings/signed-link.ts';
import { recordingPath } from '../../../src/domain/recording/template-link.ts';
import { aCall, extension, MORNING } from '../../domain/builders.ts';

const KEY = 'not-a-key-of-anybody';
const OLD_KEY = 'not-a-key-any-more--';
const signer = new LinkSigner({ key: KEY, previousKey: undefined });

test('a link opens its recording until it expires, and not a millisecond longer', () => {
  const marks = signer.sign('talk.wav', MORNING);
  expect(signer.verdictOn('talk.wav', marks, MORNING - 1)).toBe('good');
  expect(signer.verdictOn('talk.wav', marks, MORNING)).toBe('expired');
});

test('whatever is changed about a link, it is not ours any more', () => {
  const path = fc.stringMatching(/^[a-z0-9/._-]{1,40}$/);
  fc.assert(
    fc.property(path, path, fc.nat(4_000_000_000), fc.nat(4_000_000_000), (one, other, until, later) => {
      const marks = signer.sign(one, until * 1_000);
      fc.pre(one !== other && until !== later);
      expect(signer.verdictOn(other, marks, 0)).toBe('forged');
      expect(signer.verdictOn(one, { ...marks, until: `${later}` }, 0)).toBe('forged');
      expect(signer.verdictOn(one, { ...marks, until: `0${until}` }, 0)).toBe('forged');
      expect(signer.verdictOn(`${until}${one}`, { ...marks, until: '' }, 0)).toBe('forged');
    }),
  );
});

test.each(['', 'x', '=', 'a'.repeat(43), 'a'.repeat(10_000), '\0'])(
  '%j is no signature of ours',
  (signature) => {
    const { until } = signer.sign('talk.wav', MORNING);
    expect(signer.verdictOn('talk.wav', { until, signature }, 0)).toBe('forged');
  },
);

test('a link from before the key was changed opens until it expires, and one from before that does not', () => {
  const before = new LinkSigner({ key: OLD_KEY, previousKey: undefined }).sign('talk.wav', MORNING);
  const changed = new LinkSigner({ key: KEY, previousKey: OLD_KEY });
  expect(changed.verdictOn('talk.wav', before, MORNING - 1)).toBe('good');
  expect(changed.verdictOn('talk.wav', before, MORNING)).toBe('expired');
  expect(changed.sign('talk.wav', MORNING)).toEqual(signer.sign('talk.wav', MORNING));
  expect(signer.verdictOn('talk.wav', before, 0)).toBe('forged');
});

test('the link of a recording names it, when it expires, and its signature', () => {
  const { callId, queue, enteredAt: callAt } = aCall().waiting();
  const linkOf = signedLink({
    signer,
    publicUrl: 'https://pbx.example.com/recordings',
    linkDays: 30,
    pathOf: recordingPath({ pathTemplate: '', pbxPathTemplate: '{date:yyyy/MM/dd}/{file}', timeZone: 'UTC' }),
  });
  const link = new URL(
    linkOf({ file: 'a b.wav', callId, queue, extension: extension('1001'), callAt }) ?? '',
  );
  expect(link.origin + link.pathname).toBe('https://pbx.example.com/recordings/2026/11/23/a%20b.wav');
  const until = link.searchParams.get('until') ?? '';
  const signature = link.searchParams.get('signature') ?? '';
  expect(Number(until) * 1_000).toBe(callAt + 30 * 86_400_000);
  expect(signer.verdictOn('2026/11/23/a b.wav', { until, signature }, callAt)).toBe('good');
});

test('a link of ours is no longer than Movidesk takes with setMadeCallLink: 256 characters', () => {
  const callId = 'pbx1-made-0f8fad5b-d9cb-469f-a165-70867728950e';
  const { queue, enteredAt: callAt } = aCall().waiting();
  const linkOf = signedLink({
    signer,
    publicUrl: 'https://recordings.some-company-name.example.com/pbx1/recordings',
    linkDays: 365,
    pathOf: ({ file }) => `movidesk/2026/11/23/${file}`,
  });
  const recording = { callId: aCall().waiting().callId, queue, extension: undefined, callAt };
  expect(linkOf({ ...recording, file: `${callId}-1001-1795361570.wav` })?.length).toBeLessThanOrEqual(256);
});
