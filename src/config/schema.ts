import { activeCallSchema } from './active-call-schema.ts';
import { absolutePath, host, secretPath } from './address-rules.ts';
import { numberOrHours } from './allowance-rule.ts';
import { asteriskQueueName, context, devicePattern, managerUser } from './asterisk-rules.ts';
import { ccaiSchema } from './ccai-schema.ts';
import { credentialUrl } from './credential-url.ts';
import { queueName } from './queue-name.ts';
import { recordingsSchema } from './recordings-schema.ts';
import { flag, list, matching, oneOf, orEmpty, secretText, wholeNumber } from './rules.ts';
import type { Schema, SettingGroup } from './setting.ts';
import { timeZone } from './time-zone.ts';
import { udeskSchema } from './udesk-schema.ts';

/** Of requests. Our choice: none would be no service, and a hundred a second is beyond any account. */
export const LEAST_A_MINUTE = 1;
export const MOST_A_MINUTE = 6000;

/** It lets whoever has it see who calls: as long as a random UUID cut in half. */
const LEAST_HTTP_TOKEN_BYTES = 16;

/** The keys of one entry of `queues`. */
export const queueSchema = {
  name: {
    doc: 'Name by which the dialplan, the log and the metrics know the queue.',
    default: null,
    example: 'support',
    ...queueName(),
  },
  movideskQueueId: {
    doc: "The queue's number in Movidesk's telephony group; a field of 10 digits there.",
    default: null,
    example: 1,
    ...wholeNumber(1, 2_147_483_647),
  },
  maxWaitSeconds: {
    doc: 'Seconds after which a waiting caller is told that nobody comes and may leave a message. Our choice; the vendor says only "after several attempts".',
    default: 600,
    ...wholeNumber(1, 86_400),
  },
  ringSeconds: {
    doc: "Seconds that an agent's phone rings before the caller waits on. 20 is four rings (Brazil: one every 5 seconds).",
    default: 20,
    ...wholeNumber(1, 300),
  },
  asteriskQueue: {
    doc: 'A memberless Asterisk queue in which the callers wait, instead of our own dialplan. Empty: they wait in the hold context.',
    default: '',
    example: 'support',
    ...orEmpty(asteriskQueueName()),
  },
} as const satisfies SettingGroup;

/**
 * The one place that has the names, defaults, limits and prose of the configuration. `config/example.yaml`, the
 * environment's names, the checks and the types all follow from it.
 */
export const schema = {
  asterisk: {
    name: {
      doc: 'Name of this PBX. It becomes part of call ids, recording names and AstDB keys, so two PBXs that share one Movidesk account need two names. Do not change it while calls are open.',
      default: 'pbx1',
      ...matching('1 to 32 letters, digits, dashes and underscores', /^[A-Za-z0-9_-]{1,32}$/),
    },
    host: { doc: 'Where AMI listens.', default: '127.0.0.1', ...host() },
    port: {
      doc: "AMI's port. 5038 is Asterisk's own default, 5039 the one for TLS (manager.conf).",
      default: 5038,
      ...wholeNumber(1, 65_535),
    },
    tls: {
      doc: 'AMI over TLS 1.2 or newer. The certificate of the PBX must come from an authority that is trusted, be valid today, and name asterisk.host; an address must stand in it as an address. This cannot be switched off. Without TLS the secret crosses the network readable: use it whenever the PBX is another machine.',
      default: false,
      ...flag(),
    },
    caFile: {
      doc: "Whom to trust for AMI over TLS, as a PEM file: the authority that signed the certificate of the PBX, or that certificate itself, and nobody else then. Read at start. Empty: the system's authorities, and those that Node brings along.",
      default: '',
      example: '/etc/asterisk-movidesk/ami-ca.pem',
      ...orEmpty(absolutePath()),
    },
    username: { doc: 'The AMI user: its section in manager.conf.', default: 'movidesk', ...managerUser() },
    secret: {
      doc: "The AMI user's secret. It can also come from secretFile, from the systemd credential asterisk-secret, or from the environment. A file that holds it must not be readable by others.",
      default: null,
      example: '',
      secret: { credential: 'asterisk-secret' },
      ...secretText(),
    },
    secretFile: {
      doc: 'File that holds only the secret.',
      default: '',
      example: '/etc/asterisk-movidesk/asterisk-secret',
      ...orEmpty(secretPath()),
    },
  },
  movidesk: {
    baseUrl: {
      doc: "Movidesk's public API.",
      default: 'https://api.movidesk.com/public/v1',
      ...credentialUrl(),
    },
    token: {
      doc: 'The API key of the Movidesk account (Settings, Account, Parameters). It can also come from tokenFile, from the systemd credential movidesk-token, or from the environment. A file that holds it must not be readable by others.',
      default: null,
      example: '',
      secret: { credential: 'movidesk-token' },
      ...secretText(),
    },
    tokenFile: {
      doc: 'File that holds only the token.',
      default: '',
      example: '/etc/asterisk-movidesk/movidesk-token',
      ...orEmpty(secretPath()),
    },
    requestsPerMinute: {
      doc: 'Requests that the account may start in any 60 seconds, over all queues. 10 is Movidesk\'s default for every account; their support raises it on request, and it may differ by the hour. Then write the times from which each limit holds, the last one over midnight: { "00:00": 10, "08:00": 30, "18:00": 10 }. Around a change the lower one is kept, from 90 seconds before until 30 seconds after, for clocks differ. In the environment: the number, or the same table as YAML or JSON. An answered call takes at least 3.',
      default: 10,
      ...numberOrHours(LEAST_A_MINUTE, MOST_A_MINUTE),
    },
    timeZone: {
      doc: 'The time zone of the hours in requestsPerMinute; only those need it. Movidesk and its accounts are Brazilian, hence the default.',
      default: 'America/Sao_Paulo',
      ...timeZone(),
    },
    reportUnheard: {
      doc: 'Whether a caller who hung up before Movidesk ever heard of them is reported afterwards, so that supervisors see every caller. Costs 2 requests each, sent when there is slack.',
      default: true,
      ...flag(),
    },
    anonymousNumber: {
      doc: 'What Movidesk is told as the number of a caller who withholds it; it does not accept none. Its field takes 128 characters.',
      default: 'anonymous',
      ...matching('1 to 128 visible characters', /^\S(.{0,126}\S)?$/u),
    },
    dateFormat: {
      doc: "How dates are written, always in UTC: with seconds, as in all of the vendor's examples, or to the minute, as in its table.",
      default: 'seconds',
      ...oneOf('seconds', 'minutes'),
    },
    timeoutMs: {
      doc: 'Milliseconds after which a request counts as unanswered and is asked again. Our choice: six such requests fit into the default failOpenAfterSeconds.',
      default: 10_000,
      ...wholeNumber(500, 60_000),
    },
  },
  queues: {
    doc: 'One entry for each queue: the name by which the dialplan says Goto(movidesk-entry,NAME,1), and its number in Movidesk. In the environment: the same list as YAML or JSON.',
    default: null,
    entry: queueSchema,
    // Far above any account at ten requests a minute; a limit so that a runaway list is refused, not served.
    ...list('a list of 1 to 100 queues', 1, 100),
  },
  agents: {
    device: {
      doc: "The device that rings for an agent, {extension} being the agent's extension: PJSIP/{extension}, SIP/{extension} …",
      default: 'PJSIP/{extension}',
      ...devicePattern('PJSIP/{extension}'),
    },
    dndDeviceState: {
      doc: 'The device that is in use while an agent does not want to be disturbed; FreePBX has Custom:DEVDND{extension} and Custom:DND{extension}. Empty: there is no such device.',
      default: 'Custom:DND{extension}',
      ...orEmpty(devicePattern('Custom:DND{extension}')),
    },
    hintContext: {
      doc: "Context of the agents' hints, where those say more than the device. Empty: hints are not asked.",
      default: '',
      example: 'ext-local',
      ...orEmpty(context()),
    },
  },
  dialplan: {
    holdContext: { doc: 'Where callers wait.', default: 'movidesk-hold', ...context() },
    agentContext: {
      doc: "Where a caller is sent to be put through; the agent's extension is dialled there.",
      default: 'movidesk-agent',
      ...context(),
    },
    lostContext: {
      doc: 'Where a caller hears why nobody comes and may leave a message.',
      default: 'movidesk-lost',
      ...context(),
    },
    fallbackContext: {
      doc: 'Where callers go without us: a queue or extension of your own.',
      default: 'movidesk-fallback',
      ...context(),
    },
  },
  failOpenAfterSeconds: {
    doc: "Seconds that Movidesk may be unreachable before callers go to the fallback. Our choice: it rides out a short outage, and nobody waits longer than that for a dead service. At least 5, the heartbeat's period. Where the limit of requests is spent, the head of a queue about whom nothing could be asked goes there, too: after this time, but not before 120 seconds.",
    default: 60,
    ...wholeNumber(5, 3600),
  },
  recordings: recordingsSchema,
  activeCall: activeCallSchema,
  store: {
    path: {
      doc: 'The file that holds calls and the reports still to be delivered. Its folder must be writable, on a local disk.',
      default: '/var/lib/asterisk-movidesk/bridge.db',
      ...absolutePath(),
    },
    keepDays: {
      doc: 'Days after which an ended call, with its phone number, is removed. Our choice: a month of questions can be answered, and personal data is kept no longer (LGPD). With 1 the last look for a recording that was moved, 26 hours after the call, finds no call any more.',
      default: 30,
      ...wholeNumber(1, 3650),
    },
  },
  http: {
    host: {
      doc: 'Where health, metrics and status are served. They show who calls: for other machines than this one set a token, too. A proxy on this machine that asks for others must send Host: localhost where there is no http.token.',
      default: '127.0.0.1',
      ...host(),
    },
    port: { doc: '0 takes any free port.', default: 9095, ...wholeNumber(0, 65_535) },
    token: {
      doc: 'What must be known to see anything but /healthz: as Authorization: Bearer, or in a browser as the password, beside any user name. It can also come from tokenFile, from the systemd credential http-token, or from the environment. A file that holds it must not be readable by others. /recordings, /udesk, /ccai/outbound and /movidesk have ways of their own to know who may, and do not take this one. Empty: whoever reaches the port sees all.',
      default: '',
      example: '',
      secret: { credential: 'http-token' },
      ...orEmpty(secretText(LEAST_HTTP_TOKEN_BYTES)),
    },
    tokenFile: {
      doc: 'File that holds only the token.',
      default: '',
      example: '/etc/asterisk-movidesk/http-token',
      ...orEmpty(secretPath()),
    },
  },
  log: {
    level: {
      doc: 'info writes about five lines a call, debug the whole wire.',
      default: 'info',
      ...oneOf('error', 'warn', 'info', 'debug'),
    },
    format: {
      doc: 'json for machines, pretty for eyes. auto is pretty at a terminal, and json elsewhere.',
      default: 'auto',
      ...oneOf('auto', 'json', 'pretty'),
    },
    phoneNumbers: {
      doc: 'masked shows the last four digits of a phone number, full all of them.',
      default: 'masked',
      ...oneOf('masked', 'full'),
    },
  },
  udesk: udeskSchema,
  ccai: ccaiSchema,
} as const satisfies Schema;

/** What each group is about, for the example file. */
export const groupDocs: Readonly<Record<keyof typeof schema, string>> = {
  asterisk: 'The PBX, over AMI.',
  movidesk: 'The help desk that decides who takes which call.',
  queues: 'The queues that Movidesk controls.',
  agents: "How an agent's extension becomes a device whose state can be asked.",
  dialplan: 'Names of the contexts of config/asterisk/, should yours differ.',
  failOpenAfterSeconds: 'When callers stop waiting for Movidesk.',
  recordings: "Recordings' links, where the files are, and who hands them out.",
  activeCall: 'Calls that agents make from Movidesk.',
  store: 'What survives a restart.',
  http: 'Health, metrics and status page.',
  log: 'What is written, and how.',
  udesk: 'Relay to Udesk: its agents and calls are told what the PBX knows of them.',
  ccai: 'Relay to CCAI Platform: callers whom nobody took are called back from there.',
};
