import { expect, test } from 'vitest';
import { Progress } from '../../src/cli/progress.ts';

/** Something that takes 2 s and tells how far it is every 100 ms. */
function written({ isTTY }: { isTTY: boolean }): string {
  let now = 0;
  let text = '';
  const out = { isTTY, write: (more: string) => (text += more) };
  using progress = new Progress({ monotonic: () => now }, out);
  for (; now <= 2_000; now += 100) progress.tell(() => `at ${now}`);
  progress[Symbol.dispose]();
  return text;
}

test('who waits at a terminal sees how far it is, after a second, and at last an empty line', () => {
  expect(written({ isTTY: true }).split('\r\u001b[K')).toEqual([
    '',
    'at 1000',
    'at 1200',
    'at 1400',
    'at 1600',
    'at 1800',
    'at 2000',
    '',
  ]);
});

test('nothing of it gets into a file', () => {
  expect(written({ isTTY: false })).toBe('');
});
