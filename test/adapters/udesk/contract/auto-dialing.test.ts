import { expect } from 'vitest';
import { covering, RELAY_NUMBER } from './office.ts';

const TASK = {
  AdTaskType: '2',
  AdTaskRatio: 1.5,
  AdQueueId: '9008',
  AdCallerNum: RELAY_NUMBER,
  AdDispNum: RELAY_NUMBER,
  AdConCallLimit: 100,
};

covering('auto-dialing', 'tasks dial faster, and stop when they are told to', async ({ ask, client }) => {
  await ask('dialingTaskStart', { AdTaskId: 'spring', ...TASK });
  await ask('dialingTaskStart', { AdTaskId: 'summer', ...TASK });
  await ask('dialingTaskRatioUpdate', { AdTaskId: 'spring', AdTaskRatio: 5 });
  await ask('dialingTaskStop', { AdTaskId: 'spring' });
  await ask('dialingTaskForceStop', { AdTaskId: 'summer' });
  // Nothing can be read of a task. One that runs can be changed, and neither runs any more.
  for (const AdTaskId of ['spring', 'summer'])
    expect(await client.call('dialingTaskRatioUpdate', { AdTaskId, AdTaskRatio: 1 })).toMatchObject({
      failure: { error: { name: 'RecordNotFound' } },
    });
});
