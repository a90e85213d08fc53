import { expect, test } from 'vitest';
import { READY } from '../../src/ports/readiness.ts';
import { readinessOf } from '../../src/runtime/readiness.ts';

const LANE = { isSilent: false, isStarving: false, isUnauthorized: false, parkedCount: 0 };
const AWAY = { isConnected: false, isReconciled: false, whyUnlinked: undefined };
const WELL = {
  isStopping: false,
  link: { isConnected: true, isReconciled: true, whyUnlinked: undefined },
  lane: LANE,
  lanes: { readiness: { udesk: READY } },
};

test('a daemon that serves is ready in all its parts', () => {
  expect(readinessOf(WELL)).toEqual({ daemon: READY, pbx: READY, helpDesk: READY, udesk: READY });
});

test.each([
  ['a daemon that stops', { isStopping: true }, 'daemon', 'down', /stopping/],
  ['a first look at the PBX', { link: { ...AWAY, isConnected: true } }, 'pbx', 'down', /^connected, reading/],
  ['no link to the PBX yet', { link: AWAY }, 'pbx', 'down', /^not connected yet$/],
  [
    'no link to the PBX, with the reason,',
    { link: { ...AWAY, whyUnlinked: 'login refused as movidesk' } },
    'pbx',
    'down',
    /^not connected: login refused as movidesk$/,
  ],
  ['a refused token', { lane: { ...LANE, isUnauthorized: true } }, 'helpDesk', 'down', /token/],
  ['a silent help desk', { lane: { ...LANE, isSilent: true } }, 'helpDesk', 'down', /failOpenAfterSeconds/],
  ['a limit that is spent', { lane: { ...LANE, isStarving: true } }, 'helpDesk', 'down', /limit/],
  ['reports that were refused', { lane: { ...LANE, parkedCount: 2 } }, 'helpDesk', 'degraded', /2.*outbox/],
] as const)('%s is told', (_what, change, part, state, why) => {
  const parts = readinessOf({ ...WELL, ...change });
  expect(parts[part]).toMatchObject({ state, why: expect.stringMatching(why) });
  const others = Object.entries(parts).filter(([name]) => name !== part);
  expect(others.every(([, other]) => other.state === 'ready')).toBe(true);
});
