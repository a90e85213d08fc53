import type { QueueHours } from '../domain/call-back/opening-hours.ts';
import type { CallBackRule } from '../domain/call-back/rule.ts';
import { type QueueName, queueNameFrom } from '../domain/identity.ts';
import { hoursByQueue, mistakesInHours, readHours } from './ccai-hours-list.ts';
import { mistakesInWishes, whatCcaiLacks } from './ccai-needs.ts';
import { mistakesInReach } from './ccai-reach.ts';
import { callBackRule, mistakesInRule, readRules } from './ccai-rule-list.ts';
import { plainNumber } from './ccai-rules.ts';
import { ccaiSchema } from './ccai-schema.ts';
import type { Mistake } from './mistake.ts';
import { nearestKeys } from './nearest.ts';
import { readNumberFile } from './number-file.ts';
import { asList } from './one-or-more.ts';
import type { QueueValues } from './queue-list.ts';
import type { ValuesOf } from './setting.ts';

type CcaiValues = ValuesOf<typeof ccaiSchema>;

/** What was read of keys that hold more than one value. */
export interface CcaiParts {
  readonly rules: readonly CallBackRule[];
  readonly openingHours: readonly QueueHours[];
  readonly badActors: readonly string[];
  readonly verifiedCustomers: readonly string[];
}

interface Surroundings {
  readonly queues: readonly QueueValues[];
  readonly keepDays: number;
  readonly silent: ReadonlySet<string>;
  readonly originOf: (path: string) => string;
}

const NO_PARTS: CcaiParts = { rules: [], openingHours: [], badActors: [], verifiedCustomers: [] };

/**
 * The lists of the group; mistakes are added, and then they mean nothing. Of a relay that is switched off each value is
 * still looked at, so that no slip waits for the day it is switched on; but it needs nothing, and fits no queue.
 */
export function readCcai(ccai: CcaiValues, around: Surroundings, mistakes: Mistake[]): CcaiParts {
  const slips: Mistake[] = [];
  const rules = readRules(ccai.rules, around.originOf('ccai.rules'), slips);
  const hours = readHours(ccai.openingHours, around.originOf('ccai.openingHours'), slips);
  mistakes.push(...slips);
  // Where something else stands there than true, its own rule says so.
  if (ccai.enabled !== true) return NO_PARTS;
  mistakes.push(...whatCcaiLacks({ ccai, keepDays: around.keepDays, silent: around.silent }));
  const numbers = {
    badActors: numbersOf(ccai, 'badActors', mistakes),
    verifiedCustomers: numbersOf(ccai, 'verifiedCustomers', mistakes),
  };
  // Whether entries fit one another can be said only of those that are right by themselves.
  if (slips.length > 0) return { ...NO_PARTS, ...numbers };
  mistakes.push(...mistakesInWishes(rules, { ccai, silent: around.silent }));
  return { ...numbers, ...fitted(rules, hours, around, mistakes) };
}

function fitted(
  rules: ReturnType<typeof readRules>,
  hours: ReturnType<typeof readHours>,
  { queues }: Surroundings,
  mistakes: Mistake[],
): Pick<CcaiParts, 'rules' | 'openingHours'> {
  const known = queues.flatMap(({ name }) => (typeof name === 'string' ? [queueNameFrom(name)] : []));
  const parts = { rules: rules.map(callBackRule), openingHours: hoursByQueue(hours) };
  const found = [
    ...rules.flatMap((rule, index) => mistakesInRule(rule, `ccai.rules[${index}]`)),
    ...mistakesInHours(hours, known),
    ...unknownQueues(rules, 'ccai.rules', known),
    ...unknownQueues(hours, 'ccai.openingHours', known),
  ];
  mistakes.push(...found);
  // Behind a queue that nobody knows, more would be said that is not so.
  if (found.length === 0 && known.length > 0)
    mistakes.push(...mistakesInReach({ rules: parts.rules, queues: known, hours: parts.openingHours }));
  return parts;
}

function unknownQueues(
  entries: readonly { readonly queue: string | readonly string[] }[],
  path: string,
  known: readonly QueueName[],
): readonly Mistake[] {
  // The list of queues was refused, and that was said.
  if (known.length === 0) return [];
  return entries.flatMap(({ queue }, index) => {
    const unknown = (asList(queue) ?? []).filter((name) => !known.some((one) => one === name));
    return unknown.map((name) => unknownQueue(name, `${path}[${index}].queue`, known));
  });
}

function unknownQueue(name: string, key: string, known: readonly QueueName[]): Mistake {
  const near = nearestKeys(name, known)[0];
  const remedy = near === undefined ? `write one of ${known.join(', ')}` : `the nearest known one is ${near}`;
  return { key, problem: `names ${name}, which is none of queues`, remedy };
}

/** Those in the configuration and those in the file, digits and + alone, each once. */
function numbersOf(
  ccai: CcaiValues,
  key: 'badActors' | 'verifiedCustomers',
  mistakes: Mistake[],
): readonly string[] {
  const fromFile = readNumberFile(ccai[`${key}File`], `ccai.${key}File`, mistakes);
  // Refused as a whole, by its own rule.
  const written = ccaiSchema[key].check(ccai[key]).ok ? ccai[key] : [];
  return [...new Set([...written, ...fromFile].map(plainNumber))];
}
