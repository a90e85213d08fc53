import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/asterisk/**'],
    // A test that hangs is a failure; nothing here waits on a real clock for longer than this.
    testTimeout: 20_000,
    retry: 0,
  },
});
