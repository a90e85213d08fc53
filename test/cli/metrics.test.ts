import { expect, test } from 'vitest';
import { startMovideskSimulator } from '../../src/simulators/movidesk/simulator.ts';
import { startPbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import { readExposition, sampleValue } from '../observe/exposition.ts';
import { Office } from './office.ts';
import type { Process } from './process.ts';

async function metricsOf(daemon: Process) {
  const said = await daemon.says('"from":"new"');
  const [, url = ''] = /"url":"([^"]+)"/.exec(said) ?? [];
  const read = readExposition(await (await fetch(`${url}/metrics`)).text());
  return (name: string, labels: Readonly<Record<string, string>> = {}) =>
    sampleValue(read, `asterisk_movidesk_${name}`, labels);
}

test('the metrics of a daemon at work say that it serves, what the PBX told it, who is there, and what room its store has', async () => {
  const pbx = await startPbxSimulator({ username: 'movidesk', secret: 'sesame', phones: ['1001'] });
  const movidesk = await startMovideskSimulator({
    token: 'c0ffee00',
    requestsPerMinute: 600,
    queues: [{ id: 1, agents: [] }],
    reserveNamed: false,
  });
  try {
    using office = new Office({ amiPort: pbx.port, movideskUrl: movidesk.url });
    const daemon = office.daemon();
    // Before the first heartbeat they would go to the fallback.
    await pbx.waitFor(() => pbx.variable('MOVIDESK_BRIDGE_ALIVE') !== '');
    pbx.callerArrives({ queue: 'support', number: '5511987654321' });
    const value = await metricsOf(daemon);
    expect([value('serving'), value('ami_connected'), value('part_health', { part: 'pbx' })]).toEqual([
      1, 1, 1,
    ]);
    expect(value('ami_events_total')).toBeGreaterThan(0);
    expect(value('ami_malformed_total')).toBe(0);
    expect(value('store_bytes')).toBeGreaterThan(4_096);
    expect(value('store_disk_free_bytes')).toBeGreaterThan(0);
    const open = ['waiting', 'leaving'].map((phase) => value('calls_open', { phase }) ?? 0);
    expect(open.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(value('outbox_parked', { lane: 'movidesk' })).toBe(0);
    daemon.signal('SIGTERM');
    expect((await daemon.ended).code).toBe(0);
  } finally {
    await pbx.close();
    await movidesk.close();
  }
});
