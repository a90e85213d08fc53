import { expect, test } from 'vitest';
import { askingUser } from '../../../src/cli/check/asking-user.ts';

test('a container that runs as a number which no list of users knows is named by it', () => {
  const nobody = () => {
    throw new Error('uv_os_get_passwd returned ENOENT');
  };
  expect(askingUser(nobody, 12_345)).toBe('user 12345');
  expect(askingUser(() => 'movidesk', 12_345)).toBe('movidesk');
});
