/**
 * `npm run fuzz -- --minutes N`: the properties of `test/fuzz`, for as long as one likes instead of the fixed number of runs
 * that `npm test` gives them. `--seed S` begins with that seed; `--path P` with it repeats one failure. What follows `--`
 * goes to vitest (`-- -t "a name"`).
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const FOLDER = new URL('../test/fuzz/', import.meta.url);
const ROOT = fileURLToPath(new URL('..', import.meta.url));

const { values, positionals } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    path: { type: 'string' },
  },
  allowPositionals: true,
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes takes a number above 0, not ${values.minutes}`);
  process.exit(2);
}

// The others are examples and done in seconds.
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => readFileSync(new URL(name, FOLDER), 'utf8').includes('\nproperty('));
const workers = Math.min(availableParallelism(), files.length);
const msPerFile = Math.ceil((minutes * 60_000 * workers) / files.length);

const { status } = spawnSync(
  'vitest',
  ['run', '--project', 'unit', 'test/fuzz', `--maxWorkers=${workers}`, '--reporter=verbose', ...positionals],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      FUZZ_MS_PER_FILE: String(msPerFile),
      ...(values.seed === undefined ? {} : { FUZZ_SEED: values.seed }),
      ...(values.path === undefined ? {} : { FUZZ_PATH: values.path }),
    },
  },
);
process.exit(status ?? 1);
