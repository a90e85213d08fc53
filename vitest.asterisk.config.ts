import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/asterisk/**/*.test.ts'],
    // Each file has an Asterisk of its own; two keep two cores busy, and a third would make phones answer late.
    pool: 'forks',
    maxWorkers: 2,
    // Real time passes here: a ring limit, a turn of music, a message left.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
  },
});
