import type { CallBackRule, CallOrder } from '../domain/call-back/rule.ts';
import { queueNameFrom } from '../domain/identity.ts';
import { ccaiRuleSchema } from './ccai-rule-schema.ts';
import { plainNumber } from './ccai-rules.ts';
import { ccaiSchema } from './ccai-schema.ts';
import { readGroups } from './group-list.ts';
import type { Mistake } from './mistake.ts';
import { asList } from './one-or-more.ts';
import { orNone } from './or-none.ts';
import type { ValuesOf } from './setting.ts';

export type CcaiRuleValues = ValuesOf<typeof ccaiRuleSchema>;

const RULES = { path: 'ccai.rules', schema: ccaiRuleSchema, noun: 'rule', unique: [] } as const;

/** The entries of `ccai.rules`; mistakes are added, and then the values mean nothing. */
export function readRules(
  entries: readonly unknown[],
  origin: string,
  mistakes: Mistake[],
): readonly CcaiRuleValues[] {
  // Refused as a whole, by its own rule.
  if (!ccaiSchema.rules.check(entries).ok) return [];
  return readGroups(entries, { ...RULES, origin }, mistakes);
}

export function callBackRule(values: CcaiRuleValues): CallBackRule {
  const meant = {
    queues: asList(values.queue)?.map(queueNameFrom),
    ending: values.ending === '' ? undefined : values.ending,
    reasons: asList(values.reason),
  };
  const { then: wants } = values;
  return wants === 'nothing' ? { ...meant, wants } : { ...meant, wants, order: orderOf(values) };
}

function orderOf(values: CcaiRuleValues): CallOrder {
  const { menuId, scheduledMenuId, alternativeMenuId, lang, recordingPermission } = values;
  const outboundNumber = orNone(values.outboundNumber);
  return {
    menuId,
    scheduledMenuId: scheduledMenuId === 0 ? menuId : scheduledMenuId,
    alternativeMenuId: alternativeMenuId === 0 ? undefined : alternativeMenuId,
    lang,
    alternativeLang: orNone(values.alternativeLang),
    recordingPermission,
    outboundNumber: outboundNumber === undefined ? undefined : plainNumber(outboundNumber),
  };
}

/** What is wrong with one entry that is right key by key. */
export function mistakesInRule(values: CcaiRuleValues, key: string): readonly Mistake[] {
  if (values.then === 'nothing') return [];
  const wrong: readonly (Mistake | undefined)[] = [
    values.menuId === 0 ? noMenu(values, key) : undefined,
    values.then === 'schedule' && values.scheduledMenuId !== 0 ? scheduledTwice(key) : undefined,
    values.then === 'schedule' && values.outboundNumber !== '' ? noOutboundNumber(key) : undefined,
    isNoOtherMenu(values) ? noOtherMenu(key) : undefined,
    values.alternativeLang === values.lang ? noOtherLang(key) : undefined,
  ];
  return wrong.filter((mistake) => mistake !== undefined);
}

/** Where calls that are scheduled after all go elsewhere, it is another one for those. */
const isNoOtherMenu = ({ menuId, scheduledMenuId, alternativeMenuId }: CcaiRuleValues): boolean =>
  menuId !== 0 && alternativeMenuId === menuId && (scheduledMenuId === 0 || scheduledMenuId === menuId);

const noMenu = ({ then: wants }: CcaiRuleValues, key: string): Mistake => ({
  key: `${key}.menuId`,
  problem: `is missing while then is ${wants}`,
  remedy: 'write the number that the menu has in CCAI Platform',
});

const scheduledTwice = (key: string): Mistake => ({
  key: `${key}.scheduledMenuId`,
  problem: 'has no effect while then is schedule',
  remedy: 'write that menu as menuId, and remove the key',
});

const noOutboundNumber = (key: string): Mistake => ({
  key: `${key}.outboundNumber`,
  problem: 'has no effect while then is schedule: the platform takes none with a scheduled call',
  remedy: 'remove the key',
});

const noOtherMenu = (key: string): Mistake => ({
  key: `${key}.alternativeMenuId`,
  problem: 'has no effect: it is the menu that it would stand in for',
  remedy: 'write another menu, or remove the key',
});

const noOtherLang = (key: string): Mistake => ({
  key: `${key}.alternativeLang`,
  problem: 'has no effect: it is the language that it would stand in for',
  remedy: 'write another language, or remove the key',
});
