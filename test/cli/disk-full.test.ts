import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startMovideskSimulator } from '../../src/simulators/movidesk/simulator.ts';
import type { Caller } from '../../src/simulators/pbx/caller.ts';
import { startPbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import { linesOf, Office } from './office.ts';

const AGENTS = ['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008'];

/** A PBX, Movidesk and an office between them, all of which go when the test is over. */
async function aTown() {
  const pbx = await startPbxSimulator({ username: 'movidesk', secret: 'sesame', phones: AGENTS });
  const queues = [{ id: 1, agents: AGENTS }];
  const movidesk = await startMovideskSimulator({
    token: 'c0ffee00',
    requestsPerMinute: 600,
    queues,
    reserveNamed: false,
  });
  for (const phone of pbx.phones) phone.setBehaviour({ kind: 'answers', afterMs: 20 });
  const office = new Office({ amiPort: pbx.port, movideskUrl: movidesk.url });
  return {
    pbx,
    movidesk,
    office,
    async [Symbol.asyncDispose]() {
      await pbx.close();
      await movidesk.close();
      office[Symbol.dispose]();
    },
  };
}

// Room for some dozen steps beside the tables. A shell counts in 512 or in 1024 bytes.
const LITTLE_ROOM = 'ulimit -f 400';

test('a full disk ends the daemon with one clear line, and the next start goes on with every caller', async () => {
  await using town = await aTown();
  const { pbx, movidesk, office } = town;
  const daemon = office.daemon({ shell: LITTLE_ROOM });
  // Callers who come before the first heartbeat would go to the fallback, and would not be ours.
  await pbx.waitFor(() => pbx.variable('MOVIDESK_BRIDGE_ALIVE') !== '');
  const callers: Caller[] = [];
  let code: number | null | undefined;
  void daemon.ended.then((ended) => {
    code = ended.code;
  });
  while (code === undefined) {
    callers.push(pbx.callerArrives({ queue: 'support', number: '5511987654321' }));
    for (const caller of callers.filter(({ place }) => place === 'talking')) caller.hangUp();
    await pause(50);
  }
  expect(code).toBe(70);
  const errors = linesOf(await daemon.ended).filter(({ level }) => level === 'error');
  expect(errors).toMatchObject([
    {
      code: 'STORE_WRITE_FAILED',
      msg: `the store ${office.storePath} could not keep a step`,
      cause: expect.any(String),
      remedy: expect.stringContaining('the next start goes on from what was kept'),
    },
  ]);

  const next = office.daemon();
  const isOver = () => callers.every(({ place }) => place === 'gone');
  const isTold = () => movidesk.calls().every(({ phase }) => phase === 'ended');
  while (!isOver() || !isTold()) {
    for (const caller of callers.filter(({ place }) => place === 'talking')) caller.hangUp();
    await pause(20);
  }
  next.signal('SIGTERM');
  const ended = await next.ended;
  expect({ code: ended.code, errors: linesOf(ended).filter(({ level }) => level === 'error') }).toEqual({
    code: 0,
    errors: [],
  });
  // Whoever was not yet kept when the disk was full was found in the PBX by the next start.
  expect(movidesk.calls()).toHaveLength(callers.length);
  expect(movidesk.violations()).toEqual([]);
});
