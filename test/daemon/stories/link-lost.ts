import { expect } from 'vitest';
import type { Caller } from '../../../src/simulators/pbx/caller.ts';
import { scenario } from '../scenario.ts';
import { ALIVE, type Town, type TownSettings } from '../town.ts';

// A caller rings for as long as a link takes to come back; a booted PBX does not give out the ids of a second ago.
const SETTINGS: TownSettings = { agents: ['1001', '1002'], ringSeconds: 6, timing: { bootMs: 1_000 } };

interface Three {
  readonly talking: Caller;
  readonly ringing: Caller;
  readonly waiting: Caller;
}

/** One talks to 1001, one rings at 1002, and for the third nobody is left. */
async function threeCallers(town: Town): Promise<Three> {
  const talking = await town.arrivesAndTalks();
  await town.until(() => town.visit(talking)?.phase === 'talking');
  town.phone('1002').setBehaviour({ kind: 'rings-out' });
  const ringing = town.arrives();
  await town.until(() => town.phone('1002').isRinging);
  const waiting = town.arrives();
  await town.until(() => (town.visit(waiting)?.asks ?? 0) > 0);
  return { talking, ringing, waiting };
}

async function linkIsBack({ pbx }: Town): Promise<void> {
  await pbx.waitFor(() => pbx.loggedIn === 0);
  await pbx.waitFor(() => pbx.loggedIn === 1);
}

scenario(
  'callers who wait, ring and talk go on after the link to the PBX was cut',
  SETTINGS,
  async (town) => {
    const { talking, ringing, waiting } = await threeCallers(town);
    town.pbx.dropConnections();
    await linkIsBack(town);
    town.phone('1002').answer();
    await town.until(() => town.visit(ringing)?.phase === 'talking');
    talking.hangUp();
    await town.until(() => waiting.talkingTo === '1001');
    for (const caller of [ringing, waiting]) caller.hangUp();
    for (const caller of [talking, ringing, waiting]) await town.ended(caller);
    expect(town.told(talking)).toEqual(['received', 'transfered 1001', 'completed']);
    expect(town.told(ringing)).toEqual(['received', 'transfered 1002', 'completed']);
    expect(town.told(waiting)).toEqual(['received', 'transfered 1001', 'completed']);
  },
);

scenario('what callers did while the link to the PBX was cut is found out', SETTINGS, async (town) => {
  const { talking, ringing, waiting } = await threeCallers(town);
  town.pbx.dropConnections();
  await town.pbx.waitFor(() => town.pbx.loggedIn === 0);
  town.phone('1002').answer();
  for (const caller of [talking, waiting]) caller.hangUp();
  await town.until(() => ringing.place === 'talking' && talking.place === 'gone' && waiting.place === 'gone');
  await town.until(() => town.visit(ringing)?.phase === 'talking');
  ringing.hangUp();
  for (const caller of [talking, ringing, waiting]) await town.ended(caller);
  expect(town.told(talking)).toEqual(['received', 'transfered 1001', 'completed']);
  expect(town.told(ringing)).toEqual(['received', 'transfered 1002', 'completed']);
  expect(town.told(waiting)).toEqual(['received', 'canceled']);
});

const DEATHS = [
  ['is restarted', (town: Town) => town.pbx.restart()],
  ['is killed', (town: Town) => town.pbx.crash()],
] as const;

for (const [happens, die] of DEATHS) {
  scenario(`every caller’s ending is reported when the PBX ${happens}`, SETTINGS, async (town) => {
    const { talking, ringing, waiting } = await threeCallers(town);
    await die(town);
    for (const caller of [talking, ringing, waiting]) await town.ended(caller);
    expect(town.told(talking)).toEqual(['received', 'transfered 1001', 'completed']);
    expect(town.told(ringing)).toEqual(['received', 'canceled']);
    expect(town.told(waiting)).toEqual(['received', 'canceled']);
    // The PBX has forgotten that we are here, and sends callers to the fallback until it is told again.
    await town.until(() => town.pbx.variable(ALIVE) !== '', 3_000);
    const served = await town.arrivesAndTalks();
    served.hangUp();
    await town.ended(served);
  });
}
