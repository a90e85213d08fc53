import { expect } from 'vitest';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { scenario } from '../scenario.ts';
import { LINKS, type Town } from '../town.ts';

scenario(
  'callers who wait and talk are taken up again when the daemon is back',
  { agents: ['1001'] },
  async (town) => {
    const talking = await town.arrivesAndTalks();
    const waiting = town.arrives();
    await town.until(() => town.visit(waiting) !== undefined);
    await town.stopDaemon();
    await town.startDaemon();
    const later = town.arrives();
    await town.until(() => town.visit(later) !== undefined);
    talking.hangUp();
    await town.until(() => waiting.talkingTo === '1001');
    expect(later.place).toBe('waiting');
    for (const caller of [waiting, later]) {
      await town.until(() => caller.place === 'talking');
      caller.hangUp();
    }
    for (const caller of [talking, waiting, later]) {
      await town.ended(caller);
      expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
    }
  },
);

scenario(
  'a caller answered while the daemon was away is talking when it is back',
  { ringSeconds: 6 },
  async (town) => {
    town.phone('1001').setBehaviour({ kind: 'rings-out' });
    const caller = town.arrives();
    await town.until(() => town.phone('1001').isRinging);
    await town.stopDaemon();
    town.phone('1001').answer();
    await town.until(() => caller.place === 'talking');
    await town.startDaemon();
    await town.until(() => town.visit(caller)?.phase === 'talking');
    caller.hangUp();
    await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
  },
);

scenario(
  'a caller answered and gone while the daemon was away is completed, with the recording',
  { ringSeconds: 6 },
  async (town) => {
    town.phone('1001').setBehaviour({ kind: 'rings-out' });
    const caller = town.arrives();
    await town.until(() => town.phone('1001').isRinging);
    await town.stopDaemon();
    town.phone('1001').answer();
    await town.until(() => caller.place === 'talking');
    const recording = caller.variable('MOVIDESK_RECORDING');
    caller.hangUp();
    await town.until(() => caller.place === 'gone');
    await town.startDaemon();
    const call = await town.ended(caller);
    expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
    expect(call.link).toBe(`${LINKS}${recording}`);
    // Told, so the PBX need not remember it any longer.
    await town.until(() => town.pbx.diary(call.callId) === '');
  },
);

scenario(
  'a talk that ended while the daemon was away is completed, and who gave up waiting is canceled',
  { agents: ['1001'] },
  async (town) => {
    const talking = await town.arrivesAndTalks();
    const recording = talking.variable('MOVIDESK_RECORDING');
    const waiting = town.arrives();
    await town.until(() => town.visit(waiting) !== undefined);
    await town.stopDaemon();
    for (const caller of [talking, waiting]) caller.hangUp();
    await town.until(() => talking.place === 'gone' && waiting.place === 'gone');
    await town.startDaemon();
    expect(await town.ended(talking)).toMatchObject({ ending: 'completed', link: `${LINKS}${recording}` });
    expect(await town.ended(waiting)).toMatchObject({ ending: 'canceled' });
  },
);

scenario('a caller who came while the daemon was away is served when it is back', {}, async (town) => {
  await town.stopDaemon();
  const callers = [town.arrives(), town.arrives({ via: 'asterisk-queue' })];
  await town.startDaemon();
  for (const caller of callers) {
    await town.until(() => caller.place === 'talking');
    caller.hangUp();
    expect(await town.ended(caller)).toMatchObject({ ending: 'completed' });
  }
});

scenario(
  'the limit of ten requests in a minute holds over a restart',
  { requestsPerMinute: 10 },
  async (town) => {
    for (const { name } of town.pbx.phones) town.movidesk.setOnPhone(name, false);
    const callers = Array.from({ length: 9 }, () => town.arrives());
    // Three permits are kept for endings.
    await town.until(() => town.movidesk.calls().length === 7);
    const [first, second, third, fourth] = callers;
    for (const caller of [first, second, third]) caller?.hangUp();
    await town.until(() => town.movidesk.ledger.length === 10);
    await town.stopDaemon();
    await town.startDaemon();
    fourth?.hangUp();
    const newcomer = town.arrives();
    await town.until(() => isKept(town, fourth?.uniqueid ?? '', newcomer.uniqueid));
    expect(await requestsKept(town)).toBe(10);
    expect(town.movidesk.ledger.length).toBe(10);
  },
);

/** Whether the one's ending and the other's arrival are committed: whatever could be sent for them was started with it. */
async function isKept(town: Town, gone: string, arrived: string): Promise<boolean> {
  const { entries, openCalls } = await kept(town);
  return (
    entries.some(({ report }) => report.callId.includes(gone)) &&
    openCalls.some(({ uniqueid }) => uniqueid === arrived)
  );
}

const requestsKept = async (town: Town) => (await kept(town)).requestsStartedAt.length;

async function kept({ storePath }: Town) {
  const store = new SqliteStore(storePath, systemClock);
  try {
    return await store.load();
  } finally {
    await store.close();
  }
}
