import { nothing, number, optional, text } from './kind.ts';
import type { Operations } from './operation.ts';

/** Tasks that dial by themselves. `cc_ad_task/numbers` and `cc_ad_task/stop` go the other way: Udesk asks them of us. */
export const AUTO_DIALING = {
  dialingTaskStart: {
    title: 'Start Auto Dialing Task',
    method: 'POST',
    path: 'ads/task/start',
    app: 'AppId',
    body: {
      AdTaskId: text,
      /** 1 precision, 2 ratio, 3 prediction, 4 voice broadcast, 5 robot; a number written as text. */
      AdTaskType: text,
      /** 1.0 to 5.0. */
      AdTaskRatio: number,
      AdQueueId: optional(text),
      AdIvrId: optional(text),
      AdRobotToken: optional(text),
      AdCallerNum: text,
      AdDispNum: text,
      /** 100 at most. */
      AdConCallLimit: number,
    },
    answer: 'Result',
    result: nothing,
    repeating: 'harmful',
  },
  dialingTaskRatioUpdate: {
    title: 'Update Auto Dialing Task Ratio/Intensity',
    method: 'POST',
    path: 'ads/task/update_ratio',
    app: 'AppId',
    body: { AdTaskId: text, AdTaskRatio: number },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  dialingTaskStop: {
    title: 'Stop Auto Dialing Task',
    method: 'POST',
    path: 'ads/task/stop',
    app: 'AppId',
    body: { AdTaskId: text },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  dialingTaskForceStop: {
    title: 'Force Stop Auto Dialing Task',
    method: 'POST',
    path: 'ads/task/force_stop',
    app: 'AppId',
    body: { AdTaskId: text },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
} as const satisfies Operations;
