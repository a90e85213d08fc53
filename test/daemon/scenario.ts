import { expect, test, vi } from 'vitest';
import { Town, type TownSettings } from './town.ts';

// Stories spend their time waiting, each in a town of its own: this many at once keep one processor half busy.
vi.setConfig({ maxConcurrency: 40 });

type Story = (town: Town) => Promise<void>;

/** A story in a town of its own. However it goes, no rule of Movidesk's page is broken, and no phone is offered twice. */
export function scenario(name: string, settings: TownSettings, story: Story, timeoutMs = 20_000): void {
  test.concurrent(name, { timeout: timeoutMs }, async () => {
    await using town = await Town.build(settings);
    try {
      await story(town);
      expect(town.movidesk.violations()).toEqual([]);
      expect(town.pbx.stats.doubleOffers).toBe(0);
    } catch (error) {
      throw withTale(error, town);
    }
  });
}

/** The same error, so that the runner can show what was expected. */
function withTale(error: unknown, town: Town): unknown {
  if (error instanceof Error) error.message += `\n${town.tale}`;
  return error;
}
