import { expect, test } from 'vitest';
import { agentSign, callbackSign, serverSign, timestampOf } from '../../../src/adapters/udesk/signature.ts';
import { APP_ID, AUTH_TOKEN, SID, SIGN } from './udesk-server.ts';

// Each expected value was made by `printf … | sha1sum`.

test('a server signs account, token and timestamp', () => {
  expect(serverSign({ sid: SID, authToken: AUTH_TOKEN, timestamp: '1566446286' })).toBe(SIGN);
  expect(serverSign({ sid: SID, authToken: AUTH_TOKEN, timestamp: '1566446286123' })).toBe(
    'acb278056a2f9e49693fd277569e65663f80d0dd',
  );
});

test('the order is the document’s: SHA1 of "abc" is the one of FIPS 180', () => {
  const abc = 'a9993e364706816aba3e25717850c26c9cd0d89d';
  expect(serverSign({ sid: 'a', authToken: 'b', timestamp: 'c' })).toBe(abc);
  expect(agentSign({ agentId: 'a', authToken: 'b', timestamp: 'c' })).toBe(abc);
  expect(callbackSign({ appId: 'a', secret: 'b', timestamp: 'c' })).toBe(abc);
});

test('an agent’s client signs its agent instead of the account', () => {
  expect(agentSign({ agentId: '10032', authToken: AUTH_TOKEN, timestamp: '1566446286' })).toBe(
    'd06f2795acfebf5350ccd8d14bda1b8584e3855d',
  );
});

test('letters beyond ASCII are signed as UTF-8', () => {
  expect(agentSign({ agentId: '客服', authToken: AUTH_TOKEN, timestamp: '1566446286' })).toBe(
    '46b79b9cf235dc8d578483c364358f459e1d4a56',
  );
});

test('a callback is signed with the application’s secret', () => {
  expect(callbackSign({ appId: APP_ID, secret: 's3cr3t', timestamp: '1566446286123' })).toBe(
    '3b9280166e3fb50ea23c14208771be01691d860e',
  );
});

test('a timestamp is whole, in the unit asked for, and never of the next second', () => {
  expect(timestampOf(1_566_446_286_999, 'milliseconds')).toBe('1566446286999');
  expect(timestampOf(1_566_446_286_999, 'seconds')).toBe('1566446286');
  expect(timestampOf(1_566_446_286_123.75, 'milliseconds')).toBe('1566446286123');
});
