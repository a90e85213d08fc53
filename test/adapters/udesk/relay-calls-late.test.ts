import { expect, test } from 'vitest';
import { aRelay, extension } from './relay-world.ts';

const DELIVERED = { ok: true, value: undefined };
const REFUSED = { failure: { kind: 'refused' } };

/** A call of Udesk's that agent 5001 has, and what they do to it with their phone. */
async function aCall() {
  const world = await aRelay();
  const { simulator, relay } = world;
  await world.hasLooked();
  const linkedCall = simulator.calls.talk({ agentId: '5001', destNumber: '13676546374' });
  const call = { extension: extension('1001'), linkedCall };
  return {
    simulator,
    hold: () => relay.deliver({ kind: 'call-held', ...call }),
    resume: () => relay.deliver({ kind: 'call-resumed', ...call }),
    transfer: (to: string) => relay.deliver({ kind: 'call-transferred', ...call, to }),
    end: () => simulator.calls.step(linkedCall, 'user_hangup'),
  };
}

test('what was done to a call while Udesk was down is nobody’s business any more when the call is over', async () => {
  const { simulator, hold, resume, end } = await aCall();
  await simulator.goDown();
  expect(await hold()).toMatchObject({ failure: { kind: 'unreachable' } });
  end();
  await simulator.comeUp();
  expect(await hold()).toEqual(DELIVERED);
  // It stood behind the hold, and was never tried.
  expect(await resume()).toEqual(DELIVERED);
});

test('what Udesk refuses of a call that was told of in time is for a person to see, over or not', async () => {
  const { hold, resume, end } = await aCall();
  expect(await hold()).toEqual(DELIVERED);
  end();
  expect(await resume()).toMatchObject(REFUSED);
});

test('a transfer that was never sent is for a person to see, however late it is', async () => {
  const { simulator, hold, transfer } = await aCall();
  await simulator.goDown();
  await hold();
  await simulator.comeUp();
  expect(await transfer('4711')).toMatchObject({ failure: { kind: 'refused', status: 0 } });
});
