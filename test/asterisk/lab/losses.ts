import { expect } from 'vitest';
import type { Scene } from './scene.ts';

/** Nobody can take them, and they hang up while they are told so. Answers the id of the call. */
export async function loses(scene: Scene, number: string, queue = 'support'): Promise<string> {
  const caller = await scene.lab.caller(queue, { number });
  await scene.isIn(caller, 'movidesk-lost');
  await caller.hangUp();
  const callId = scene.callId(caller);
  expect((await scene.ended(callId)).ending).toBe('lost');
  return callId;
}

/** They hang up while they wait for somebody. */
export async function givesUp(scene: Scene, number: string, queue = 'support'): Promise<string> {
  const caller = await scene.lab.caller(queue, { number });
  const callId = scene.callId(caller);
  await scene.waiting(callId);
  await caller.hangUp();
  expect((await scene.ended(callId)).ending).toBe('canceled');
  return callId;
}
