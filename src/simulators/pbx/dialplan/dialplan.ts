import type { Exchange } from '../exchange.ts';
import { agent, isAgentExtension, notAnAgent } from './agent.ts';
import {
  AGENT_CONTEXT,
  ENTRY_CONTEXT,
  FALLBACK_CONTEXT,
  HOLD_CONTEXT,
  LOST_CONTEXT,
  PHONES_CONTEXT,
  QUEUE_CONTEXT,
} from './contexts.ts';
import { entry, isQueueName } from './entry.ts';
import { fallback, fallbackAnswered } from './fallback.ts';
import { hold } from './hold.ts';
import { isLostExtension, lost, unknownReason } from './lost.ts';
import { memberlessQueue } from './memberless-queue.ts';
import { phones, QUEUE_PREFIX } from './phones.ts';
import type { Extension } from './run.ts';

/** The context in which somebody of the fallback answers; the admin's, not the contract's. */
export const FALLBACK_PHONES_CONTEXT = 'fallback-phones';

interface Context {
  readonly has: (exten: string, exchange: Exchange) => boolean;
  readonly extension: Extension;
  /** The `i` extension: runs for what does not exist here, yet `DIALPLAN_EXISTS` does not count it. */
  readonly invalid?: Extension;
}

const isPhone = (exten: string, exchange: Exchange): boolean => exchange.endpoints.has(`PJSIP/${exten}`);

const CONTEXTS: ReadonlyMap<string, Context> = new Map<string, Context>([
  [ENTRY_CONTEXT, { has: isQueueName, extension: entry }],
  [HOLD_CONTEXT, { has: (exten) => exten === 's', extension: hold }],
  [AGENT_CONTEXT, { has: isAgentExtension, extension: agent, invalid: notAnAgent }],
  [LOST_CONTEXT, { has: isLostExtension, extension: lost, invalid: unknownReason }],
  [FALLBACK_CONTEXT, { has: isQueueName, extension: fallback, invalid: fallback }],
  [FALLBACK_PHONES_CONTEXT, { has: isPhone, extension: fallbackAnswered }],
  [
    PHONES_CONTEXT,
    {
      has: (exten, exchange) => exten.startsWith(QUEUE_PREFIX) || isPhone(exten, exchange),
      extension: phones,
    },
  ],
  [QUEUE_CONTEXT, { has: isQueueName, extension: memberlessQueue }],
]);

export function extensionExists(exchange: Exchange, context: string, exten: string): boolean {
  return CONTEXTS.get(context)?.has(exten, exchange) ?? false;
}

/** What runs there; nothing: the PBX hangs the channel up. */
export function extensionAt(exchange: Exchange, context: string, exten: string): Extension | undefined {
  const found = CONTEXTS.get(context);
  return found?.has(exten, exchange) ? found.extension : found?.invalid;
}
