/** The daemon's manager.conf user: the least that works, and `originate` where agents make calls. */
export const READ_CLASSES: readonly string[] = ['system', 'call', 'user', 'agent'];
const WRITE_CLASSES: readonly string[] = ['call'];

// Which class an action needs, one of them being enough (each tried on Asterisk 22.10). None: anyone may.
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  redirect: ['call'],
  setvar: ['call'],
  getvar: ['call', 'reporting'],
  extensionstate: ['call', 'reporting'],
  extensionstatelist: ['call', 'reporting'],
  devicestatelist: ['call', 'reporting'],
  hangup: ['system', 'call'],
  status: ['system', 'call', 'reporting'],
  coreshowchannels: ['system', 'reporting'],
  coreshowchannelmap: ['system', 'reporting'],
  corestatus: ['system', 'reporting'],
  coresettings: ['system', 'reporting'],
  pjsipshowendpoints: ['system'],
  pjsipshowendpoint: ['system'],
  pjsipshowcontacts: ['system'],
  pjsipshowaors: ['system'],
  mixmonitor: ['system'],
  filter: ['system'],
  command: ['command'],
  originate: ['originate'],
  getconfig: ['system', 'config'],
  dbget: ['system', 'reporting'],
  dbput: ['system'],
  dbdel: ['system'],
  modulecheck: ['system'],
  userevent: ['user'],
  queueadd: ['agent'],
  queueremove: ['agent'],
  queuepause: ['agent'],
};

export function isPermitted(action: string, mayOriginate = false): boolean {
  const needed = NEEDED[action.toLowerCase()];
  const rights = mayOriginate ? [...WRITE_CLASSES, 'originate'] : WRITE_CLASSES;
  return needed === undefined || needed.some((right) => rights.includes(right));
}
