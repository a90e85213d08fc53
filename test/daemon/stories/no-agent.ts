import { expect } from 'vitest';
import { scenario } from '../scenario.ts';
import { LINKS, SUPPORT, type Town } from '../town.ts';

const REASONS: readonly (readonly [string, (town: Town) => void])[] = [
  ['on a holiday', (town) => town.movidesk.setCalendar(SUPPORT, 'holiday')],
  ['outside working hours', (town) => town.movidesk.setCalendar(SUPPORT, 'closed')],
  [
    'with no agent online',
    (town) => {
      for (const { name } of town.pbx.phones) town.movidesk.setOnline(name, false);
    },
  ],
];

for (const [when, arrange] of REASONS) {
  scenario(`a caller ${when} leaves a message, and is lost with its link`, {}, async (town) => {
    arrange(town);
    const caller = town.arrives();
    caller.leaveMessage(0.1);
    const call = await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'lost']);
    expect(call.link).toBe(`${LINKS}${caller.variable('MOVIDESK_RECORDING')}`);
    expect(call.asks).toBe(1);
  });

  scenario(`a caller ${when} who leaves no message is lost without a link`, {}, async (town) => {
    arrange(town);
    const caller = town.arrives();
    await town.until(() => caller.place === 'leaving');
    caller.hangUp();
    const call = await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'lost']);
    expect(call.link).toBeUndefined();
  });
}

scenario(
  'a caller waits while nobody is on the phone, and is asked about until somebody is',
  {},
  async (town) => {
    for (const { name } of town.pbx.phones) town.movidesk.setOnPhone(name, false);
    const caller = town.arrives();
    await town.until(() => (town.visit(caller)?.asks ?? 0) > 2);
    expect(caller.place).toBe('waiting');
    town.movidesk.setOnPhone('1002', true);
    await town.until(() => caller.talkingTo === '1002');
    caller.hangUp();
    await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'transfered 1002', 'completed']);
  },
);

scenario(
  'a caller waits while all agents talk, and reaches the first who is free',
  { agents: ['1001'] },
  async (town) => {
    const first = await town.arrivesAndTalks();
    const second = town.arrives();
    await town.until(() => (town.visit(second)?.asks ?? 0) > 0);
    expect(second.place).toBe('waiting');
    first.hangUp();
    await town.until(() => second.talkingTo === '1001');
    second.hangUp();
    await town.ended(second);
    expect(town.told(second)).toEqual(['received', 'transfered 1001', 'completed']);
  },
);

scenario('callers are served in the order in which they came', { agents: ['1001'] }, async (town) => {
  const busy = await town.arrivesAndTalks();
  const callers = [town.arrives(), town.arrives(), town.arrives()];
  await town.until(() => callers.every((caller) => town.visit(caller) !== undefined));
  let before = busy;
  for (const caller of callers) {
    const last = before;
    last.hangUp();
    await town.until(() => last.place === 'gone');
    await town.until(() => callers.some(({ place }) => place === 'talking'));
    expect(callers.map(({ place }) => place === 'talking')).toEqual(callers.map((one) => one === caller));
    before = caller;
  }
  before.hangUp();
  await town.ended(before);
});

scenario(
  'a caller who has waited too long leaves a message, and is lost with its link',
  { agents: ['1001'], maxWaitSeconds: 1 },
  async (town) => {
    town.phone('1001').dnd(true);
    const caller = town.arrives();
    caller.leaveMessage(0.1);
    const call = await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'lost']);
    expect(call.link).toBe(`${LINKS}${caller.variable('MOVIDESK_RECORDING')}`);
    expect(town.pbx.stats.offers).toBe(0);
  },
);
