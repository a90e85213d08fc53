import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/asterisk/**'],
    // A test that hangs is a failure. The longest starts a few processes, one second each; beside much else, ten.
    testTimeout: 60_000,
    retry: 0,
  },
});
