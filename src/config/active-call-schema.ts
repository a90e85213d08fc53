import { extensionList, prefixList } from './active-call-rules.ts';
import { secretPath } from './address-rules.ts';
import { context } from './asterisk-rules.ts';
import { flag, matching, oneOf, orEmpty, secretText, wholeNumber } from './rules.ts';
import type { SettingGroup } from './setting.ts';

/** Whoever has it makes calls at the house's cost: as long as a random UUID cut in half. */
const LEAST_SECRET_BYTES = 16;

const SECRET_DOC = 'A file that holds it must not be readable by others.';

/** The keys of the group `activeCall`. */
export const activeCallSchema = {
  enabled: {
    doc: 'Whether Movidesk may have the PBX call: at /movidesk/call of the HTTP port it names an agent and a customer, the agent is rung first, and then the customer. It needs extensions, dialContext, and the right `originate` of the AMI user. Whoever can use it can make calls at your cost: read docs/active-call.md first.',
    default: false,
    ...flag(),
  },
  auth: {
    doc: 'How Movidesk shows who it is, as its own form offers it: basic (user and password), token (Authorization: Bearer, or ?token= in the address), or none. none is for a port that nobody but Movidesk reaches, such as one behind a proxy that asks by itself.',
    default: 'token',
    ...oneOf('token', 'basic', 'none'),
  },
  user: {
    doc: 'The user, with auth: basic.',
    default: 'movidesk',
    ...matching('1 to 64 visible characters but the colon', /^[!-9;-~]{1,64}$/),
  },
  password: {
    doc: `The password, with auth: basic. It can also come from passwordFile, from the systemd credential active-call-password, or from the environment. ${SECRET_DOC}`,
    default: '',
    example: '',
    secret: { credential: 'active-call-password', onlyWith: 'activeCall.enabled' },
    ...orEmpty(secretText(LEAST_SECRET_BYTES)),
  },
  passwordFile: {
    doc: 'File that holds only the password.',
    default: '',
    example: '/etc/asterisk-movidesk/active-call-password',
    ...orEmpty(secretPath()),
  },
  token: {
    doc: `The token, with auth: token, of your own making: openssl rand -hex 32. It can also come from tokenFile, from the systemd credential active-call-token, or from the environment. ${SECRET_DOC}`,
    default: '',
    example: '',
    secret: { credential: 'active-call-token', onlyWith: 'activeCall.enabled' },
    ...orEmpty(secretText(LEAST_SECRET_BYTES)),
  },
  tokenFile: {
    doc: 'File that holds only the token.',
    default: '',
    example: '/etc/asterisk-movidesk/active-call-token',
    ...orEmpty(secretPath()),
  },
  extensions: {
    doc: 'The agents who may be rung. Whoever is not among them is refused.',
    default: [],
    ...extensionList(),
  },
  dialContext: {
    doc: "The context that dials the world for an agent's phone: from-internal in FreePBX. Whatever a phone may dial there can be dialled from Movidesk.",
    default: '',
    example: 'from-internal',
    ...orEmpty(context()),
  },
  allowedPrefixes: {
    doc: 'What a number must begin with, as it is dialled. Empty: every number may be dialled that has 3 to 20 digits, costly ones abroad among them. 0 alone lets numbers abroad (00) through.',
    default: [],
    ...prefixList(),
  },
  callsPerMinute: {
    doc: 'Calls that one agent may make in any 60 seconds. Our choice: more than anybody talks, and less than a thief wants. One call at a time besides.',
    default: 6,
    ...wholeNumber(1, 60),
  },
  callerId: {
    doc: "The number that the customer sees. Empty: the agent's extension goes to dialContext, which makes of it what it makes of every call of that phone.",
    default: '',
    example: '551130001000',
    ...orEmpty(matching('2 to 20 digits in quotes, with + in front where wanted', /^\+?[0-9]{2,20}$/)),
  },
  ringSeconds: {
    doc: "Seconds that the agent's phone rings.",
    default: 30,
    ...wholeNumber(1, 300),
  },
  monitor: {
    doc: 'Whether supervisors may listen to an agent, at /movidesk/monitor: their phone rings, and then they hear the call. Law and labour contracts may forbid it.',
    default: false,
    ...flag(),
  },
  supervisors: {
    doc: 'The extensions that may listen.',
    default: [],
    ...extensionList(),
  },
} as const satisfies SettingGroup;
