import { expect, test } from 'vitest';
import { usePbx } from './lab/scene.ts';

const pbx = usePbx({ flavour: 'freepbx' });

test('a caller on a FreePBX whose first agent is nowhere reaches the second', async () => {
  const scene = await pbx.open();
  // FreePBX keeps there what reaches an extension's device; 1001 was never set up.
  await scene.lab.pbx.console('database put DEVICE 1002/dial PJSIP/1002');
  await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const phone = await scene.lab.phone('1002', { does: 'answer', afterMs: 200 });
  const caller = await scene.lab.caller('551130001000', { number: '5511987650071' });
  await scene.talk(caller, phone);
  await caller.hangUp();
  expect(await scene.ended(scene.callId(caller))).toMatchObject({
    ending: 'completed',
    queueId: 1,
    clientNumber: '5511987650071',
  });
});
