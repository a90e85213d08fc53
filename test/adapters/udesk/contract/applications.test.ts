import { expect } from 'vitest';
import { APP_ID, covering } from './office.ts';

covering('applications', 'an application is made, read and renamed', async ({ ask, simulator }) => {
  const made = await ask('appCreate', { Name: 'test02', Type: 1, CallbackUrl: '', Memo: 'second' });
  expect(made).toMatchObject({
    Name: 'test02',
    Type: '1',
    Memo: 'second',
    IsHideUserNum: false,
    WrapUpTime: 0,
    AppId: expect.stringMatching(/^[\da-f]{8}-/),
    ExtensionPrefix: expect.stringMatching(/^9\d{9}$/),
    Secret: expect.stringMatching(/^\w{16,}$/),
  });
  await ask('appUpdate', {
    Name: 'main',
    Type: 'external',
    CallbackUrl: 'https://pbx.example.com/udesk/callback',
    IsHideUserNum: true,
    Memo: 'the first',
  });
  expect(await ask('appGet')).toEqual({
    AppId: APP_ID,
    Name: 'main',
    Type: 'external',
    CallbackUrl: 'https://pbx.example.com/udesk/callback',
    IsHideUserNum: true,
    Secret: 'a-secret',
    Memo: 'the first',
  });
  expect(simulator.requests.map(({ operation }) => operation)).toEqual(['POST apps', 'PUT apps', 'GET apps']);
});
