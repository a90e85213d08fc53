import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

// What needs more of the machine than Node: each is run by a script of its own, which installs what it needs.
const APART = ['asterisk', 'browser', 'systemd', 'package', 'docker'] as const;

interface Limits {
  readonly testTimeout: number;
  readonly hookTimeout: number;
}

const MINUTE: Limits = { testTimeout: 60_000, hookTimeout: 60_000 };
// Files are unpacked, systems and containers started; lintian reads a hundred megabytes of Node.
const MINUTES: Limits = { testTimeout: 240_000, hookTimeout: 120_000 };

const project = (
  name: string,
  { testTimeout, hookTimeout }: Limits,
  exclude: readonly string[] = [],
): TestProjectInlineConfiguration => ({
  test: {
    name,
    include: [name === 'unit' ? 'test/**/*.test.ts' : `test/${name}/**/*.test.ts`],
    exclude: [...exclude],
    // A test that hangs is a failure. The longest of a minute starts a few processes, or waits for a ring limit.
    testTimeout,
    hookTimeout,
    retry: 0,
  },
});

const without = APART.map((name) => `test/${name}/**`);

export default defineConfig({
  test: {
    pool: 'forks',
    globalSetup: 'test/kept-output/all-secrets-kept.ts',
    projects: [
      project('unit', MINUTE, without),
      project('asterisk', MINUTE),
      project('browser', MINUTE),
      project('systemd', MINUTE),
      project('package', MINUTES),
      project('docker', MINUTES),
    ],
  },
});
