import { expect } from 'vitest';
import type { Caller } from './caller.ts';
import type { Dialog } from './channels.ts';
import { expectMessage, speaksAfterTone } from './messages.ts';
import type { Phone } from './phone.ts';
import type { Scene, ScenePlan } from './scene.ts';

/** Agents who talk, who talk as well, and whose phone rings; for the fourth caller nobody is left. */
export const CROWD = {
  serving: ['1001', '1003', '1002'],
  // Longer than any link is away.
  ringSeconds: 50,
  maxWaitSeconds: 300,
} as const satisfies ScenePlan;

const PICKS_UP = { does: 'answer', afterMs: 200 } as const;

/** A caller in every phase at the same time, and one talk more. */
export interface Crowd {
  readonly talking: Caller;
  readonly alsoTalking: Caller;
  readonly ringing: Caller;
  readonly waiting: Caller;
  /** They speak after the tone of the lost context. */
  readonly leaving: Caller;
  /** Where `talking`, `alsoTalking` and `ringing` are. */
  readonly phones: { readonly talking: Phone; readonly alsoTalking: Phone; readonly ringing: Phone };
  readonly dialogs: { readonly alsoTalking: Dialog; readonly ringing: Dialog };
}

export async function gather(scene: Scene): Promise<Crowd> {
  const { lab, movidesk } = scene;
  movidesk.setCalendar(2, 'closed');
  const leaving = await lab.caller('sales', { number: '5511987650060' });
  const phones = {
    talking: await lab.phone('1001', PICKS_UP),
    alsoTalking: await lab.phone('1003', PICKS_UP),
    ringing: await lab.phone('1002', { does: 'answer-when-told', saysThatItRings: true }),
  };
  const talking = await lab.caller('support', { number: '5511987650061' });
  await scene.talk(talking, phones.talking);
  const alsoTalking = await lab.caller('support', { number: '5511987650062' });
  const alsoTalks = await scene.talk(alsoTalking, phones.alsoTalking);
  const ringing = await lab.caller('support', { number: '5511987650063' });
  const rings = await phones.ringing.reached();
  const waiting = await lab.caller('support', { number: '5511987650064' });
  await scene.waiting(scene.callId(waiting));
  await speaksAfterTone(scene, leaving);
  const dialogs = { alsoTalking: alsoTalks, ringing: rings };
  return { talking, alsoTalking, ringing, waiting, leaving, phones, dialogs };
}

/** What the callers of a crowd do while nobody listens. */
export interface Newcomers {
  readonly newcomer: Caller;
  readonly passer: Caller;
  /** Seconds are all that Movidesk is told. */
  readonly from: number;
  readonly to: number;
}

/**
 * One comes and goes, one comes and stays, the waiting one gives up, the phone that rings is answered, one talk is ended
 * by the caller and one by the agent, and the message is finished.
 */
export async function everythingHappens(scene: Scene, crowd: Crowd): Promise<Newcomers> {
  const from = Math.floor(Date.now() / 1_000) * 1_000;
  const { lab } = scene;
  const passer = await lab.caller('support', { number: '5511987650065' });
  await scene.isIn(passer, 'movidesk-hold');
  await passer.hangUp();
  const newcomer = await lab.caller('support', { number: '5511987650066' });
  await scene.isIn(newcomer, 'movidesk-hold');
  await crowd.waiting.hangUp();
  await crowd.phones.ringing.answer(crowd.dialogs.ringing);
  await crowd.phones.ringing.talking();
  await crowd.talking.hangUp();
  await crowd.phones.alsoTalking.hangUp(crowd.dialogs.alsoTalking);
  await crowd.alsoTalking.ended();
  await crowd.leaving.hangUp();
  return { newcomer, passer, from, to: Date.now() };
}

/** Every call of the crowd as it ended while nobody listened, and what is left of it goes on. */
export async function everythingIsFoundOut(scene: Scene, crowd: Crowd, came: Newcomers): Promise<void> {
  const { newcomer, from, to } = came;
  const ended = async (caller: Caller) => scene.ended(scene.callId(caller), 20_000);
  for (const [caller, extension] of [
    [crowd.talking, '1001'],
    [crowd.alsoTalking, '1003'],
  ] as const) {
    const call = await ended(caller);
    expect(call).toMatchObject({ ending: 'completed', extension });
    expect(call.endDate).toBeGreaterThanOrEqual(from);
    expect(call.endDate).toBeLessThanOrEqual(to);
  }
  expect(await ended(crowd.waiting)).toMatchObject({ ending: 'canceled' });
  await expectMessage(scene, crowd.leaving);
  const talk = await scene.told('asterisk_transferedCall', scene.callId(crowd.ringing));
  expect(talk.query['branchLine']).toBe('1002');
  await scene.recorded(crowd.ringing);
  await crowd.ringing.hangUp();
  const call = await ended(crowd.ringing);
  expect(call).toMatchObject({ ending: 'completed', extension: '1002' });
  expect(call.transferDate).toBeGreaterThanOrEqual(from);
  expect(call.transferDate).toBeLessThanOrEqual(to);
  await scene.told('asterisk_transferedCall', scene.callId(newcomer), 20_000);
  await scene.recorded(newcomer);
  await newcomer.hangUp();
  expect(await ended(newcomer)).toMatchObject({ ending: 'completed' });
}

/** Nothing happened meanwhile: the phone that rings is answered, who waited is served, and everybody ends as they would. */
export async function everybodyGoesOn(scene: Scene, crowd: Crowd): Promise<void> {
  const { talking, alsoTalking, ringing, waiting, leaving, phones, dialogs } = crowd;
  for (const caller of [talking, alsoTalking])
    expect(scene.call(scene.callId(caller))?.phase).toBe('talking');
  expect(scene.call(scene.callId(waiting))?.phase).toBe('waiting');
  await phones.ringing.answer(dialogs.ringing);
  await scene.talk(ringing, phones.ringing);
  await phones.alsoTalking.hangUp(dialogs.alsoTalking);
  await scene.talk(waiting, phones.alsoTalking);
  for (const caller of [talking, ringing, waiting, leaving]) await caller.hangUp();
  const endings = [];
  for (const caller of [talking, alsoTalking, ringing, waiting, leaving])
    endings.push((await scene.ended(scene.callId(caller))).ending);
  expect(endings).toEqual([...Array.from({ length: 4 }, () => 'completed'), 'lost']);
  await expectMessage(scene, leaving);
}

/** How each of them ended, by phase, and that the dates are between `from` and `to`. */
export async function endingsOf(
  scene: Scene,
  { talking, alsoTalking, ringing, waiting, leaving }: Crowd,
  { from, to }: { from: number; to: number },
): Promise<Record<string, unknown>> {
  const endings: Record<string, unknown> = {};
  for (const [phase, caller] of Object.entries({ talking, alsoTalking, ringing, waiting, leaving })) {
    const call = await scene.ended(scene.callId(caller), 20_000);
    expect(call.endDate, phase).toBeGreaterThanOrEqual(from);
    expect(call.endDate, phase).toBeLessThanOrEqual(to);
    endings[phase] = call.ending;
  }
  return endings;
}
