import { menuNotFound, REFUSALS, type Refusal } from '../refusal.ts';

export type MenuType = 'ivr' | 'mobile' | 'web';

/** After hours for good, or until an instant; a call scheduled for later than that is taken. */
export type MenuState = 'open' | 'manual-redirection' | 'after-hours' | { readonly afterHoursUntil: number };

export interface SimulatedMenu {
  readonly id: number;
  readonly name: string;
  /**
   * The first is the one that answers show. A menu may be of several: the document's menu 9 shows `ivr_menu` and takes
   * a scheduled call, for which no IVR menu is permitted.
   */
  readonly types: readonly [MenuType, ...MenuType[]];
  /** Open where nothing is said. */
  readonly state?: MenuState;
  /** "Ask User for Permission to Record": without it, and by default, the permission sent along is not looked at. */
  readonly asksForRecording?: boolean;
  /** Who is offered its calls. */
  readonly group?: string;
}

/** What a menu can be asked to take. */
export interface MenuWish {
  readonly permitted: readonly MenuType[];
  readonly otherwise: Refusal;
}

export class Menus {
  readonly #menus: Map<number, SimulatedMenu>;

  constructor(menus: readonly SimulatedMenu[]) {
    this.#menus = new Map(menus.map((menu) => [menu.id, menu]));
  }

  /** Adds a menu, or puts it in the place of the one with its id. */
  set(menu: SimulatedMenu): void {
    this.#menus.set(menu.id, menu);
  }

  change(id: number, change: Partial<Omit<SimulatedMenu, 'id'>>): void {
    const menu = this.#menus.get(id);
    if (menu === undefined) throw new Error(`no menu ${id}`);
    this.#menus.set(id, { ...menu, ...change });
  }

  remove(id: number): void {
    this.#menus.delete(id);
  }

  /** By the document's examples: first whether there is such a menu, then whether it is of a type for this call. */
  find(given: unknown, { permitted, otherwise }: MenuWish): SimulatedMenu | Refusal {
    if (given === undefined || given === null || given === '') return REFUSALS.menuRequired;
    if (typeof given !== 'number' || !Number.isInteger(given)) return REFUSALS.menuNotWellFormed;
    const menu = this.#menus.get(given);
    if (menu === undefined) return menuNotFound(given);
    return menu.types.some((type) => permitted.includes(type)) ? menu : otherwise;
  }
}

/** Why a menu takes no call that is for that instant. */
export function whyClosed({ state = 'open' }: SimulatedMenu, at: number): Refusal | undefined {
  if (state === 'open') return undefined;
  if (state === 'manual-redirection') return REFUSALS.menuRedirected;
  if (state !== 'after-hours' && at >= state.afterHoursUntil) return undefined;
  return REFUSALS.menuAfterHours;
}
