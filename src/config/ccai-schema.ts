import { absolutePath, host, secretPath } from './address-rules.ts';
import { ccaiHoursSchema } from './ccai-hours-schema.ts';
import { ccaiRuleSchema } from './ccai-rule-schema.ts';
import { numberList, subdomain } from './ccai-rules.ts';
import { country } from './country.ts';
import { basicAuthUrl } from './credential-url.ts';
import { flag, list, oneOf, orEmpty, secretText, wholeNumber } from './rules.ts';
import type { SettingGroup } from './setting.ts';

/** Our choice: one for each queue, ending and so on would still fit. */
const MOST_RULES = 100;
/** One for each queue at most, and one for all others. */
const MOST_HOURS = 101;
/** Our choice: what a person still keeps in order by hand; more belong into a file. */
const MOST_NUMBERS = 1000;
/**
 * The server closes a connection on which nothing is said for 30 s (`HTTP_LIMITS`, limited-server.ts), and whoever asks for
 * a call may wait for its turn as long as for its answer: twice this, and two seconds to say that nobody knows.
 */
const LONGEST_TIMEOUT_MS = 14_000;
/** It lets whoever has it make the account call people, over and over: as long as a random UUID cut in half. */
const LEAST_TOKEN_BYTES = 16;

/** The keys of the group `ccai`. */
export const ccaiSchema = {
  enabled: {
    doc: 'Whether lost callers are handed there. It needs subdomain, domain, token, and rules or outboundToken. While it is false nothing of this group is needed, and no file of it is looked for.',
    default: false,
    ...flag(),
  },
  subdomain: {
    doc: "The account's own part of the address. It is the user's name as well.",
    default: '',
    example: 'example',
    ...orEmpty(subdomain()),
  },
  domain: {
    doc: 'The rest of the address: the API is https://{subdomain}.{domain}/apps/api/v1.',
    default: '',
    example: 'ccai.example.com',
    ...orEmpty(host()),
  },
  baseUrl: {
    doc: 'The whole address, instead of domain, where it goes through a proxy.',
    default: '',
    example: 'https://proxy.example.com/apps/api/v1',
    ...orEmpty(basicAuthUrl()),
  },
  token: {
    doc: 'The API token of the account. It can also come from tokenFile, from the systemd credential ccai-token, or from the environment. A file that holds it must not be readable by others.',
    default: '',
    example: '',
    secret: { credential: 'ccai-token', onlyWith: 'ccai.enabled' },
    ...orEmpty(secretText()),
  },
  tokenFile: {
    doc: 'File that holds only the token.',
    default: '',
    example: '/etc/asterisk-movidesk/ccai-token',
    ...orEmpty(secretPath()),
  },
  timeoutMs: {
    doc: 'Milliseconds after which a request counts as unanswered. What asked for a call is then never sent again, for nobody is to be called twice. It may wait as long for its turn, and whoever asks over HTTP is told within 30 s: hence at most 14000. The default is our choice, as for Movidesk.',
    default: 10_000,
    ...wholeNumber(500, LONGEST_TIMEOUT_MS),
  },
  defaultCountry: {
    doc: 'The country in which numbers without a country are read, those of callers and those of badActors and verifiedCustomers. Movidesk and its accounts are Brazilian, hence the default.',
    default: 'BR',
    ...country(),
  },
  delaySeconds: {
    doc: 'Seconds between the loss of a caller and the request that they be called. Who calls again meanwhile and gets through is not called. Our choice: who was cut off tries again within a minute.',
    default: 60,
    ...wholeNumber(0, 3600),
  },
  oncePerMinutes: {
    doc: 'A caller who is lost again within so many minutes is not called a second time. Our choice: within an hour it is still the same matter. 0: each loss counts.',
    default: 60,
    ...wholeNumber(0, 1440),
  },
  rules: {
    doc: 'What is made of which loss; the first entry that matches decides, and where none does, nothing is. In the environment: the same list as YAML or JSON. The limit is our choice.',
    default: [],
    entry: ccaiRuleSchema,
    ...list(`a list of at most ${MOST_RULES} rules`, 0, MOST_RULES),
  },
  openingHours: {
    doc: 'When the queues are served, for calls that are scheduled. In the environment: the same list as YAML or JSON.',
    default: [],
    entry: ccaiHoursSchema,
    ...list(`a list of at most ${MOST_HOURS} entries`, 0, MOST_HOURS),
  },
  repeatCustomerDays: {
    doc: 'A caller who has called within so many days before is flagged as a repeat customer. Not more than store.keepDays. 0: nobody is.',
    default: 0,
    ...wholeNumber(0, 3650),
  },
  repeatCustomerKey: {
    doc: "How that flag is spelled: the platform's document has one name where it is read and another where it is written. both sends the two.",
    default: 'both',
    ...oneOf('both', 'repeat_customer', 'repeat_customers'),
  },
  badActors: {
    doc: 'Numbers of callers who are flagged as bad actors. In the environment: the same list as YAML or JSON. The limit is our choice.',
    default: [],
    ...numberList(MOST_NUMBERS),
  },
  badActorsFile: {
    doc: 'File with more of them, one in each line; lines that begin with # are comments. Read at start.',
    default: '',
    example: '/etc/asterisk-movidesk/bad-actors',
    ...orEmpty(absolutePath()),
  },
  verifiedCustomers: {
    doc: 'Numbers of callers who are flagged as verified customers, as for badActors.',
    default: [],
    ...numberList(MOST_NUMBERS),
  },
  verifiedCustomersFile: {
    doc: 'File with more of them, as for badActors.',
    default: '',
    example: '/etc/asterisk-movidesk/verified-customers',
    ...orEmpty(absolutePath()),
  },
  outboundToken: {
    doc: "The token with which others may ask this daemon's POST /ccai/outbound that an agent call somebody. It can also come from outboundTokenFile, from the systemd credential ccai-outbound-token, or from the environment. A file that holds it must not be readable by others. Empty: nobody may.",
    default: '',
    example: '',
    secret: { credential: 'ccai-outbound-token', onlyWith: 'ccai.enabled' },
    ...orEmpty(secretText(LEAST_TOKEN_BYTES)),
  },
  outboundTokenFile: {
    doc: 'File that holds only the outboundToken.',
    default: '',
    example: '/etc/asterisk-movidesk/ccai-outbound-token',
    ...orEmpty(secretPath()),
  },
} as const satisfies SettingGroup;
