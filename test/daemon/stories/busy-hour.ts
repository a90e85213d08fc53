import { expect } from 'vitest';
import type { PbxSimulator } from '../../../src/simulators/pbx/pbx-simulator.ts';
import { startPeople } from '../../../src/simulators/pbx/people.ts';
import { seededRandom } from '../../../src/simulators/pbx/random.ts';
import { scenario } from '../scenario.ts';
import type { Town } from '../town.ts';

const CALLERS = 60;
// With sixteen agents most callers find one at once; with eight a line forms, and many give up or wait too long.
const HOURS = [
  { seed: 20_240_917, agentCount: 16 },
  { seed: 7, agentCount: 8 },
];

const agentsOf = (count: number) => Array.from({ length: count }, (_, index) => String(1001 + index));

for (const { seed, agentCount } of HOURS) {
  scenario(
    `each of sixty callers of ${agentCount} agents has exactly one ending (seed ${seed})`,
    { agents: agentsOf(agentCount), maxWaitSeconds: 3 },
    async (town) => {
      const visits = watchVisits(town.pbx);
      const people = startPeople(town.pbx, {
        calls: CALLERS,
        callsPerMinute: 20,
        pace: 18,
        talkSeconds: 30,
        patienceSeconds: 60,
        random: seededRandom(seed),
        queues: [{ queue: 'support' }, { queue: 'sales', via: 'asterisk-queue' }],
      });
      const { callers } = town.pbx;
      await town.until(() => callers.length === CALLERS, 20_000);
      await town.until(() => callers.every(({ place }) => place === 'gone'), 45_000);
      people.stop();
      await town.until(() => town.movidesk.calls().length === visits.count && hasEnded(town));
      for (const { callId } of town.movidesk.calls())
        expect(endingsTold(town, callId), callId).toHaveLength(1);
      expect(town.movidesk.calls().length).toBeGreaterThanOrEqual(CALLERS);
    },
    30_000,
  );
}

/** Every time that a caller stands in a queue: each is a call to Movidesk. */
function watchVisits(pbx: PbxSimulator): { count: number } {
  const visits = { count: 0 };
  pbx.onEvent(({ name, headers }) => {
    const isEntry = headers.some(([header, value]) => header === 'UserEvent' && value === 'MovideskCall');
    if (isEntry || name === 'QueueCallerJoin') visits.count += 1;
  });
  return visits;
}

const hasEnded = ({ movidesk }: Town) => movidesk.calls().every(({ phase }) => phase === 'ended');

function endingsTold({ movidesk }: Town, ofCall: string): readonly string[] {
  const told = movidesk.ledger
    .filter(({ callId, status }) => callId === ofCall && status === 200)
    .map(({ operation = '', query }) => `${operation} ${JSON.stringify(query)}`)
    .filter((words) => /completed|lost|canceled/.test(words));
  // A report may be repeated, word for word.
  return [...new Set(told)];
}
