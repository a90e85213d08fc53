import { expect, test } from 'vitest';
import { StoreFile } from './steps.ts';

test('a note is there for the next process, and the last word on it counts', async () => {
  await using file = new StoreFile();
  const first = file.open();
  expect(await first.readNote('subscription')).toBeUndefined();
  await first.writeNote('subscription', '7');
  await first.writeNote('subscription', '8');
  await first.writeNote('other', '');
  await file.close(first);
  const second = file.open();
  expect(await second.readNote('subscription')).toBe('8');
  expect(await second.readNote('other')).toBe('');
  await file.close(second);
});
