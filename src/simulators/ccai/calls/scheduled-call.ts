import type { Answer } from '../answer.ts';
import { type Body, textIn } from '../parameters.ts';
import { ASSUMED_REFUSALS, callNotFound, REFUSALS, Refusal } from '../refusal.ts';
import type { SimulatedMenu } from '../state/menus.ts';
import type { World } from '../state/world.ts';
import { queueCall } from './queued-call.ts';

const MENUS = { permitted: ['mobile', 'web'], otherwise: REFUSALS.onlyMobileAndWeb } as const;

/** Where the call goes, and after which it comes. */
interface Place {
  readonly menu: SimulatedMenu;
  readonly parentId?: number;
}

/** "Voice Scheduled (API)": somebody is to be called at a time. Whether the menu is open then is what counts. */
export function scheduledCall(world: World, body: Body): Answer | Refusal {
  const place = placeOf(world, body);
  if (place instanceof Refusal) return place;
  // The examples lack one thing at a time; the number before the time is the order of the table.
  if (textIn(body, 'end_user_number') === undefined) return REFUSALS.numberRequired;
  const dueAt = timeIn(world, body);
  if (dueAt instanceof Refusal) return dueAt;
  const { menu, ...link } = place;
  return queueCall(world, body, { kind: 'scheduled', menu, dueAt, own: { scheduledAt: dueAt, ...link } });
}

/** "When call ID is being used, menu_id can be optional": the earlier call's menu, unless another one is named. */
function placeOf({ menus, calls }: World, body: Body): Place | Refusal {
  const callId = textIn(body, 'call_id');
  if (callId === undefined) return placeIn(menus.find(body['menu_id'], MENUS));
  const parent = calls.find(Number(callId));
  if (parent === undefined) return callNotFound(callId);
  const menuId = body['menu_id'] ?? parent.menu?.id;
  return placeIn(menus.find(menuId, MENUS), parent.id);
}

function placeIn(menu: SimulatedMenu | Refusal, parentId?: number): Place | Refusal {
  if (menu instanceof Refusal) return menu;
  return parentId === undefined ? { menu } : { menu, parentId };
}

// Assumed: a time without a zone is nobody's time.
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** "ISO 8601 format to a valid future time." */
function timeIn({ clock }: World, body: Body): number | Refusal {
  const text = textIn(body, 'scheduled_at');
  if (text === undefined) return REFUSALS.scheduledAtRequired;
  const at = ISO_8601.test(text) ? Date.parse(text) : Number.NaN;
  return at > clock.now() ? at : ASSUMED_REFUSALS.scheduledAtInvalid;
}
