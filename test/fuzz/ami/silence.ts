import { afterAll, beforeAll, expect, vi } from 'vitest';

/** Whatever befalls the tests of this file, nothing is printed: the library does where it is at a loss. */
export function nothingIsPrinted(): void {
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const spies: ReturnType<typeof vi.spyOn>[] = [];
  beforeAll(() => {
    spies.push(...methods.map((method) => vi.spyOn(console, method)), vi.spyOn(process.stderr, 'write'));
  });
  afterAll(() => {
    const printed = spies.flatMap((spy) => spy.mock.calls);
    for (const spy of spies) spy.mockRestore();
    expect(printed).toEqual([]);
  });
}
