import { secretPath } from './address-rules.ts';
import { country } from './country.ts';
import { signedUrl, signedWebSocketUrl } from './credential-url.ts';
import { flag, list, matching, oneOf, orEmpty, secretText, wholeNumber } from './rules.ts';
import type { SettingGroup } from './setting.ts';
import { accountId, agentId, applicationId, channelVariable, eventNames, extension } from './udesk-rules.ts';

/** Our choice: far above what one PBX of this size serves, and a session each is still held without trouble. */
const MOST_SEATS = 500;

/** The keys of one entry of `udesk.seats`. */
export const seatSchema = {
  extension: {
    doc: 'The extension at which the agent is reached here.',
    default: null,
    example: '1001',
    ...extension(),
  },
  agentId: {
    doc: 'The id of their seat in Udesk (AgentId). In quotes, like the extension: YAML would drop the zeros in front.',
    default: null,
    example: '8001',
    ...agentId(),
  },
} as const satisfies SettingGroup;

/** The keys of the group `udesk`. */
export const udeskSchema = {
  enabled: {
    doc: 'Whether agents and calls are mirrored there. It needs baseUrl, appId, sid and authToken. While it is false nothing of this group is needed, and no file of it is looked for.',
    default: false,
    ...flag(),
  },
  baseUrl: {
    doc: "The REST API of the account: https://{host}/ccapi/v2. The host is the account's own; Udesk names it.",
    default: '',
    example: 'https://example.udesk.cn/ccapi/v2',
    ...orEmpty(signedUrl()),
  },
  webSocketUrl: {
    doc: "Where the agents' client connects. Udesk's document leaves its chapter on this empty: ask Udesk for the address. Empty: agents are logged in and out, and no state of theirs is mirrored.",
    default: '',
    example: 'wss://example.udesk.cn/agent',
    ...orEmpty(signedWebSocketUrl()),
  },
  appId: {
    doc: 'The application on which we act (AppId), as Udesk gave it when it was created, letter for letter.',
    default: '',
    example: '6f142ddb-47ed-442e-83e7-6d2574d77aa2',
    ...orEmpty(applicationId()),
  },
  sid: {
    doc: 'The account (Sid), given by Udesk. In quotes where it is all digits.',
    default: '',
    example: '123456789abcdef',
    ...orEmpty(accountId()),
  },
  authToken: {
    doc: "The account's AuthToken, given by Udesk, with which requests are signed. It can also come from authTokenFile, from the systemd credential udesk-auth-token, or from the environment. A file that holds it must not be readable by others.",
    default: '',
    example: '',
    secret: { credential: 'udesk-auth-token', onlyWith: 'udesk.enabled' },
    ...orEmpty(secretText()),
  },
  authTokenFile: {
    doc: 'File that holds only the authToken.',
    default: '',
    example: '/etc/asterisk-movidesk/udesk-auth-token',
    ...orEmpty(secretPath()),
  },
  secret: {
    doc: "The application's Secret, which came when it was created, with which Udesk signs what it sends to us. Needed with callbackUrl and with callbackList. It can also come from secretFile, from the systemd credential udesk-secret, or from the environment. A file that holds it must not be readable by others.",
    default: '',
    example: '',
    secret: { credential: 'udesk-secret', onlyWith: 'udesk.enabled' },
    ...orEmpty(secretText()),
  },
  secretFile: {
    doc: 'File that holds only the secret.',
    default: '',
    example: '/etc/asterisk-movidesk/udesk-secret',
    ...orEmpty(secretPath()),
  },
  timestampUnit: {
    doc: "The unit of the timestamps that we sign: Udesk's document says milliseconds, and all of its examples carry seconds. Of what Udesk sends both are understood.",
    default: 'milliseconds',
    ...oneOf('milliseconds', 'seconds'),
  },
  timeoutMs: {
    doc: 'Milliseconds after which a request counts as unanswered and is sent again. Our choice, as for Movidesk.',
    default: 10_000,
    ...wholeNumber(500, 60_000),
  },
  seats: {
    doc: 'Which extension is whose seat: one entry for each agent, no extension and no agentId twice. Then these agents are mirrored, and no others. Empty: the list of seats in Udesk says who has which extension. In the environment: the same list as YAML or JSON. The limit is our choice.',
    default: [],
    entry: seatSchema,
    ...list(`a list of at most ${MOST_SEATS} seats`, 0, MOST_SEATS),
  },
  breakSubState: {
    doc: "The kind of break (SubState) that an agent is on while they do not want to be disturbed. Udesk's own default is 0; which kinds there are is the account's business.",
    default: 0,
    ...wholeNumber(0, 2_147_483_647),
  },
  extensionPrefix: {
    doc: 'What stands before an extension where Udesk is to reach it by a transfer: 9 and nine digits, given out with the application (ExtensionPrefix). Empty: the extension is told as it is.',
    default: '',
    example: '9031046856',
    ...orEmpty(matching('9 and nine more digits', /^9[0-9]{9}$/)),
  },
  callIdVariable: {
    doc: 'The channel variable in which the dialplan keeps the id that Udesk has for a call: hold, resume and transfer of such a call are relayed. channelvars in manager.conf must list it, and the filters on Hold and Unhold there name it. Empty: holds and transfers are not relayed.',
    default: 'UDESK_CALL_ID',
    ...orEmpty(channelVariable()),
  },
  callbackUrl: {
    doc: "The public address under which Udesk reaches this daemon's /udesk/callback, through a proxy as a rule. It needs secret. Empty: no subscription is made, and nothing is listened to.",
    default: '',
    example: 'https://pbx.example.com/udesk/callback',
    ...orEmpty(signedUrl()),
  },
  events: {
    doc: "Names of the events to which we subscribe at callbackUrl: acd_agent_state, ext_state, agent_call_mode_change, and those of calls in Udesk's document. Subscriptions that others have made stay as they are.",
    default: ['acd_agent_state', 'ext_state'],
    ...eventNames(),
  },
  respectAgentState: {
    doc: 'Whether an agent who is busy or on a break in Udesk is not offered callers meanwhile. callbackUrl tells it at once; without it the sessions of webSocketUrl do, and the list of seats once a minute.',
    default: true,
    ...flag(),
  },
  callbackList: {
    doc: "Whether lost callers are handed out to Udesk's automatic dialling, each number once. It needs secret.",
    default: false,
    ...flag(),
  },
  callbackListHours: {
    doc: 'Hours after which a lost call is not handed out any more. Our choice: a day later nobody expects to be called back; 720 is the month for which calls are kept by default (store.keepDays).',
    default: 24,
    ...wholeNumber(1, 720),
  },
  defaultCountry: {
    doc: "The country in which a caller's number without a country is read, before it is handed to Udesk. Movidesk and its accounts are Brazilian, hence the default.",
    default: 'BR',
    ...country(),
  },
} as const satisfies SettingGroup;
