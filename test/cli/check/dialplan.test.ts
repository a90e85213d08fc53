import { expect, test } from 'vitest';
import { dialplanFindings } from '../../../src/cli/check/dialplan.ts';
import { configOf, fileWith, load } from '../../config/config-builder.ts';

const config = configOf(load({ yaml: fileWith() }));

test('a dialplan in which nothing of ours is loaded is one thing to mend, and told in one line', async () => {
  expect(await dialplanFindings(config, async () => false)).toMatchObject([
    {
      state: 'FAIL',
      name: 'contexts',
      found: expect.stringMatching(/movidesk-entry, movidesk-hold.*nobody could come in/),
      remedy: expect.stringMatching(/extensions_movidesk\.conf.*dialplan reload/),
    },
  ]);
});

test('where one of our contexts is there, each of the others is told', async () => {
  const findings = await dialplanFindings(config, async (context) => context === 'movidesk-hold');
  expect(findings.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'context movidesk-entry FAIL',
    'context movidesk-hold ok',
    'context movidesk-agent FAIL',
    'context movidesk-lost FAIL',
    'context movidesk-fallback FAIL',
    'context movidesk-diary warn',
  ]);
});

test('a PBX that does not say what is in it is not said to have nothing', async () => {
  const findings = await dialplanFindings(config, async () => undefined);
  expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(['warn']));
});

test('calls made from Movidesk need the diary: nothing else tells what became of them', async () => {
  const activeCall = { enabled: true, auth: 'none', extensions: ['1001'], dialContext: 'from-internal' };
  const calling = configOf(load({ yaml: fileWith({ activeCall }) }));
  const findings = await dialplanFindings(calling, async (context) => context === 'movidesk-hold');
  expect(findings).toContainEqual(expect.objectContaining({ name: 'context movidesk-diary', state: 'FAIL' }));
});
