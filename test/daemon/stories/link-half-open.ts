import { expect } from 'vitest';
import { scenario } from '../scenario.ts';

// A ping every ten seconds with five to answer: that is how long a link can be dead unnoticed.
const NOTICED_WITHIN_MS = 18_000;

scenario(
  'callers go on rightly once a half-open link to the PBX is noticed',
  { agents: ['1001'] },
  async (town) => {
    const talking = await town.arrivesAndTalks();
    town.pbx.freezeConnections();
    const unseen = town.arrives();
    talking.hangUp();
    await town.until(() => unseen.place === 'talking', NOTICED_WITHIN_MS);
    await town.ended(talking);
    unseen.hangUp();
    await town.ended(unseen);
    expect(town.told(talking)).toEqual(['received', 'transfered 1001', 'completed']);
    expect(town.told(unseen)).toEqual(['received', 'transfered 1001', 'completed']);
  },
  25_000,
);
