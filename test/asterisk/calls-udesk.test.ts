import { expect, test } from 'vitest';
import { type Scene, usePbx } from './lab/scene.ts';
import type { Act } from './lab/udesk-ledger.ts';

const pbx = usePbx({ udesk: true });
const ANSWER = { does: 'answer', afterMs: 200 } as const;
const WHEN_TOLD = { does: 'answer-when-told', saysThatItRings: true } as const;

/** Does it, and tells when it began. */
async function act(name: string, deed: () => Promise<unknown>): Promise<Act> {
  const at = Date.now();
  await deed();
  return { name, at };
}

/** SIPp takes its time to start, so what it begins with counts from when the PBX has heard of it. */
async function heard(
  { lab }: Scene,
  name: string,
  event: { readonly Event: string; readonly [field: string]: string },
): Promise<Act> {
  const { Event, ...fields } = event;
  return { name, at: lab.pbx.manager.arrivedAt(await lab.pbx.manager.event(Event, fields)) };
}

const registration = (scene: Scene, AOR: string): Promise<Act> =>
  heard(scene, 'registers', { Event: 'ContactStatus', AOR, ContactStatus: 'NonQualified' });

const unregistration = (scene: Scene, AOR: string): Promise<Act> =>
  heard(scene, 'unregisters', { Event: 'ContactStatus', AOR, ContactStatus: 'Removed' });

const ringing = (scene: Scene, Channel: string): Promise<Act> =>
  heard(scene, 'rings', { Event: 'Newstate', Channel, ChannelStateDesc: 'Ringing' });

/** A caller of Movidesk's who is a call of Udesk's, too, talks with 1001. 1002 is there, but not for Movidesk. */
async function talkWith1001(scene: Scene) {
  const { lab, udesk, movidesk } = scene;
  movidesk.setOnline('1002', false);
  const agents = { first: udesk.agentLedger('1001'), second: udesk.agentLedger('1002') };
  const first = await lab.phone('1001', WHEN_TOLD);
  await agents.first.shows(['logged in', 'idle'], await registration(scene, '1001'));
  const second = await lab.phone('1002', ANSWER);
  await agents.second.shows(['logged in', 'idle'], await registration(scene, '1002'));
  const callId = udesk.beginCall('1001');
  const call = udesk.callLedger(callId);
  const caller = await lab.caller('support', { udeskCallId: callId });
  const rings = await first.reached();
  // Whoever rings is busy already, before anybody answers.
  await agents.first.shows(['busy'], await ringing(scene, rings.channel));
  await first.answer(rings);
  return { agents, first, second, call, caller, talk: await scene.talk(caller, first) };
}

test('Udesk knows within half a second what an agent does all day', async () => {
  const scene = await pbx.open({ udesk: true });
  const { udesk } = scene;
  const { agents, first, second, call, caller, talk } = await talkWith1001(scene);
  await call.shows(['hold'], await act('holds', () => first.hold(talk)));
  await call.shows(['resume'], await act('resumes', () => first.unhold(talk)));
  const transfer = await act('transfers', () => first.transferBlind(talk, '1002'));
  await call.shows([`transfer to ${udesk.transferNumberOf('1002')}`], transfer);
  await agents.first.shows(['idle'], transfer);
  await agents.second.shows(['busy'], await ringing(scene, (await second.talking()).channel));
  await agents.first.shows(['onBreak'], await act('does not want to be disturbed', () => dnd(scene, 'BUSY')));
  await first.unregister();
  await agents.first.shows(['logged out', 'offline'], await unregistration(scene, '1001'));
  const end = await act('the caller hangs up', () => caller.hangUp());
  expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'completed', extension: '1001' });
  await agents.second.shows(['idle'], end);
  expect([...agents.first.rest(), ...agents.second.rest(), ...call.rest()]).toEqual([]);
  await dnd(scene, 'NOT_INUSE');
});

test('Udesk knows within half a second that an agent has announced a caller to a colleague and sent them on', async () => {
  const scene = await pbx.open({ udesk: true });
  const { udesk } = scene;
  const { agents, first, second, call, caller, talk } = await talkWith1001(scene);
  await call.shows(['hold'], await act('holds', () => first.hold(talk)));
  const own = await first.dial('1002');
  await agents.second.shows(['busy'], await ringing(scene, (await second.talking()).channel));
  const consulted = await first.ownDialog(own.callId);
  const transfer = await act('transfers', () => first.transferAttended(talk, '1002', consulted));
  await call.shows(['resume', `transfer to ${udesk.transferNumberOf('1002')}`], transfer);
  await agents.first.shows(['idle'], transfer);
  const end = await act('the caller hangs up', () => caller.hangUp());
  expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'completed', extension: '1001' });
  await agents.second.shows(['idle'], end);
  expect([...agents.first.rest(), ...agents.second.rest(), ...call.rest()]).toEqual([]);
});

const dnd = ({ lab }: Scene, state: 'BUSY' | 'NOT_INUSE'): Promise<string> =>
  lab.pbx.console(`devstate change Custom:DND1001 ${state}`);
