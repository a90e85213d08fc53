import { expect } from 'vitest';
import { scenario } from '../scenario.ts';
import { LINKS } from '../town.ts';

scenario('a caller reaches the agent Movidesk names, and Movidesk hears how it ended', {}, async (town) => {
  const startedAt = Date.now();
  const caller = await town.arrivesAndTalks();
  expect(caller.talkingTo).toBe('1001');
  await town.until(() => town.visit(caller)?.phase === 'talking');
  const recording = caller.variable('MOVIDESK_RECORDING');
  caller.hangUp();
  const call = await town.ended(caller);
  expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
  expect(call.clientNumber).toBe('5511987654321');
  expect(call.link).toBe(`${LINKS}${recording}`);
  // Written to the second, so the first of them may seem to lie before the start.
  const dates = [startedAt - 1_000, call.callDate, call.transferDate ?? 0, call.endDate ?? 0, Date.now()];
  expect(dates).toEqual(dates.toSorted((one, other) => one - other));
});

scenario('an agent hangs up, and the call is completed', {}, async (town) => {
  const caller = await town.arrivesAndTalks();
  town.phone('1001').hangUp();
  expect(await town.ended(caller)).toMatchObject({ ending: 'completed', extension: '1001' });
});

scenario('a caller put on hold and taken back is still in the same call', {}, async (town) => {
  const caller = await town.arrivesAndTalks();
  town.phone('1001').hold();
  // By the time a second caller has been served, whatever the hold could have done is done.
  const other = await town.arrivesAndTalks();
  expect(other.talkingTo).toBe('1002');
  town.phone('1001').unhold();
  expect(town.visit(caller)?.phase).toBe('talking');
  caller.hangUp();
  await town.ended(caller);
  expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
});

scenario(
  'a caller transferred blind is completed once, when the talk with the colleague ends',
  {},
  async (town) => {
    const caller = await town.arrivesAndTalks();
    expect(town.phone('1001').blindTransfer('1002')).toBe(true);
    await town.until(() => caller.talkingTo === '1002' && !town.phone('1001').isInCall);
    expect(town.visit(caller)?.phase).toBe('talking');
    caller.hangUp();
    await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
  },
);

scenario(
  'a caller handed over after a word with the colleague is completed once, at the end',
  {},
  async (town) => {
    const caller = await town.arrivesAndTalks();
    expect(await town.phone('1001').attendedTransfer('1002')).toBe(true);
    await town.until(() => caller.talkingTo === '1002' && !town.phone('1001').isInCall);
    expect(town.visit(caller)?.phase).toBe('talking');
    town.phone('1002').hangUp();
    await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
  },
);

scenario(
  'a caller sent back to the queue is completed, and served again under a new id',
  {},
  async (town) => {
    const caller = await town.arrivesAndTalks();
    expect(town.phone('1001').transferToQueue('support')).toBe(true);
    await town.ended(caller, 1);
    await town.until(() => caller.place === 'talking');
    caller.hangUp();
    const again = await town.ended(caller, 2);
    expect(town.told(caller, 1)).toEqual(['received', 'transfered 1001', 'completed']);
    expect(town.told(caller, 2)).toEqual(['received', `transfered ${again.extension}`, 'completed']);
  },
);

scenario('a caller with a hostile name and number is served like any other', {}, async (town) => {
  const caller = await town.arrivesAndTalks({
    number: '+55 (11) 99999-0000\r\nEvent: Hangup\r\nUniqueid: 1.0',
    name: 'Zoë "the\r\nquoted" \\ ñ 🙂; DROP TABLE calls',
  });
  caller.hangUp();
  expect(await town.ended(caller)).toMatchObject({ ending: 'completed', clientNumber: '+551199999000010' });
});

scenario('a caller who withholds the number is told as the configured word', {}, async (town) => {
  const caller = await town.arrivesAndTalks({ number: '' });
  caller.hangUp();
  expect(await town.ended(caller)).toMatchObject({ ending: 'completed', clientNumber: 'anonymous' });
});

scenario('a caller of a memberless Asterisk queue reaches an agent', {}, async (town) => {
  const caller = await town.arrivesAndTalks({ via: 'asterisk-queue' });
  caller.hangUp();
  await town.ended(caller);
  expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
});

scenario(
  'a caller taken out of a memberless queue for nothing waits on and reaches the next agent',
  {},
  async (town) => {
    town.phone('1001').setBehaviour({ kind: 'busy' });
    const caller = await town.arrivesAndTalks({ via: 'asterisk-queue' });
    caller.hangUp();
    await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'transfered 1002', 'completed']);
  },
);
