import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'vitest';

/**
 * How long, and from which seed: `npm test` runs each property a fixed number of times, `npm run fuzz` for its share of
 * the minutes that it is given. Seed and path are printed, and taken from the environment by whoever wants the same again.
 */
const SEED = Number(process.env['FUZZ_SEED'] ?? randomInt(0x7000_0000));
const PATH = process.env['FUZZ_PATH'];
const MS_PER_FILE = Number(process.env['FUZZ_MS_PER_FILE'] ?? 0);
const IS_LONG = MS_PER_FILE > 0;

// After this no smaller example is looked for: each may have a deadline to wait for.
const SHRINKING_MS = 40_000;
const FAST_TIMEOUT_MS = 60_000;
// The last runs and the shrinking come on top of the share.
const LONG_TIMEOUT_MS = MS_PER_FILE + 5 * 60_000;

let properties = 0;

process.stdout.write(`fuzz seed ${SEED}\n`);

export interface Property<Values> {
  /** In `npm test`. */
  readonly runs: number;
  readonly of: fc.Arbitrary<Values>;
  readonly check: (values: Values) => void | Promise<void>;
}

/** A test of many runs. Where it fails, fast-check prints seed, path and the smallest values that it found. */
export function property<Values>(name: string, { runs, of, check }: Property<Values>): void {
  properties += 1;
  test(name, { timeout: IS_LONG ? LONG_TIMEOUT_MS : FAST_TIMEOUT_MS }, async () => {
    const assertion = fc.asyncProperty(of, async (values) => check(values));
    const run = (seed: number, numRuns: number) =>
      fc.assert(assertion, {
        seed,
        numRuns,
        skipAllAfterTimeLimit: SHRINKING_MS,
        ...(PATH === undefined ? {} : { path: PATH }),
      });
    if (IS_LONG) await inPortions(name, Math.ceil(runs / 10), run);
    else await run(SEED, runs);
  });
}

/** For the property's share of the time: portion by portion, so that no run is broken off in its midst. */
async function inPortions(
  name: string,
  size: number,
  run: (seed: number, runs: number) => Promise<void>,
): Promise<void> {
  const until = performance.now() + MS_PER_FILE / properties;
  let portions = 0;
  do {
    await run(SEED + portions, size);
    portions += 1;
  } while (performance.now() < until);
  process.stdout.write(`${portions * size} runs: ${name}\n`);
}
