import type { CcaiRuleValues } from './ccai-rule-list.ts';
import { ccaiSchema } from './ccai-schema.ts';
import type { Mistake } from './mistake.ts';
import { waysToGive } from './secret-sources.ts';
import type { ValuesOf } from './setting.ts';

type CcaiValues = ValuesOf<typeof ccaiSchema>;

interface Needed {
  readonly ccai: CcaiValues;
  /** For how long the store knows who has called. */
  readonly keepDays: number;
  /** Keys about which all was said. */
  readonly silent: ReadonlySet<string>;
}

/** What is missing, or contradicts itself, in a relay that is switched on. */
export function whatCcaiLacks({ ccai, keepDays, silent }: Needed): readonly Mistake[] {
  return [
    ...(ccai.subdomain === '' ? [NO_SUBDOMAIN] : []),
    ...addressMistakes(ccai),
    ...(ccai.token === '' && !silent.has('ccai.token') ? [NO_TOKEN] : []),
    ...(hasNothingToDo(ccai, silent) ? [NOTHING_TO_DO] : []),
    ...(ccai.repeatCustomerDays > keepDays ? [forgotten(keepDays)] : []),
  ];
}

function addressMistakes({ domain, baseUrl }: CcaiValues): readonly Mistake[] {
  if (domain === '' && baseUrl === '') return [NO_ADDRESS];
  return domain !== '' && baseUrl !== '' ? [TWO_ADDRESSES] : [];
}

/** Rules are a wish for something where one of them is. */
export function mistakesInWishes(
  rules: readonly CcaiRuleValues[],
  { ccai, silent }: Pick<Needed, 'ccai' | 'silent'>,
): readonly Mistake[] {
  const isNothing = rules.length > 0 && rules.every(({ then: wants }) => wants === 'nothing');
  return isNothing && isAskedByNobody(ccai, silent) ? [NOTHING_WANTED] : [];
}

const hasNothingToDo = (ccai: CcaiValues, silent: ReadonlySet<string>): boolean =>
  Array.isArray(ccai.rules) &&
  ccai.rules.length === 0 &&
  !silent.has('ccai.rules') &&
  isAskedByNobody(ccai, silent);

const isAskedByNobody = ({ outboundToken }: CcaiValues, silent: ReadonlySet<string>): boolean =>
  outboundToken === '' && !silent.has('ccai.outboundToken');

const lacking = (key: keyof CcaiValues, remedy: string): Mistake => ({
  key: `ccai.${key}`,
  problem: 'is missing while ccai.enabled is true',
  remedy,
});

const NO_SUBDOMAIN = lacking('subdomain', "write the account's own part of the platform's address");
const NO_ADDRESS = lacking(
  'domain',
  "write the rest of the platform's address, or all of it in ccai.baseUrl",
);
const NO_TOKEN = lacking('token', waysToGive('ccai.token', ccaiSchema.token.secret.credential));

const TWO_ADDRESSES: Mistake = {
  key: 'ccai.baseUrl',
  problem: 'is a second address beside ccai.domain',
  remedy: 'remove one of the two',
};

const NOTHING_TO_DO: Mistake = {
  key: 'ccai.rules',
  problem:
    'is empty while ccai.enabled is true, and there is no ccai.outboundToken: nothing would ever be done',
  remedy: 'write which callers are called back, or an outboundToken, or set ccai.enabled to false',
};

const NOTHING_WANTED: Mistake = {
  ...NOTHING_TO_DO,
  problem:
    'makes nothing of any loss while ccai.enabled is true, and there is no ccai.outboundToken: nothing would ever be done',
};

const forgotten = (keepDays: number): Mistake => ({
  key: 'ccai.repeatCustomerDays',
  problem: `is more than store.keepDays, which is ${keepDays}: calls from before that are forgotten`,
  remedy: `write at most ${keepDays}, or raise store.keepDays`,
});
