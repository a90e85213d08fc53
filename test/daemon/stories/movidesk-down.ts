import { expect } from 'vitest';
import { scenario } from '../scenario.ts';
import { ALIVE, type Town } from '../town.ts';

// Two seconds more than lie between two beats at the most; the dialplan's own fifteen would be long to wait for.
const ENTRY_STALE_SECONDS = 8;

const heartbeatAge = ({ pbx }: Town) => Number(pbx.variable('EPOCH')) - Number(pbx.variable(ALIVE));

scenario(
  'callers go to the fallback while Movidesk is down for too long, and are reported lost when it is back',
  { failOpenAfterSeconds: 5, timing: { entryStaleSeconds: ENTRY_STALE_SECONDS } },
  async (town) => {
    const talking = await town.arrivesAndTalks();
    await town.until(() => town.visit(talking)?.phase === 'talking');
    town.movidesk.failNext('any', { status: 503, times: Number.POSITIVE_INFINITY });
    const waiting = town.arrives();
    const alsoWaiting = town.arrives({ via: 'asterisk-queue' });
    await town.until(() => [waiting, alsoWaiting].every(({ place }) => place === 'fallback'));
    await town.until(() => heartbeatAge(town) > ENTRY_STALE_SECONDS, 12_000);
    const newcomer = town.arrives();
    await town.until(() => newcomer.place === 'fallback');
    // They are served without us.
    waiting.answeredInFallback('1002');
    await town.until(() => waiting.talkingTo === '1002');
    for (const caller of [talking, waiting, alsoWaiting, newcomer]) caller.hangUp();
    await town.until(() => talking.place === 'gone' && waiting.place === 'gone');
    town.movidesk.endFaults();
    await town.ended(talking);
    await town.ended(waiting);
    await town.ended(alsoWaiting);
    expect(town.told(talking)).toEqual(['received', 'transfered 1001', 'completed']);
    expect(town.told(waiting)).toEqual(['received', 'lost']);
    expect(town.told(alsoWaiting)).toEqual(['received', 'lost']);
    expect(town.visit(newcomer)).toBeUndefined();
    await town.until(() => heartbeatAge(town) <= 1);
    const served = await town.arrivesAndTalks();
    served.hangUp();
    await town.ended(served);
  },
  30_000,
);

scenario('a caller waits out a short failure of Movidesk', {}, async (town) => {
  town.movidesk.failNext('any', { status: 503, times: 5 });
  const caller = await town.arrivesAndTalks();
  caller.hangUp();
  await town.ended(caller);
  expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
});

scenario('a report whose answer was lost is told again, word for word', {}, async (town) => {
  town.movidesk.failNext('asterisk_transferedCall', { silence: 'reset' });
  town.movidesk.failNext('asterisk_completedCall', { silence: 'hang' });
  const caller = await town.arrivesAndTalks();
  caller.hangUp();
  await town.until(() => town.movidesk.repeats === 2);
  expect(town.visit(caller)).toMatchObject({ phase: 'ended', ending: 'completed' });
});

scenario(
  'a caller is asked about again when Movidesk names an agent and the answer is lost',
  { agents: ['1001'] },
  async (town) => {
    town.movidesk.failNext('asterisk_receivedCall', { silence: 'reset', times: 2 });
    const caller = await town.arrivesAndTalks();
    caller.hangUp();
    await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
  },
);
