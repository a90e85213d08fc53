import type { SimulatedMenu } from '../../../../../src/simulators/ccai/state/menus.ts';
import {
  type Asking,
  MISSING_PARAMETER,
  RESOURCE_NOT_FOUND,
  type RefusalOf,
  type Refusing,
  told,
  WRONG_SUBDOMAIN,
} from '../contract.ts';
import type { Platform } from '../platform.ts';

/** What may be wrong with a call of any kind that a menu is to get. */
export interface MenuCall {
  readonly menuId?: number;
  readonly endUserNumber?: string;
  readonly lang?: string;
}

type Alike = RefusalOf<'incomingCall'> & RefusalOf<'scheduledCallByMenu'>;

/** What incoming and scheduled calls refuse alike. `ask` asks for a call that would be created but for the change. */
export function menuRefusals(
  ask: (change?: MenuCall) => Asking['ask'],
  { prepare = () => {} }: Pick<Asking, 'prepare'> = {},
): Readonly<Record<Alike, Refusing>> {
  const menuIs = (state: SimulatedMenu['state'] & string) => ({
    prepare: async (platform: Platform) => {
      await prepare(platform);
      platform.simulator.menus.change(9, { state });
    },
    ask: ask(),
  });
  const refused = (says: string, change: MenuCall, names: object = {}): Refusing => ({
    ...{ prepare, ask: ask(change), says, names },
  });
  return {
    'end-user-number-not-well-formed': refused('end_user_number is not well formed', {
      endUserNumber: '+1 999-657-12',
    }),
    'menu-in-manual-redirection': {
      ...menuIs('manual-redirection'),
      says: "Menu is in 'manual redirection' state, can't accept calls",
    },
    'invalid-call-type': { stage: { callKinds: [] }, ask: ask(), says: 'Invalid call type' },
    // What is no number travels as null.
    'menu-required': refused('menu_id is required', { menuId: Number.NaN }),
    'menu-in-after-hours': {
      ...menuIs('after-hours'),
      says: "Menu is in 'after hours' state, can't accept incoming calls",
    },
    'language-not-available': refused("Language 'fr' is not available", { lang: 'fr' }, { lang: 'fr' }),
    'language-not-found': refused("Language 'xy' is not found", { lang: 'xy' }, { lang: 'xy' }),
    'menu-not-found': refused('menu_id 9999 is not found', { menuId: 9999 }, { menuId: 9999 }),
    'menu-not-well-formed': refused('menu_id is not well formed', { menuId: 9.5 }),
    'end-user-number-required': refused('end_user_number is required', { endUserNumber: '' }),
    'missing-parameter': { ...told(400, MISSING_PARAMETER), ask: ask(), says: MISSING_PARAMETER },
    'resource-not-found': { stage: WRONG_SUBDOMAIN, ask: ask(), status: 404, says: RESOURCE_NOT_FOUND },
  };
}
