import { expect } from 'vitest';
import { covering } from './office.ts';

covering('extensions', 'an extension is made and removed', async ({ ask, client }) => {
  const Extension = '4567';
  const made = await ask('extensionCreate', { Extension });
  expect(made).toEqual({
    Extension,
    Password: expect.stringMatching(/^\w{8,}$/),
    Number: expect.stringMatching(/^9\d{9}4567$/),
  });
  await ask('extensionDelete', { Extension });
  expect(await client.call('extensionDelete', { Extension })).toMatchObject({
    failure: { error: { name: 'DataDoesNotExist' } },
  });
});
