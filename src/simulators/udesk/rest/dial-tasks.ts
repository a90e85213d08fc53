import { optional, required } from '../fields.ts';
import * as formats from '../formats.ts';
import { duplicate, REFUSALS } from '../refusal.ts';
import type { Application, DialTask } from '../state/application.ts';
import { operation } from './operation.ts';

const TASK_ID = { AdTaskId: required(formats.text) };
const RATIO = { AdTaskRatio: required(formats.numberBetween(1, 5)) };

function endingAs(state: DialTask['state']) {
  return operation({
    fields: TASK_ID,
    act({ application, body }) {
      const task = runningTask(application, body.AdTaskId);
      if (task === undefined) return REFUSALS.recordNotFound;
      task.state = state;
      return null;
    },
  });
}

export const DIAL_TASKS = {
  'POST ads/task/start': operation({
    fields: {
      ...TASK_ID,
      ...RATIO,
      AdTaskType: required(formats.oneOf('1', '2', '3', '4', '5')),
      AdQueueId: optional(formats.queueId),
      AdIvrId: optional(formats.text),
      AdRobotToken: optional(formats.text),
      AdCallerNum: required(formats.phoneNumber),
      AdDispNum: required(formats.phoneNumber),
      AdConCallLimit: required(formats.integerBetween(1, 100)),
    },
    act({ application, body }) {
      if (runningTask(application, body.AdTaskId) !== undefined) return duplicate(body.AdTaskId, 'AdTaskId');
      const isQueueMissing = body.AdQueueId !== undefined && !application.queues.has(body.AdQueueId);
      if (isQueueMissing) return REFUSALS.recordNotFound;
      application.dialTasks.set(body.AdTaskId, {
        taskId: body.AdTaskId,
        type: body.AdTaskType,
        ratio: body.AdTaskRatio,
        state: 'running',
      });
      return null;
    },
  }),

  'POST ads/task/update_ratio': operation({
    fields: { ...TASK_ID, ...RATIO },
    act({ application, body }) {
      const task = runningTask(application, body.AdTaskId);
      if (task === undefined) return REFUSALS.recordNotFound;
      task.ratio = body.AdTaskRatio;
      return null;
    },
  }),

  'POST ads/task/stop': endingAs('stopped'),
  'POST ads/task/force_stop': endingAs('force-stopped'),
};

function runningTask({ dialTasks }: Application, taskId: string): DialTask | undefined {
  const task = dialTasks.get(taskId);
  return task?.state === 'running' ? task : undefined;
}
