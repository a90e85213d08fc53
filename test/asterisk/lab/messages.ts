import { expect } from 'vitest';
import type { Caller } from './caller.ts';
import { hasSound, linkedFile } from './recordings.ts';
import type { Scene } from './scene.ts';

/** The caller has been told why, and speaks after the tone until some of it is on the disk. */
export async function speaksAfterTone(scene: Scene, caller: Caller): Promise<void> {
  const record = { Uniqueid: caller.uniqueid, Context: 'movidesk-lost', Application: 'Record' };
  await scene.lab.pbx.manager.event('Newexten', record, 20_000);
  await scene.recorded(caller);
}

/** Movidesk has the link to what they said. */
export async function expectMessage(scene: Scene, caller: Caller): Promise<void> {
  const call = await scene.ended(scene.callId(caller), 20_000);
  expect(call.ending).toBe('lost');
  expect(call.link).toContain(`/${call.callId}-message-`);
  expect(hasSound(linkedFile(scene.lab, call.link ?? ''))).toBe(true);
}
