import { expect, test } from 'vitest';
import { channels } from './lab/channels.ts';
import { usePbx } from './lab/scene.ts';

const pbx = usePbx();

test('where the manager user may not make calls, nobody is rung, and the log says what to change', async () => {
  const scene = await pbx.open({
    served: true,
    activeCall: {
      ...{ enabled: true, auth: 'basic', user: 'movidesk', password: 'lab-active-call-9d2c' },
      ...{ extensions: ['1001'], dialContext: 'to-world' },
    },
  });
  const url = `http://${scene.lab.pbx.host}:9096/movidesk/call?source=1001&destination=5511987651234`;
  const authorization = `Basic ${Buffer.from('movidesk:lab-active-call-9d2c').toString('base64')}`;
  expect((await fetch(url)).headers.get('www-authenticate')).toContain('Basic');
  const answer = await fetch(url, { headers: { authorization } });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await answer.text()).toContain('the log of asterisk-movidesk says why');
  const [line = '{}'] = scene.bridge.output
    .split('\n')
    .filter((one) => one.includes('the PBX does not let us make calls'));
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    cause: 'Permission denied',
    remedy: expect.stringContaining('write = call,originate'),
  });
  // It counts as over, and the agent is not kept from calling once that is changed.
  expect((await fetch(url, { headers: { authorization } })).status).toBe(503);
  expect(await channels(scene.lab.pbx)).toEqual([]);
  expect(scene.bridge.output).not.toContain('lab-active-call-9d2c');
});
