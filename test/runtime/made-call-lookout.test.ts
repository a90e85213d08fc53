import { expect, test } from 'vitest';
import { callIdFrom } from '../../src/domain/identity.ts';
import type { Originated } from '../../src/ports/pbx.ts';
import { MadeCallLookout } from '../../src/runtime/made-call-lookout.ts';
import { extension } from '../domain/builders.ts';
import { FakePbx } from '../fakes/fake-pbx.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { MemoryLog } from '../fakes/memory-log.ts';

test.each<[Originated, number]>([
  [{ ok: true }, 1],
  [{ ok: false, problem: 'unknown-outcome', cause: 'no answer' }, 1],
  [{ ok: false, problem: 'forbidden', cause: 'Permission denied' }, 0],
  [{ ok: false, problem: 'refused', cause: 'no' }, 0],
  [{ ok: false, problem: 'unlinked', cause: 'not connected' }, 0],
])('the PBX said %j: the call is looked for %i times', async (outcome, times) => {
  const clock = new ManualClock();
  const pbx = new FakePbx(clock);
  let looks = 0;
  pbx.makeCall = async () => outcome;
  pbx.locate = async () => {
    looks += 1;
    return { kind: 'gone' };
  };
  const lookout = new MadeCallLookout({ pbx, clock, log: new MemoryLog(), push: () => {} });
  await lookout.originate({
    ...{ callId: callIdFrom('pbx1-made-1'), agent: extension('1001'), number: '190', ringMs: 30_000 },
    ...{ dialContext: 'from-internal', callerId: undefined, callsPerMinute: 2 },
    answer: () => true,
  });
  await clock.pass(30_000);
  expect(looks).toBe(times);
});
