import type { AgentEvent } from '../../../../src/adapters/udesk/agent-events.ts';
import type { OperationName } from '../../../../src/adapters/udesk/operations.ts';
import type { SessionRequest } from '../../../../src/adapters/udesk/session-messages.ts';

/** A file `<chapter>.test.ts` beside this one. */
export type Chapter =
  | 'applications'
  | 'relay-numbers'
  | 'seats'
  | 'presence'
  | 'queues'
  | 'extensions'
  | 'ivr'
  | 'calls'
  | 'auto-dialing'
  | 'subscriptions'
  | 'records';

/**
 * Where each operation is called against the simulator, and what became of it there looked at. A new row of the table
 * does not compile until it stands here; and what stands here fails its chapter's test until it was called there with
 * success. So `docs/udesk.md` may call tested whatever is in this table.
 */
export const COVERED_IN: Readonly<Record<OperationName, Chapter>> = {
  appCreate: 'applications',
  appUpdate: 'applications',
  appGet: 'applications',
  relayNumberList: 'relay-numbers',
  relayNumberDefaultUpdate: 'relay-numbers',
  relayNumberDefaultDelete: 'relay-numbers',
  agentRelayNumberUpdate: 'relay-numbers',
  agentRelayNumberDelete: 'relay-numbers',
  agentCreate: 'seats',
  agentUpdate: 'seats',
  agentDelete: 'seats',
  agentGet: 'seats',
  agentList: 'seats',
  agentExtensionsBind: 'seats',
  agentExtensionsUnbind: 'seats',
  agentQueuesBind: 'seats',
  agentQueuesUnbind: 'seats',
  agentLogin: 'presence',
  agentLogout: 'presence',
  agentCallModeSet: 'presence',
  queueCreate: 'queues',
  queueUpdate: 'queues',
  queueDelete: 'queues',
  queueList: 'queues',
  queueGet: 'queues',
  queueAgentsBind: 'queues',
  queueAgentsBindByPut: 'queues',
  extensionCreate: 'extensions',
  extensionDelete: 'extensions',
  voiceFileUpload: 'ivr',
  voiceFileDelete: 'ivr',
  voiceFileList: 'ivr',
  defaultVoicesCreate: 'ivr',
  defaultVoicesUpdate: 'ivr',
  defaultVoicesGet: 'ivr',
  fastRoutersCreate: 'ivr',
  fastRoutersUpdate: 'ivr',
  fastRoutersGet: 'ivr',
  callOriginate: 'calls',
  callHold: 'calls',
  callResume: 'calls',
  callTransfer: 'calls',
  dialingTaskStart: 'auto-dialing',
  dialingTaskRatioUpdate: 'auto-dialing',
  dialingTaskStop: 'auto-dialing',
  dialingTaskForceStop: 'auto-dialing',
  eventsAppend: 'subscriptions',
  eventsReplace: 'subscriptions',
  eventsDelete: 'subscriptions',
  subscriptionCreate: 'subscriptions',
  subscriptionList: 'subscriptions',
  subscriptionGet: 'subscriptions',
  subscriptionUpdate: 'subscriptions',
  subscriptionDelete: 'subscriptions',
  callLogs: 'records',
  recordingFiles: 'records',
  agentStateLogs: 'records',
};

/** The requests of the agents' client; `session.test.ts` fails where one was not answered with success. */
export const COVERED_REQUESTS: Readonly<Record<SessionRequest['Method'], 'session'>> = {
  login: 'session',
  logout: 'session',
  setState: 'session',
  setCallMode: 'session',
  dialout: 'session',
  hangup: 'session',
  getState: 'session',
};

/** Its events; `session.test.ts` fails where one did not arrive. */
export const COVERED_EVENTS: Readonly<Record<Exclude<AgentEvent['kind'], 'unknown'>, 'session'>> = {
  'agent-ringing': 'session',
  'agent-answered': 'session',
  'user-ringing': 'session',
  'user-answered': 'session',
  'agent-hung-up': 'session',
  'user-hung-up': 'session',
  'agent-state-changed': 'session',
  'call-mode-changed': 'session',
  'extension-state-changed': 'session',
  disconnect: 'session',
};
