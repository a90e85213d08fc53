import { expect, test } from 'vitest';
import { extension } from '../domain/builders.ts';
import { Crew, WatchedStage } from './watched-stage.ts';

const SUPPORT = 7;
const WRAP_UP = 20;

interface Served {
  /** Seconds from the ending to each question about the next in line; the last one brought the agent. */
  readonly asked: readonly number[];
}

/** The only agent answers call after call, with the next caller waiting, and wraps up after each. */
async function aMorningOf(stage: WatchedStage, calls: number): Promise<readonly Served[]> {
  const served: Served[] = [];
  stage.pbx.enters('caller-0');
  for (let call = 0; call < calls; call += 1) {
    await untilRung(stage);
    stage.pbx.answers('1001');
    await stage.pass(1);
    stage.pbx.enters(`caller-${call + 1}`);
    await stage.pass(90);
    const endedAt = stage.clock.monotonic();
    stage.pbx.hangsUp(`caller-${call}`);
    await untilRung(stage);
    const asked = stage.askedAt(`caller-${call + 1}`).filter((at) => at >= endedAt);
    served.push({ asked: asked.map((at) => (at - endedAt) / 1_000) });
  }
  return served;
}

async function untilRung(stage: WatchedStage): Promise<void> {
  for (let waited = 0; waited < 120 && stage.pbx.ringing.length === 0; waited += 0.1) await stage.pass(0.1);
  expect(stage.pbx.ringing).toEqual(['1001']);
}

async function stageWithOneAgent(): Promise<WatchedStage> {
  const stage = await WatchedStage.watch();
  new Crew(stage, { wrapUpMs: WRAP_UP * 1_000 }).there.set(extension('1001'), [SUPPORT]);
  return stage;
}

test('after some calls the next in line is asked about when the wrap-up is over, and seldom before', async () => {
  const stage = await stageWithOneAgent();
  const served = (await aMorningOf(stage, 20)).slice(10);
  for (const { asked } of served) {
    // The agent comes to the caller within three seconds of being free.
    expect(asked.at(-1)).toBeGreaterThanOrEqual(WRAP_UP);
    expect(asked.at(-1)).toBeLessThan(WRAP_UP + 3);
    // Asked in vain at most twice before it could be over, and once more about when it is.
    expect(asked.filter((at) => at < WRAP_UP - 2).length).toBeLessThanOrEqual(2);
    expect(asked.length).toBeLessThanOrEqual(4);
  }
});

test('a phone that is picked up and hung up during the wrap-up provokes no question', async () => {
  const stage = await stageWithOneAgent();
  await aMorningOf(stage, 12);
  stage.pbx.answers('1001');
  await stage.pass(1);
  stage.pbx.enters('next');
  await stage.pass(30);
  stage.pbx.hangsUp('caller-12');
  await stage.pass(3);
  const asked = stage.asksAbout('next');
  stage.pbx.phones.shows('1001', 'INUSE');
  await stage.pass(0.5);
  stage.pbx.phones.shows('1001', 'NOT_INUSE');
  await stage.pass(2);
  expect(stage.asksAbout('next')).toBe(asked);
});
