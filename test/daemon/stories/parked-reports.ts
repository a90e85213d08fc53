import { expect } from 'vitest';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import { run } from '../../cli/process.ts';
import { scenario } from '../scenario.ts';
import type { Town } from '../town.ts';

// Looked at every two seconds, and then a request must be permitted.
const NOTICED_WITHIN_MS = 5_000;

/**
 * Movidesk refuses what is told of a caller's talk, who has left since. `heard`: it has taken it in all the same. Answers
 * the entry that is parked.
 */
async function aRefusedTalk(town: Town, { heard = false } = {}) {
  town.movidesk.failNext('asterisk_transferedCall', { status: 422, body: 'no such ticket', heard });
  const caller = await town.arrivesAndTalks();
  await town.until(() => undeliveredOf(town).some(({ state }) => state === 'parked'));
  caller.hangUp();
  await town.until(() => undeliveredOf(town).length === 2);
  const parked = undeliveredOf(town).find(({ state }) => state === 'parked');
  return { caller, parked: parked?.seq ?? 0 };
}

function undeliveredOf({ storePath }: Town) {
  using reader = new StoreReader(storePath);
  return reader.undelivered();
}

/** The command as an operator types it, in a process of its own. */
async function outbox(town: Town, ...words: readonly string[]): Promise<void> {
  const ended = await run(['outbox', ...words], town.environment);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
}

scenario(
  'what Movidesk refused is told after `outbox retry`, and what waited behind it follows',
  {},
  async (town) => {
    const { caller, parked } = await aRefusedTalk(town);
    expect(town.told(caller)).toEqual(['received']);
    await outbox(town, 'retry', String(parked));
    await town.until(() => undeliveredOf(town).length === 0, NOTICED_WITHIN_MS);
    expect(town.told(caller)).toEqual(['received', 'transfered 1001', 'completed']);
  },
);

scenario(
  'what Movidesk refused is let go by `outbox drop`, and the rest of the call is told',
  {},
  async (town) => {
    const { caller, parked } = await aRefusedTalk(town, { heard: true });
    await outbox(town, 'drop', String(parked));
    await town.until(() => undeliveredOf(town).length === 0, NOTICED_WITHIN_MS);
    expect(town.told(caller)).toEqual(['received', 'completed']);
  },
);
