import { OPERATIONS, type OperationName } from '../../../src/adapters/udesk/operations.ts';
import { COVERED_IN } from '../../adapters/udesk/contract/coverage.ts';
import { sourcesUnder } from '../../house/source-files.ts';
import type { Chapter, Row, Use } from '../coverage/row.ts';

const CLIENT_ONLY = 'client only';

// What the daemon calls each for. A new row of the table does not compile until it has its words; that they are true is
// tested: what is called nowhere must be `client only`, and nothing else may be.
const PURPOSES: Readonly<Record<OperationName, string>> = {
  appCreate: CLIENT_ONLY,
  appUpdate: CLIENT_ONLY,
  appGet: CLIENT_ONLY,
  relayNumberList: CLIENT_ONLY,
  relayNumberDefaultUpdate: CLIENT_ONLY,
  relayNumberDefaultDelete: CLIENT_ONLY,
  agentRelayNumberUpdate: CLIENT_ONLY,
  agentRelayNumberDelete: CLIENT_ONLY,
  agentCreate: CLIENT_ONLY,
  agentUpdate: CLIENT_ONLY,
  agentDelete: CLIENT_ONLY,
  agentGet: CLIENT_ONLY,
  agentList: 'once a minute: whose extension is which, and how they are; by `check`: is the account right',
  agentExtensionsBind: CLIENT_ONLY,
  agentExtensionsUnbind: CLIENT_ONLY,
  agentQueuesBind: CLIENT_ONLY,
  agentQueuesUnbind: CLIENT_ONLY,
  agentLogin: 'an agent’s phone is registered',
  agentLogout: 'an agent’s phone is gone',
  agentCallModeSet: CLIENT_ONLY,
  queueCreate: CLIENT_ONLY,
  queueUpdate: CLIENT_ONLY,
  queueDelete: CLIENT_ONLY,
  queueList: CLIENT_ONLY,
  queueGet: CLIENT_ONLY,
  queueAgentsBind: CLIENT_ONLY,
  queueAgentsBindByPut: CLIENT_ONLY,
  extensionCreate: CLIENT_ONLY,
  extensionDelete: CLIENT_ONLY,
  voiceFileUpload: CLIENT_ONLY,
  voiceFileDelete: CLIENT_ONLY,
  voiceFileList: CLIENT_ONLY,
  defaultVoicesCreate: CLIENT_ONLY,
  defaultVoicesUpdate: CLIENT_ONLY,
  defaultVoicesGet: CLIENT_ONLY,
  fastRoutersCreate: CLIENT_ONLY,
  fastRoutersUpdate: CLIENT_ONLY,
  fastRoutersGet: CLIENT_ONLY,
  callOriginate: CLIENT_ONLY,
  callHold: 'an agent puts a call of Udesk’s on hold',
  callResume: 'an agent takes it off hold',
  callTransfer: 'an agent sends it on',
  dialingTaskStart: CLIENT_ONLY,
  dialingTaskRatioUpdate: CLIENT_ONLY,
  dialingTaskStop: CLIENT_ONLY,
  dialingTaskForceStop: CLIENT_ONLY,
  eventsAppend: CLIENT_ONLY,
  eventsReplace: CLIENT_ONLY,
  eventsDelete: CLIENT_ONLY,
  subscriptionCreate: 'at the start, where ours is missing',
  subscriptionList: 'at the start: is ours there, and as it should be',
  subscriptionGet: 'at the start, where the list does not say which id ours has',
  subscriptionUpdate: 'at the start, where ours is not as it should be',
  subscriptionDelete: 'at the start, where there is more than one of our name',
  callLogs: CLIENT_ONLY,
  recordingFiles: CLIENT_ONLY,
  agentStateLogs: CLIENT_ONLY,
};

export function operationsChapter(): Chapter {
  const names = Object.keys(OPERATIONS).filter((name): name is OperationName => name in OPERATIONS);
  return { title: 'Operations over REST', unused: CLIENT_ONLY, rows: names.map(rowOf) };
}

function rowOf(name: OperationName): Row {
  const { title, method, path } = OPERATIONS[name];
  const file = `test/adapters/udesk/contract/${COVERED_IN[name]}.test.ts`;
  return { title, wire: [`${method} ${path}`], use: useOf(name), test: { file, words: `ask('${name}'` } };
}

function useOf(name: OperationName): Use | undefined {
  const purpose = PURPOSES[name];
  const [caller, ...others] = callersOf(name);
  if (others.length > 0) throw new Error(`${name} is called in several places: give each its words`);
  if ((caller === undefined) !== (purpose === CLIENT_ONLY))
    throw new Error(`the words for ${name} are not true: it is called in ${caller ?? 'no file'}`);
  return caller === undefined ? undefined : { purpose, file: caller, words: callOf(name) };
}

const callOf = (name: OperationName) => `.call('${name}'`;

function callersOf(name: OperationName): readonly string[] {
  return [...DAEMON].filter(([, text]) => text.includes(callOf(name))).map(([file]) => file);
}

// A far side that is played calls nothing for the daemon, and the command `check` asks only what the daemon asks, too.
const OTHERS = /^src\/(simulators|cli\/check)\//;
const DAEMON = [...sourcesUnder('src')].filter(([file]) => !OTHERS.test(file));
