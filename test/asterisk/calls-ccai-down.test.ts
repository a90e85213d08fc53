import { expect, test } from 'vitest';
import { StoreReader } from '../../src/adapters/sqlite/store-reader.ts';
import { owedIn } from './lab/lab-ccai.ts';
import { loses } from './lab/losses.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();

// Far above what the machine's other work makes of it, and far below any wait for CCAI Platform.
const NOISE_MS = 250;
// It was away for seconds: the next attempt is some seconds off at most.
const RECOVERY_MS = 30_000;
// After two in a row to which no answer came, the next is asked for a minute later (relay-lane.ts).
const SPARED_MS = 60_000;

/** How long Movidesk waited to be told of each thing that happened to a caller. */
interface Waits {
  readonly entered: number;
  readonly ended: number;
}

/** Nobody is there, and whoever is lost is to be called back at once. */
async function withNobody(timeoutMs: number): Promise<Scene> {
  const scene = await pbx.open({ ccai: { delaySeconds: 0, timeoutMs } });
  for (const extension of ['1001', '1002']) scene.movidesk.setOnline(extension, false);
  return scene;
}

async function lostAfter(scene: Scene, number: string): Promise<Waits> {
  const { manager } = scene.lab.pbx;
  const callId = await loses(scene, number);
  const Uniqueid = callId.replace('pbx1-', '');
  const at = async (event: string, fields: Readonly<Record<string, string>>) =>
    manager.arrivedAt(await manager.event(event, { ...fields, Uniqueid }));
  const told = async (operation: Parameters<Scene['told']>[0]) => (await scene.told(operation, callId)).at;
  return {
    entered: (await told('asterisk_receivedCall')) - (await at('UserEvent', { UserEvent: 'MovideskCall' })),
    ended: (await told('asterisk_lostCall')) - (await at('Hangup', {})),
  };
}

/** Three, so that what the machine does besides befalls the middle one of none. */
async function loseThree(scene: Scene, numbers: readonly string[]): Promise<readonly Waits[]> {
  const waits: Waits[] = [];
  for (const number of numbers) waits.push(await lostAfter(scene, number));
  return waits;
}

const middle = (waits: readonly Waits[], what: keyof Waits): number =>
  waits.map((one) => one[what]).toSorted((one, other) => one - other)[1] ?? Number.NaN;

/** Movidesk does not notice. */
function expectSame(before: readonly Waits[], meanwhile: readonly Waits[], how: string): void {
  for (const what of ['entered', 'ended'] as const) {
    const all = [before, meanwhile].map((waits) => waits.map((each) => each[what]).join(', '));
    console.log(`Movidesk hears that a caller has ${what} after ${all[0]} ms; ${how} after ${all[1]} ms`);
    expect(middle(meanwhile, what) - middle(before, what), what).toBeLessThan(NOISE_MS);
  }
}

const BEFORE = ['5511987650101', '5511987650102', '5511987650103'];
const MEANWHILE = ['5511987650104', '5511987650105', '5511987650106'];
const inE164 = (numbers: readonly string[]): readonly string[] => numbers.map((number) => `+${number}`);
const isDegraded = (why: unknown) => ({ status: 200, ccai: { state: 'degraded', why } });

test('with CCAI Platform down Movidesk notices nothing, and everybody is called back once when it is up', async () => {
  const scene = await withNobody(2_000);
  const { ccai, bridge } = scene;
  const before = await loseThree(scene, BEFORE);
  await ccai.toldAll(bridge.storePath);
  expect(await ccai.readiness()).toMatchObject({ status: 200, ccai: { state: 'ready' } });
  await ccai.simulator.goDown();
  const meanwhile = await loseThree(scene, MEANWHILE);
  expectSame(before, meanwhile, 'with CCAI Platform down');
  expect(await ccai.readiness()).toMatchObject(isDegraded(expect.stringMatching(/^nothing but faults for/)));
  expect(owedIn(bridge.storePath)).toHaveLength(3);
  await ccai.simulator.comeUp();
  const upAt = Date.now();
  await ccai.toldAll(bridge.storePath, RECOVERY_MS);
  console.log(`CCAI Platform is back: all was asked for after ${Date.now() - upAt} ms`);
  const called = ccai.simulator.calls.map(({ number }) => number);
  expect(called.toSorted()).toEqual(inE164([...BEFORE, ...MEANWHILE]));
  expect(ccai.asked).toHaveLength(6);
  expect(await ccai.readiness()).toMatchObject({ status: 200, ccai: { state: 'ready' } });
});

test('a CCAI Platform that answers nothing delays nobody either, and a person is asked whether it has called the first two', async () => {
  const scene = await withNobody(1_000);
  const { ccai, bridge } = scene;
  const before = await loseThree(scene, BEFORE);
  await ccai.toldAll(bridge.storePath);
  ccai.simulator.faults.add('any', { silence: true, heard: false, times: 1_000 });
  expectSame(before, await loseThree(scene, MEANWHILE), 'with a silent CCAI Platform');
  const parked = () => owedIn(bridge.storePath).filter(({ state }) => state === 'parked');
  await waitFor('two of them to be kept aside', () => parked().length === 2);
  expect(await ccai.readiness()).toMatchObject(isDegraded(expect.stringMatching(/2 refused: see outbox/)));
  // The third is spared, until it is known that anything is answered again.
  expect(owedIn(bridge.storePath)).toHaveLength(3);
  expect(ccai.asked).toHaveLength(5);
  ccai.simulator.faults.end();
  await bridge.command('outbox', 'retry', '--all');
  await ccai.toldAll(bridge.storePath, SPARED_MS + RECOVERY_MS);
  const called = ccai.simulator.calls.map(({ number }) => number);
  expect(called.toSorted()).toEqual(inE164([...BEFORE, ...MEANWHILE]));
  expect(ccai.asked).toHaveLength(8);
}, 150_000);

/** Movidesk knows all, and the daemon knows that it does. */
async function reportsAreTold({ bridge }: Scene): Promise<void> {
  await waitFor('every report to be told', () => {
    using reader = new StoreReader(bridge.storePath);
    return reader.undelivered().length === 0;
  });
}

test('a call-back that was on its way when the daemon was killed is not asked for again, and a person is told', async () => {
  const scene = await withNobody(14_000);
  const { ccai, bridge } = scene;
  // The call is made, and nobody hears of it.
  ccai.simulator.faults.add('incoming-call', { silence: true });
  const killed = await loses(scene, '5511987650111');
  await ccai.simulator.waitForRequest(({ operation }) => operation === 'incoming-call', 10_000);
  await reportsAreTold(scene);
  bridge.signal('SIGKILL');
  await bridge.exited(10_000);
  await bridge.start();
  // The caller tries again in vain: they may have been called. Somebody else is called, and so the lane goes on.
  const again = await loses(scene, '5511987650111');
  await loses(scene, '5511987650112');
  await ccai.simulator.waitForRequest(({ status }) => status === 201, 10_000);
  await waitFor('the others to be told', () => owedIn(bridge.storePath).length === 1);

  expect(ccai.simulator.calls.map(({ number }) => number)).toEqual(['+5511987650111', '+5511987650112']);
  expect(ccai.asked).toHaveLength(2);
  expect(await bridge.command('calls', 'show', again)).toContain('they are called back already');
  const listed: unknown = JSON.parse(await bridge.command('outbox', '--json'));
  const reason = 'nobody knows whether it was done: the daemon ended while it was on its way';
  expect(listed).toMatchObject([
    { lane: 'ccai', callId: killed, what: 'call-back', state: 'parked', reason },
  ]);
  expect(await ccai.readiness()).toMatchObject(isDegraded('1 refused: see outbox'));
});
