import { expect } from 'vitest';
import { scenario } from '../scenario.ts';
import { forgedHangup } from './forged-hangup.ts';

scenario('a caller who gives up waiting is canceled', { agents: ['1001'] }, async (town) => {
  town.phone('1001').dnd(true);
  const caller = town.arrives();
  await town.until(() => town.visit(caller) !== undefined);
  caller.hangUp();
  await town.ended(caller);
  expect(town.told(caller)).toEqual(['received', 'canceled']);
});

scenario('a caller who gives up in a memberless queue is canceled', { agents: ['1001'] }, async (town) => {
  town.phone('1001').dnd(true);
  const caller = town.arrives({ via: 'asterisk-queue' });
  await town.until(() => town.visit(caller) !== undefined);
  caller.hangUp();
  await town.ended(caller);
  expect(town.told(caller)).toEqual(['received', 'canceled']);
});

scenario(
  'a caller who hangs up while an extension rings is canceled, and the agent is free again',
  {},
  async (town) => {
    town.phone('1001').setBehaviour({ kind: 'rings-out' });
    const caller = town.arrives();
    await town.until(() => town.phone('1001').isRinging);
    caller.hangUp();
    await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'canceled']);
  },
);

scenario('a caller who hangs up while talking is completed', {}, async (town) => {
  const caller = await town.arrivesAndTalks();
  caller.hangUp();
  await town.ended(caller);
  expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
});

scenario(
  'a caller who was gone before Movidesk could be told is registered and canceled',
  {},
  async (town) => {
    town.movidesk.failNext('any', { status: 503, times: Infinity });
    const caller = town.arrives();
    await town.until(() => town.movidesk.ledger.length > 0);
    caller.hangUp();
    await town.until(() => caller.place === 'gone');
    town.movidesk.endFaults();
    const call = await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'canceled']);
    expect(call.clientNumber).toBe('5511987654321');
  },
);

scenario('a caller who hangs up the moment they arrive is registered and canceled', {}, async (town) => {
  const caller = town.arrives();
  caller.hangUp();
  await town.ended(caller);
  expect(town.told(caller)).toEqual(['received', 'canceled']);
});

scenario('a hangup that somebody forged ends nobody’s talk', {}, async (town) => {
  const victim = await town.arrivesAndTalks();
  town.pbx.forge(forgedHangup(victim));
  // The next caller is served after the forgery was heard.
  const next = await town.arrivesAndTalks();
  next.hangUp();
  await town.ended(next);
  expect(town.visit(victim)?.phase).toBe('talking');
  victim.hangUp();
  await town.ended(victim);
  expect(town.told(victim)).toEqual(['received', 'transfered 1001', 'completed']);
});

scenario(
  'a hangup that somebody forged takes no waiting caller out of the line',
  { agents: ['1001'] },
  async (town) => {
    town.phone('1001').dnd(true);
    const victim = town.arrives();
    await town.until(() => town.visit(victim) !== undefined);
    town.pbx.forge(forgedHangup(victim));
    // Looked into, and found to be false.
    await town.until(() => town.log.lines.some(({ message }) => message.startsWith('hangup refused')));
    town.phone('1001').dnd(false);
    await town.until(() => victim.place === 'talking');
    victim.hangUp();
    await town.ended(victim);
    expect(town.told(victim)).toEqual(['received', 'transfered 1001', 'completed']);
  },
);
