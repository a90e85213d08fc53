import type { Answer } from '../answer.ts';
import type { Body } from '../parameters.ts';
import { REFUSALS, Refusal } from '../refusal.ts';
import type { World } from '../state/world.ts';
import { queueCall } from './queued-call.ts';

// The table says "only IVR and Web menu IDs are accepted"; the error of the example, and its title, say IVR and mobile.
const MENUS = { permitted: ['ivr', 'mobile'], otherwise: REFUSALS.onlyIvrAndMobile } as const;

/** "Voice Inbound (API)": somebody is to be called back as soon as an agent is free. */
export function incomingCall(world: World, body: Body): Answer | Refusal {
  const menu = world.menus.find(body['menu_id'], MENUS);
  if (menu instanceof Refusal) return menu;
  return queueCall(world, body, { kind: 'incoming', menu, dueAt: world.clock.now(), own: {} });
}
