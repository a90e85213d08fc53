import { expect } from 'vitest';
import type { Caller } from '../../../src/simulators/pbx/caller.ts';
import { scenario } from '../scenario.ts';
import type { Town } from '../town.ts';

async function reaches(town: Town, caller: Caller, extension: string): Promise<void> {
  await town.until(() => caller.place === 'talking');
  expect(caller.talkingTo).toBe(extension);
  caller.hangUp();
  await town.ended(caller);
  expect(town.told(caller)).toEqual(['received', `transfered ${extension}`, 'completed']);
}

scenario('a caller passes over an agent whose phone is not registered', {}, async (town) => {
  town.phone('1001').unregister();
  const caller = town.arrives();
  await reaches(town, caller, '1002');
  expect(town.named(caller)).toEqual(['1001', '1002']);
  expect(town.pbx.stats.offers).toBe(1);
});

scenario('a caller passes over an agent who is in a call of their own', {}, async (town) => {
  town.phone('1001').dialOut();
  // Asterisk says so only when the far end rings; until then anybody would take the agent for free.
  await town.until(() => town.pbx.variable('DEVICE_STATE(PJSIP/1001)') === 'INUSE');
  const caller = town.arrives();
  await reaches(town, caller, '1002');
  expect(town.named(caller)).toEqual(['1001', '1002']);
  expect(town.pbx.stats.offersToBusyPhones).toBe(0);
});

scenario('a caller passes over an agent who does not want to be disturbed', {}, async (town) => {
  town.phone('1001').dnd(true);
  const caller = town.arrives();
  await reaches(town, caller, '1002');
  expect(town.named(caller)).toEqual(['1001', '1002']);
  expect(town.pbx.stats.offers).toBe(1);
});

scenario(
  'a caller whose only agent has a phone without registration gets through once it registers',
  { agents: ['1001'] },
  async (town) => {
    town.phone('1001').unregister();
    const caller = town.arrives();
    await town.until(() => (town.visit(caller)?.asks ?? 0) >= 2);
    expect(caller.place).toBe('waiting');
    town.phone('1001').register();
    await reaches(town, caller, '1001');
  },
);

const REFUSALS = [
  ['is busy', { kind: 'busy' }],
  ['declines', { kind: 'declines', afterMs: 50 }],
  ['lets it ring', { kind: 'rings-out' }],
  ['has a phone that is switched off', { kind: 'dead' }],
] as const;

for (const [does, behaviour] of REFUSALS) {
  scenario(`a caller whose agent ${does} keeps their place and reaches the next one`, {}, async (town) => {
    town.phone('1001').setBehaviour(behaviour);
    town.movidesk.setOnline('1002', false);
    const caller = town.arrives();
    await town.until(() => town.pbx.stats.offers === 1);
    const later = town.arrives();
    // Asked about again: from now on it is the first caller's turn, and not the later one's.
    await town.until(() => town.named(caller).length > 1 && town.visit(later) !== undefined);
    town.movidesk.setOnline('1002', true);
    await town.until(() => caller.talkingTo === '1002');
    expect(later.place).toBe('waiting');
    await reaches(town, caller, '1002');
    expect(town.pbx.stats.offers).toBe(2);
    await town.until(() => later.place === 'talking');
    later.hangUp();
    await town.ended(later);
  });
}

scenario('a caller whom the PBX did not move, though it said so, is tried again', {}, async (town) => {
  town.pbx.faults.nextRedirectDoesNothing();
  const caller = town.arrives();
  await reaches(town, caller, '1002');
  expect(town.named(caller)).toEqual(['1001', '1002']);
});

scenario(
  'two callers named the same agent at the same time are served one after the other',
  { agents: ['1001'], reserveNamed: false },
  async (town) => {
    const callers = [town.arrives(), town.arrives()];
    await town.until(() => callers.every((caller) => town.named(caller).length > 0));
    await town.until(() => callers.some(({ place }) => place === 'talking'));
    const [first] = callers.filter(({ place }) => place === 'talking');
    const [second] = callers.filter((caller) => caller !== first);
    if (first === undefined || second === undefined) throw new Error('both talk to one agent');
    expect(second.place).toBe('waiting');
    await reaches(town, first, '1001');
    await reaches(town, second, '1001');
    expect(town.pbx.stats.offersToBusyPhones).toBe(0);
  },
);
