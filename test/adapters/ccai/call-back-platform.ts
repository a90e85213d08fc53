import { CcaiClient } from '../../../src/adapters/ccai/client.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import type { CallBackRule, CallOrder } from '../../../src/domain/call-back/rule.ts';
import type { CallerHistory } from '../../../src/ports/caller-histories.ts';
import { CcaiSimulator } from '../../../src/simulators/ccai/simulator.ts';
import type { SimulatedMenu } from '../../../src/simulators/ccai/state/menus.ts';
import { machineClock } from '../../../src/simulators/kit/clock.ts';
import { MORNING } from '../../domain/builders.ts';
import { TOKEN } from './ccai-server.ts';

const SUBDOMAIN = 'acme';

export const ANA = '+5511987650001';

/** Menus of every state, for call-backs, and for calls that are scheduled. */
export const MENUS = {
  open: 1,
  afterHours: 2,
  redirected: 3,
  page: 4,
  pageAfterHours: 5,
  pageRedirected: 6,
  unknown: 99,
} as const;

const MENUS_THERE: readonly SimulatedMenu[] = [
  { id: MENUS.open, name: 'Support', types: ['ivr', 'mobile'], asksForRecording: true },
  { id: MENUS.afterHours, name: 'Night', types: ['ivr', 'mobile'], state: 'after-hours' },
  { id: MENUS.redirected, name: 'Moved', types: ['ivr', 'mobile'], state: 'manual-redirection' },
  { id: MENUS.page, name: 'Page', types: ['web'] },
  { id: MENUS.pageAfterHours, name: 'Night page', types: ['web'], state: 'after-hours' },
  { id: MENUS.pageRedirected, name: 'Moved page', types: ['mobile'], state: 'manual-redirection' },
];

/** CCAI Platform on a Monday morning, and a client of it. French is known there and not spoken, `xx` is no language. */
export async function aPlatform(credential: { readonly subdomain?: string; readonly token?: string } = {}) {
  const simulator = await CcaiSimulator.start({
    subdomain: SUBDOMAIN,
    token: TOKEN,
    menus: MENUS_THERE,
    outboundNumbers: ['+551132654321'],
    languages: ['pt', 'en'],
    clock: { now: () => MORNING, after: machineClock.after },
  });
  const client = new CcaiClient({
    baseUrl: simulator.baseUrl,
    subdomain: SUBDOMAIN,
    token: TOKEN,
    timeoutMs: 5_000,
    clock: systemClock,
    ...credential,
  });
  const close = async () => {
    await client.close();
    await simulator.close();
  };
  return { simulator, client, [Symbol.asyncDispose]: close };
}

/** What was asked there, in words: `incoming 1 pt 400`. */
export function askedOf({ ledger }: CcaiSimulator): readonly string[] {
  return ledger.map(({ operation, body, status }) => {
    const { menu_id: menu, lang } = body as { readonly menu_id?: number; readonly lang?: string };
    return `${operation?.replace('-call', '')} ${menu} ${lang} ${status}`;
  });
}

export const AN_ORDER: CallOrder = {
  menuId: MENUS.open,
  scheduledMenuId: MENUS.page,
  alternativeMenuId: undefined,
  lang: 'pt',
  alternativeLang: undefined,
  recordingPermission: 'not-asked',
  outboundNumber: undefined,
};

export type Ordering = Extract<CallBackRule, { readonly order: CallOrder }>;

/** A rule about every loss. */
export function ordering(order: Partial<CallOrder> = {}, wants: Ordering['wants'] = 'call-back'): Ordering {
  return {
    queues: undefined,
    ending: undefined,
    reasons: undefined,
    wants,
    order: { ...AN_ORDER, ...order },
  };
}

/** Ana, who was lost this morning and whom nothing else is known of; nor of any call of hers since. */
export function aHistory(changes: Partial<CallerHistory> = {}): CallerHistory {
  return {
    number: ANA,
    lostAt: MORNING,
    isCalling: false,
    isServed: false,
    isTooFarBack: false,
    handedOutAt: undefined,
    isLostAnew: false,
    lastCalledAt: changes.lostAt ?? MORNING,
    calledBackAt: undefined,
    calledBackAs: undefined,
    calledBefore: undefined,
    ...changes,
  };
}
