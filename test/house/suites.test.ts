import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import config from '../../vitest.config.ts';
import { textOf } from './source-files.ts';

const projects = (config.test?.projects ?? []).map((project) =>
  typeof project === 'object' && 'test' in project ? String(project.test?.name) : 'unnamed',
);
const apart = projects.filter((name) => name !== 'unit');

test('every suite has a command of its own', () => {
  const scripts: Readonly<Record<string, string>> = packageJson.scripts;
  const runs = (script: string, name: string) => scripts[script]?.includes(`vitest run --project ${name}`);
  expect(apart.filter((name) => !runs(`test:${name}`, name))).toEqual([]);
  expect(runs('test', 'unit')).toBe(true);
  expect(apart.length).toBeGreaterThan(0);
});

test('what guards main runs every suite', () => {
  const run = textOf('.ci/run');
  const named = /^suites=\((.*)\)$/m.exec(run)?.[1]?.split(' ') ?? [];
  expect(named.toSorted()).toEqual(apart.toSorted());
  expect(run).toMatch(/^npm test -- /m);
  expect(run).toMatch(/^for suite in "\$\{suites\[@\]\}"; do\n {2}npm run "test:\$suite"/m);
});
