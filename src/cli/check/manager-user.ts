import type { FilterFacts, ManagerUserFacts } from '../../adapters/asterisk/manager-user-facts.ts';
import { shippedFile } from '../../config/shipped-file.ts';
import { knowsNamedFilters, versionIn } from './asterisk-version.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** What the configuration makes the daemon do over AMI. */
export interface Needs {
  readonly username: string;
  readonly version: string | undefined;
  readonly hasAsteriskQueues: boolean;
  readonly hasHints: boolean;
  /** Agents make calls from Movidesk. */
  readonly makesCalls: boolean;
  /** Templates of the agents' devices; empty where there is none. */
  readonly devices: readonly string[];
  /** The variable by which the relay to Udesk knows a call; nothing where there is no such relay. */
  readonly linkedCallVariable: string | undefined;
}

export function managerUserFindings(facts: ManagerUserFacts, needs: Needs): readonly Finding[] {
  return [
    ...actionFindings(facts, needs),
    hearingFinding(facts, needs),
    channelVariableFinding(facts, needs),
    filterFinding(facts, needs),
  ];
}

// All that the adapter ever sends, Ping and QueueStatus aside, which anybody may. `write = call` allows all of them.
const ACTIONS = ['Getvar', 'Setvar', 'Redirect', 'Status'] as const;

// One telling action for each class of rights that could do harm and is not needed.
const TOO_MUCH = [
  ['originate', 'Originate', 'make calls'],
  ['command', 'Command', 'run commands of the console'],
  ['config', 'UpdateConfig', 'change the configuration'],
  ['system', 'ModuleLoad', 'change the running system'],
] as const;

function actionFindings({ actions }: ManagerUserFacts, needs: Needs): readonly Finding[] {
  const { username, hasHints, makesCalls } = needs;
  if (actions === undefined)
    return [
      warn(
        'rights to act',
        'the PBX does not list the actions that this user may use',
        `look yourself: asterisk -rx 'manager show user ${username}' must show call under write perm`,
      ),
    ];
  const needed = [...ACTIONS, ...(hasHints ? ['ExtensionState'] : [])];
  const missing = needed.filter((action) => !actions.has(action.toLowerCase()));
  const right =
    missing.length === 0
      ? ok('rights to act', `may use all ${needed.length} actions that the daemon needs`)
      : fail(
          'rights to act',
          `may not use ${missing.join(', ')}: nobody would be put through`,
          `in the section [${username}] of manager.conf write: write = call; then asterisk -rx 'manager reload'`,
        );
  return [right, ...(makesCalls ? [callFinding(actions, username)] : []), excess(actions, needs)];
}

/** The one dangerous right that the daemon may need. */
function callFinding(actions: ReadonlySet<string>, username: string): Finding {
  return actions.has('originate')
    ? ok('right to make calls', 'may use Originate, which activeCall.enabled needs')
    : fail(
        'right to make calls',
        'may not use Originate, while activeCall.enabled is true: no agent could call from Movidesk',
        `in the section [${username}] of manager.conf write: write = call,originate; then asterisk -rx 'manager reload'; or set activeCall.enabled to false`,
      );
}

function excess(actions: ReadonlySet<string>, { username, makesCalls }: Needs): Finding {
  const found = TOO_MUCH.filter(
    ([name, action]) => actions.has(action.toLowerCase()) && !(makesCalls && name === 'originate'),
  );
  const enough = makesCalls ? 'write = call,originate' : 'write = call';
  if (found.length === 0) return ok('rights it need not have', 'none of the dangerous ones');
  return warn(
    'rights it need not have',
    `may also ${found.map(([, action, deed]) => `${deed} (${action})`).join(', ')}, which the daemon never does`,
    `in the section [${username}] of manager.conf take ${found.map(([name]) => name).join(', ')} out of write, so that ${enough} is left; manager reload`,
  );
}

function hearingFinding({ hears }: ManagerUserFacts, { username, hasAsteriskQueues }: Needs): Finding {
  const needed = ['system', 'call', 'user', ...(hasAsteriskQueues ? ['agent'] : [])];
  if (hears === undefined)
    return warn(
      'rights to hear',
      'cannot be seen: AMI does not tell what a user may hear, and this one does not stand in manager.conf',
      `look yourself: asterisk -rx 'manager show user ${username}' must show ${needed.join(',')} under read perm`,
    );
  const missing = hears.includes('all') ? [] : needed.filter((name) => !hears.includes(name));
  if (missing.length === 0) return ok('rights to hear', `manager.conf lets it hear ${needed.join(',')}`);
  return fail(
    'rights to hear',
    `manager.conf does not let it hear ${missing.join(',')}: ${missing.map((name) => DEAFNESS[name] ?? '').join('; ')}`,
    `in the section [${username}] of manager.conf write: read = ${needed.join(',')}; then asterisk -rx 'manager reload'`,
  );
}

const DEAFNESS: Readonly<Record<string, string>> = {
  system: 'the daemon would wait for FullyBooted for ever',
  call: 'no answer, hangup or free phone would be told',
  user: 'no caller who comes in would be told',
  agent: 'no caller who comes into an Asterisk queue would be told',
};

const VARIABLES = [
  ...['MOVIDESK_QUEUE', 'MOVIDESK_CALL_ID', 'MOVIDESK_AGENT'],
  ...['MOVIDESK_RING_SECONDS', 'MOVIDESK_RECORDING'],
] as const;

function channelVariableFinding(
  { channelVariables }: ManagerUserFacts,
  { linkedCallVariable }: Needs,
): Finding {
  // Whatever else stands there somebody needs.
  const line = new Set([
    ...VARIABLES,
    ...(linkedCallVariable === undefined ? [] : [linkedCallVariable]),
    ...(channelVariables ?? []),
  ]);
  const remedy = `in [general] of manager.conf write, once and last: channelvars = ${[...line].join(',')}; then asterisk -rx 'manager reload'`;
  if (channelVariables === undefined)
    return warn('channelvars', 'cannot be seen', `look yourself, or ${remedy}`);
  const missing = VARIABLES.filter((name) => !channelVariables.includes(name));
  if (missing.length > 0)
    return fail(
      'channelvars',
      `${missing.join(', ')} missing: hangups and recordings would not be told`,
      remedy,
    );
  if (channelVariables[0] !== VARIABLES[0])
    return fail(
      'channelvars',
      'MOVIDESK_QUEUE is not the first, and the filter on Hangup wants it there',
      remedy,
    );
  return linkedCallVariable === undefined || channelVariables.includes(linkedCallVariable)
    ? ok('channelvars', 'all of them, MOVIDESK_QUEUE first')
    : warn(
        'channelvars',
        `${linkedCallVariable} missing: Udesk would not be told of hold and transfer`,
        remedy,
      );
}

const SHIPPED = shippedFile('asterisk/manager_movidesk.conf');
const COPY = `copy the eventfilter lines of ${SHIPPED} (FreePBX: freepbx/manager_custom.conf beside it), those that you need without the semicolon; then manager reload`;

function filterFinding({ filters }: ManagerUserFacts, needs: Needs): Finding {
  const { version } = needs;
  const known = version === undefined ? undefined : versionIn(version);
  if (filters === undefined) return warn('eventfilter', 'cannot be seen', `look yourself, or ${COPY}`);
  if (filters.form === 'none')
    return warn(
      'eventfilter',
      'none of ours is seen: all events of the PBX come, and callers can write lines into them',
      COPY,
    );
  if (filters.form === 'old') return ok('eventfilter', 'regular expressions, which are not looked into');
  if (known !== undefined && !knowsNamedFilters(known))
    return fail(
      'eventfilter',
      `Asterisk ${known.join('.')} does not know this form and lets every event through`,
      `put the lines away, and the block for Asterisk before 20.10 in their place: it is at the end of ${SHIPPED}`,
    );
  return namedFilterFinding(filters, needs);
}

function namedFilterFinding(
  { devices: passing, missing: all }: FilterFacts,
  { devices, hasHints, linkedCallVariable }: Needs,
): Finding {
  const missing = all.filter((event) => linkedCallVariable !== undefined || !OF_UDESK.has(event));
  const deaf = devices.filter((device) => !passing.some((start) => device.startsWith(start)));
  if (deaf.length === 0 && missing.length === 0)
    return ok(
      'eventfilter',
      `ours, and the agents’ devices pass; lines without a value (${[...UNSEEN, ...(hasHints ? ['ExtensionStatus'] : [])].join(', ')}) cannot be seen from here`,
    );
  if (deaf.length === 0)
    return warn(
      'eventfilter',
      `the line on ${missing.join(' and ')} is not there as it is shipped; whether another lets them pass cannot be seen`,
      COPY,
    );
  return fail(
    'eventfilter',
    `changes of ${deaf.join(', ')} do not pass: a phone that is free again would not be noticed`,
    deaf.map((device) => `add: ${DEVICE_FILTER} = ${device.split('{')[0]}`).join('; '),
  );
}

// Asterisk shows no difference between a line without a value and none.
const UNSEEN = ['DialBegin', 'DialEnd', 'transfers', 'QueueCallerJoin', 'Shutdown'];
// Shipped behind a semicolon: nobody else needs them.
const OF_UDESK: ReadonlySet<string> = new Set(['Hold', 'Unhold']);

const DEVICE_FILTER =
  'eventfilter(action(include),name(DeviceStateChange),header(Device),method(starts_with))';
