import { beforeEach, describe, expect, test } from 'vitest';
import { degraded, down, READY, type Readiness } from '../../src/ports/readiness.ts';
import type { ServiceNews } from '../../src/ports/service-manager.ts';
import { ServiceWatch } from '../../src/runtime/service-watch.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { MemoryLog } from '../fakes/memory-log.ts';

interface Patience {
  readonly patienceMs: number | undefined;
}

const PATIENCE_MS = 60_000;
const SERVING: Readiness = { daemon: READY, pbx: READY, helpDesk: READY };
const UNLINKED: Readiness = { ...SERVING, pbx: down('not connected') };

describe('a daemon that is watched by the service manager', () => {
  let clock: ManualClock;
  let heard: ServiceNews[];
  let stop: AbortController;
  const watched = { readiness: SERVING, isAlive: true };

  beforeEach(() => {
    clock = new ManualClock();
    heard = [];
    stop = new AbortController();
    Object.assign(watched, { readiness: UNLINKED, isAlive: true });
  });

  function start({ patienceMs }: Patience = { patienceMs: PATIENCE_MS }): ServiceWatch {
    const tell = (news: ServiceNews) => heard.push(news);
    const manager = { patienceMs, tell, settled: () => Promise.resolve() };
    return ServiceWatch.start({ watched, manager, clock, log: new MemoryLog() }, stop.signal);
  }
  const signsOfLife = () => heard.filter(({ alive }) => alive).length;

  test('is not ready before the PBX is reconciled, and says what is waited for', async () => {
    start();
    await clock.pass(10_000);
    expect(heard.some(({ ready }) => ready)).toBe(false);
    expect(heard[0]?.status).toBe('Not serving; pbx: not connected');
  });

  test('is ready once it is, though Movidesk is silent, and says so once', async () => {
    start();
    watched.readiness = { ...SERVING, helpDesk: down('silent') };
    await clock.pass(1_000);
    watched.readiness = UNLINKED;
    await clock.pass(1_000);
    watched.readiness = SERVING;
    await clock.pass(1_000);
    expect(heard.filter(({ ready }) => ready)).toHaveLength(1);
    expect(heard.map(({ status }) => status).filter(Boolean)).toEqual([
      'Not serving; pbx: not connected',
      'Not serving; helpDesk: silent',
      'Not serving; pbx: not connected',
      'Serving',
    ]);
  });

  test('serves with a relay that fails, and says what is wrong with it', async () => {
    watched.readiness = { ...SERVING, udesk: degraded('silent') };
    start();
    expect(heard[0]?.status).toBe('Serving; udesk: silent');
  });

  test('gives three signs of life in the time that it is given, connected or not', async () => {
    start();
    await clock.pass(PATIENCE_MS);
    expect(signsOfLife()).toBe(4);
  });

  test('gives none while its loop is stuck, and again when it comes round', async () => {
    start();
    watched.isAlive = false;
    await clock.pass(PATIENCE_MS);
    expect(signsOfLife()).toBe(1);
    watched.isAlive = true;
    await clock.pass(1_000);
    expect(signsOfLife()).toBe(2);
  });

  test('gives none where nobody waits for it', async () => {
    start({ patienceMs: undefined });
    await clock.pass(PATIENCE_MS);
    expect(signsOfLife()).toBe(0);
  });

  test('says that it stops, once, when it cannot go on as well', async () => {
    start();
    watched.readiness = { ...UNLINKED, daemon: down('it is stopping') };
    await clock.pass(2_000);
    expect(heard.filter(({ stopping }) => stopping)).toHaveLength(1);
    stop.abort();
    expect(heard.filter(({ stopping }) => stopping)).toHaveLength(1);
  });

  test('says that it stops, and gives signs of life until it has stopped', async () => {
    const watch = start();
    stop.abort();
    expect(heard.at(-1)).toEqual({ stopping: true });
    await clock.pass(PATIENCE_MS);
    expect(signsOfLife()).toBe(4);
    await watch[Symbol.asyncDispose]();
    await clock.pass(PATIENCE_MS);
    expect(signsOfLife()).toBe(4);
  });
});
