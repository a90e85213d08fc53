import { expect } from 'vitest';
import { startDaemon } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { ListenFault } from '../../../src/observe/http/listen-fault.ts';
import { readExposition, sampleValue } from '../../observe/exposition.ts';
import { serving } from '../../observe/serving.ts';
import { scenario } from '../scenario.ts';
import type { Town } from '../town.ts';

/** Where the daemon that was started last serves HTTP, by its own word. */
function urlIn(town: Town): string {
  const line = town.log.lines.findLast(({ message }) => message.endsWith('health and metrics are served'));
  return String(line?.facts['url']);
}

scenario('what is served ends with the daemon, and begins with the next', {}, async (town) => {
  const url = urlIn(town);
  const metrics = readExposition(await (await fetch(`${url}/metrics`)).text());
  expect(metrics.get('asterisk_movidesk_budget_used_ratio')?.samples).toHaveLength(1);
  await town.stopDaemon();
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  await town.startDaemon();
  expect((await fetch(`${urlIn(town)}/healthz`)).status).toBe(200);
});

scenario('a start that finds its port taken lets go of the store, for the next one', {}, async (town) => {
  await town.stopDaemon();
  await using other = await serving();
  const { port } = new URL(other.url);
  const loaded = loadConfig({ env: { ...town.environment, ASTERISK_MOVIDESK_HTTP_PORT: port } });
  if (!loaded.ok) throw new Error('the environment of a town is not valid');
  await expect(startDaemon(loaded.config, town.log)).rejects.toThrow(ListenFault);
  await town.startDaemon();
});

const ONE_AGENT = { agents: ['1001'] };

scenario('the metrics tell of a call what was asked, and what came of it', ONE_AGENT, async (town) => {
  const read = async () => readExposition(await (await fetch(`${urlIn(town)}/metrics`)).text());
  const newcomers = { reason: 'newcomer', result: 'extension' };
  const waits = 'asterisk_movidesk_excess_wait_seconds_count';
  const caller = await town.arrivesAndTalks();
  const metrics = await read();
  expect(sampleValue(metrics, 'asterisk_movidesk_polls_total', newcomers)).toBe(1);
  expect(sampleValue(metrics, 'asterisk_movidesk_budget_used_ratio')).toBeGreaterThan(0);
  // Nobody can tell since when the agent was free who is seen for the first time.
  expect(sampleValue(metrics, waits, { queue: 'support' })).toBe(0);
  caller.hangUp();
  await town.ended(caller);
  await town.until(() => town.pbx.variable('DEVICE_STATE(PJSIP/1001)') === 'NOT_INUSE');
  await town.arrivesAndTalks();
  expect(sampleValue(await read(), waits, { queue: 'support' })).toBe(1);
});
