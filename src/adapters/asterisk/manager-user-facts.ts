import { type Ask, configLine, configLines } from './config-lines.ts';

/** What the manager user may do and hear, as far as it can itself find out. `undefined`: it cannot be seen. */
export interface ManagerUserFacts {
  /** Names of the actions that it may use, in lower case. */
  readonly actions: ReadonlySet<string> | undefined;
  /** Classes of events that manager.conf lets it hear (`read`). */
  readonly hears: readonly string[] | undefined;
  /** `channelvars` of manager.conf, in their order. */
  readonly channelVariables: readonly string[] | undefined;
  readonly filters: FilterFacts | undefined;
}

/** The `eventfilter` lines of the user, as far as they have a value: Asterisk shows no difference between none and empty. */
export interface FilterFacts {
  /** `old`: regular expressions over the whole text; `named`: the form that Asterisk 20.10 brought. */
  readonly form: 'none' | 'old' | 'named';
  /** Beginnings of the devices whose changes pass; of the named form only. */
  readonly devices: readonly string[];
  /** Events whose line, of those with a value, is not there as it is shipped; of the named form only. */
  readonly missing: readonly string[];
}

const MANAGER = 'manager.conf';
// As in config/asterisk/manager_movidesk.conf: a key is found letter by letter only.
const USER_EVENTS = 'eventfilter(action(include),name(UserEvent),header(UserEvent),method(starts_with))';
const HANGUPS = 'eventfilter(action(include),name(Hangup),header(ChanVariable),method(regex))';
const HOLDS = 'eventfilter(action(include),name(Hold),header(ChanVariable),method(regex))';
const UNHOLDS = 'eventfilter(action(include),name(Unhold),header(ChanVariable),method(regex))';
const DEVICES = 'eventfilter(action(include),name(DeviceStateChange),header(Device),method(starts_with))';

const NOT_ACTIONS: ReadonlySet<string> = new Set(['response', 'actionid', 'message']);

export async function readManagerUser(ask: Ask, username: string): Promise<ManagerUserFacts> {
  const listed = await ask({ Action: 'ListCommands' });
  const actions =
    listed.kind === 'success'
      ? new Set(Object.keys(listed.packet).filter((name) => !NOT_ACTIONS.has(name)))
      : undefined;
  if (!(await seesFile(ask, username)))
    return { actions, hears: undefined, channelVariables: undefined, filters: undefined };
  return {
    actions,
    hears: wordsIn(await configLine(ask, { file: MANAGER, section: username, key: 'read' })),
    channelVariables: wordsIn(
      await configLine(ask, { file: MANAGER, section: 'general', key: 'channelvars' }),
    ),
    filters: await readFilters(ask, username),
  };
}

/** The user may stand elsewhere (a database), or the function may not be there: then an empty line means nothing. */
async function seesFile(ask: Ask, username: string): Promise<boolean> {
  const read = await configLine(ask, { file: MANAGER, section: username, key: 'read' });
  const write = await configLine(ask, { file: MANAGER, section: username, key: 'write' });
  return read !== '' || write !== '';
}

async function readFilters(ask: Ask, section: string): Promise<FilterFacts> {
  const lines = (key: string) => configLines(ask, { file: MANAGER, section, key });
  const userEvents = await lines(USER_EVENTS);
  const hangups = await lines(HANGUPS);
  const devices = await lines(DEVICES);
  if (userEvents.length + hangups.length + devices.length > 0) {
    const found = {
      UserEvent: userEvents,
      Hangup: hangups,
      Hold: await lines(HOLDS),
      Unhold: await lines(UNHOLDS),
    };
    const missing = Object.entries(found).flatMap(([event, those]) => (those.length > 0 ? [] : event));
    return { form: 'named', devices, missing };
  }
  const old = await lines('eventfilter');
  return { form: old.length > 0 ? 'old' : 'none', devices: [], missing: [] };
}

const wordsIn = (line: string): readonly string[] =>
  line
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
