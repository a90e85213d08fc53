import type { Answer } from '../answer.ts';
import { type Body, languageIn, permissionIn, textIn } from '../parameters.ts';
import { Refusal } from '../refusal.ts';
import type { NewCall } from '../state/calls.ts';
import { type SimulatedMenu, whyClosed } from '../state/menus.ts';
import type { World } from '../state/world.ts';
import { callObject } from './call-object.ts';
import { caller } from './called-party.ts';

/** What only this kind of call has. */
interface Wish {
  readonly kind: 'incoming' | 'scheduled';
  readonly menu: SimulatedMenu;
  /** When the menu has to be open. */
  readonly dueAt: number;
  readonly own: Pick<NewCall, 'parentId' | 'scheduledAt'>;
}

/** What incoming and scheduled calls have in common once the menu is found: whom, in which language, and whether open. */
export function queueCall(world: World, body: Body, { kind, menu, dueAt, own }: Wish): Answer | Refusal {
  const party = caller(world, body, kind);
  if (party instanceof Refusal) return party;
  const lang = languageIn(body);
  const obstacle = world.languages.whyNot(lang) ?? whyClosed(menu, dueAt);
  if (obstacle !== undefined) return obstacle;
  const call = world.calls.create({
    ...{ kind, menu, lang, createdAt: world.clock.now(), ...party, ...own },
    // "Will be used if input is not passed in or invalid": the default, and nobody is asked.
    outboundNumber: world.outboundNumbers.choose(textIn(body, 'outbound_number')),
    recordingPermission: menu.asksForRecording === true ? permissionIn(body) : 'not_asked',
  });
  return { status: 201, body: callObject(call, world) };
}
