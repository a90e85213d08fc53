import { expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { ccaiFindings, udeskFindings } from '../../../src/cli/check/relays.ts';
import { CcaiSimulator } from '../../../src/simulators/ccai/simulator.ts';
import { startUdeskSimulator } from '../../../src/simulators/udesk/simulator.ts';
import { aClosedPort } from '../../adapters/movidesk/far-side.ts';
import { LEAST as CCAI, ccaiOf, loadCcai } from '../../config/ccai-builder.ts';
import { configOf, fileWith, load } from '../../config/config-builder.ts';

const APP_ID = 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
const SID = '123456789abcdef';

function udeskWith(baseUrl: string, authToken: string) {
  const { udesk } = configOf(
    load({ yaml: fileWith({ udesk: { enabled: true, baseUrl, appId: APP_ID, sid: SID, authToken } }) }),
  );
  if (udesk === undefined) throw new Error('no relay');
  return udesk;
}

const ccaiWith = (baseUrl: string, token: string) =>
  ccaiOf(loadCcai({ ...CCAI, domain: undefined, baseUrl, token }));

test('Udesk accepts the account, or refuses it', async () => {
  const udesk = await startUdeskSimulator({
    sid: SID,
    authToken: 'an-auth-token',
    clock: systemClock,
    application: {
      ...{ appId: APP_ID, secret: 'a-secret', relayNumbers: ['057126200670'], queues: [] },
      agents: [{ agentId: '1443', extensions: ['8001'] }],
    },
  });
  try {
    expect(await udeskFindings(udeskWith(udesk.url, 'an-auth-token'))).toMatchObject([
      { state: 'ok', found: 'accepted; 1 seat listed' },
    ]);
    const refused = await udeskFindings(udeskWith(udesk.url, 'another-auth-token'));
    expect(refused).toMatchObject([{ state: 'FAIL', remedy: expect.stringMatching(/udesk\.authToken/) }]);
    expect(JSON.stringify(refused)).not.toContain('another-auth-token');
  } finally {
    await udesk.close();
  }
});

test('CCAI Platform does not refuse the token, or does; no call is made', async () => {
  const ccai = await CcaiSimulator.start({
    subdomain: 'acme',
    token: 'hush-token',
    menus: [{ id: 9, name: 'Support', types: ['ivr', 'mobile'] }],
    clock: systemClock,
  });
  try {
    expect(await ccaiFindings(ccaiWith(ccai.baseUrl, 'hush-token'))).toMatchObject([{ state: 'ok' }]);
    const refused = await ccaiFindings(ccaiWith(ccai.baseUrl, 'another-token'));
    expect(refused).toMatchObject([{ state: 'FAIL', remedy: expect.stringMatching(/ccai\.token/) }]);
    expect(JSON.stringify(refused)).not.toContain('another-token');
    expect(ccai.calls).toHaveLength(0);
  } finally {
    await ccai.close();
  }
});

test('nobody there', async () => {
  const url = `http://127.0.0.1:${await aClosedPort()}`;
  expect(await udeskFindings(udeskWith(url, 'an-auth-token'))).toMatchObject([
    { state: 'FAIL', found: expect.stringMatching(/ECONNREFUSED/) },
  ]);
  expect(await ccaiFindings(ccaiWith(url, 'hush-token'))).toMatchObject([
    { state: 'FAIL', found: expect.stringMatching(/ECONNREFUSED/) },
  ]);
});
