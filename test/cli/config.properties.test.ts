import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownConfig } from '../../src/cli/config.ts';
import { schema } from '../../src/config/schema.ts';
import { environmentName, settingsOf } from '../../src/config/setting.ts';
import { WITH_ALL_SECRETS } from '../config/config-builder.ts';
import { ConfigFolder } from './process.ts';

const SECRETS = settingsOf(schema).flatMap(({ path, setting: { secret } }) =>
  secret === undefined ? [] : [{ path, credential: secret.credential }],
);

const WAYS = ['written', 'file', 'variable', 'file by variable', 'credential', 'nothing'] as const;
type Way = (typeof WAYS)[number];

// The middle is what is looked for: nothing of ours reads like it. Around it anything may stand, so that some are refused.
const aCore = fc.stringMatching(/^[a-z0-9]{14}$/);
const anEdge = fc.string({ unit: 'binary', maxLength: 6 });
const aGiven = fc.record({
  core: aCore,
  before: anEdge,
  after: anEdge,
  ways: fc.subarray([...WAYS], { maxLength: 2 }),
});
type GivenSecret = typeof aGiven extends fc.Arbitrary<infer One> ? One : never;

// Nothing, a value out of range, a key that does not exist, a line that is no YAML, and a secret in the wrong place.
const aSlip = fc.constantFrom(
  '',
  'log: { level: loud }',
  'movidesks: { token: x }',
  'asterisk: [',
  'http: { prot: 1 }',
);

/** Gives it in that way: in the file's groups, the environment, or a file beside them. */
function give(way: Way, at: { path: string; credential: string; text: string }, into: World): void {
  const { path, credential, text } = at;
  const [group = '', key = ''] = path.split('.');
  const keys = into.groups[group] ?? {};
  if (way === 'written') keys[key] = text;
  if (way === 'file') keys[`${key}File`] = into.folder.write(`${path}-1`, text);
  if (way === 'variable') into.env[environmentName(path)] = text;
  if (way === 'file by variable')
    into.env[environmentName(`${path}File`)] = into.folder.write(`${path}-2`, text);
  if (way === 'credential') into.folder.write(join('credentials', credential), text);
}

interface World {
  readonly folder: ConfigFolder;
  readonly groups: Record<string, Record<string, unknown>>;
  readonly env: Record<string, string>;
}

function shown(given: readonly GivenSecret[], slip: string): readonly string[] {
  using folder = new ConfigFolder();
  mkdirSync(join(folder.path, 'credentials'));
  const env = { CREDENTIALS_DIRECTORY: join(folder.path, 'credentials') };
  const world: World = { folder, groups: structuredClone(WITH_ALL_SECRETS), env };
  SECRETS.forEach((secret, index) => {
    const { before = '', core = '', after = '', ways = [] } = given[index] ?? {};
    for (const way of ways) give(way, { ...secret, text: before + core + after }, world);
  });
  const groups = Object.entries(world.groups).map(([name, keys]) => `${name}: ${JSON.stringify(keys)}`);
  const queues = 'queues: [{ name: support, movideskQueueId: 1 }]';
  const file = folder.write('config.yaml', [...groups, queues, slip].join('\n'));
  return [true, false].map((json) => JSON.stringify(shownConfig({ file, json }, world.env)));
}

/** Half of the time nothing is wrong, each secret being given in one way, as it should be. */
const aWorld = fc
  .tuple(fc.array(aGiven, { minLength: SECRETS.length, maxLength: SECRETS.length }), aSlip, fc.boolean())
  .map(([given, slip, isClean]) => {
    if (!isClean) return { given, slip };
    const clean = given.map(({ core, ways: [way = 'written'] }) => ({
      core,
      before: '',
      after: core,
      ways: [proper(way)],
    }));
    return { given: clean, slip: '' };
  });

const proper = (way: Way): Way => (way === 'nothing' ? 'credential' : way);

test('no secret is ever shown, in whatever way it was given and whatever else is wrong', () => {
  const seen = { starred: 0, refused: 0 };
  fc.assert(
    fc.property(aWorld, ({ given, slip }) => {
      for (const text of shown(given, slip)) {
        for (const { core } of given) expect(text).not.toContain(core);
        if (text.includes('********')) seen.starred += 1;
        if (text.includes('"code":78')) seen.refused += 1;
      }
    }),
    { numRuns: 200 },
  );
  // Both kinds were looked at, or this would prove little.
  expect(Math.min(seen.starred, seen.refused)).toBeGreaterThan(10);
});
