import { expect, test } from 'vitest';
import type { Dialog } from './lab/channels.ts';
import type { Phone } from './lab/phone.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx({ udesk: true });
const ANSWER = { does: 'answer', afterMs: 200 } as const;

// The bar: Udesk is away for a minute.
const DOWN_MS = 60_000;
// The outbox asks at least once a minute, and takes up to half of it off by chance.
const RECOVERY_MS = 75_000;
// Far above what the machine's other work makes of it, and far below any wait for Udesk.
const NOISE_MS = 250;

/** How long Movidesk waited to be told of each thing that happened to a caller. */
interface Waits {
  readonly entered: number;
  readonly answered: number;
  readonly ended: number;
}

/** A call that Udesk knows as well, and what is done to it. */
interface LinkedTalk {
  readonly udeskCallId: string;
  readonly meanwhile: (talk: Dialog) => Promise<void>;
}

/** A caller comes, talks with 1001, and goes. */
async function serve(scene: Scene, phone: Phone, linked?: LinkedTalk): Promise<Waits> {
  const { manager } = scene.lab.pbx;
  const caller = await scene.lab.caller('support', linked && { udeskCallId: linked.udeskCallId });
  const callId = scene.callId(caller);
  const talk = await scene.talk(caller, phone);
  await linked?.meanwhile(talk);
  await caller.hangUp();
  await scene.ended(callId);
  const at = async (event: string, fields: Readonly<Record<string, string>>) =>
    manager.arrivedAt(await manager.event(event, fields));
  const told = async (operation: Parameters<Scene['told']>[0]) => (await scene.told(operation, callId)).at;
  const { uniqueid: Uniqueid } = caller;
  const waits = {
    entered:
      (await told('asterisk_receivedCall')) -
      (await at('UserEvent', { UserEvent: 'MovideskCall', Uniqueid })),
    answered:
      (await told('asterisk_transferedCall')) - (await at('DialEnd', { Uniqueid, DialStatus: 'ANSWER' })),
    ended: (await told('asterisk_completedCall')) - (await at('Hangup', { Uniqueid })),
  };
  await waitFor('1001 to be free', async () => (await phone.state()) === 'NOT_INUSE');
  return waits;
}

/** Three, so that what the machine does besides befalls the middle one of none. */
async function serveThree(
  scene: Scene,
  phone: Phone,
  [second, third]: readonly LinkedTalk[] = [],
): Promise<readonly Waits[]> {
  return [await serve(scene, phone), await serve(scene, phone, second), await serve(scene, phone, third)];
}

/** Until the daemon has been told of both. */
async function holdsAndResumes({ lab }: Scene, phone: Phone, talk: Dialog): Promise<void> {
  await phone.hold(talk);
  await lab.pbx.manager.event('Hold', { Channel: talk.channel });
  await phone.unhold(talk);
  await lab.pbx.manager.event('Unhold', { Channel: talk.channel });
}

const middle = (waits: readonly Waits[], what: keyof Waits): number =>
  waits.map((one) => one[what]).toSorted((one, other) => one - other)[1] ?? Number.NaN;

/** Movidesk does not notice. */
function expectSame(before: readonly Waits[], meanwhile: readonly Waits[]): void {
  for (const what of ['entered', 'answered', 'ended'] as const) {
    const [one, other] = [middle(before, what), middle(meanwhile, what)];
    const all = [before, meanwhile].map((waits) => waits.map((each) => each[what]).join(', '));
    console.log(
      `Movidesk hears that a caller has ${what} after ${all[0]} ms; with Udesk away after ${all[1]} ms`,
    );
    expect(other - one, what).toBeLessThan(NOISE_MS);
  }
}

/** 1002 is there, but not for Movidesk. */
async function bothAreIdle(scene: Scene): Promise<{ first: Phone; second: Phone }> {
  const first = await scene.lab.phone('1001', ANSWER);
  const second = await scene.lab.phone('1002', ANSWER);
  scene.movidesk.setOnline('1002', false);
  await scene.udesk.areIdle(['1001', '1002'], scene.bridge.storePath);
  return { first, second };
}

test('after a minute without Udesk it knows how its agents are now, and Movidesk has noticed nothing', {
  timeout: 240_000,
}, async () => {
  const scene = await pbx.open({ udesk: true });
  const { lab, udesk, bridge } = scene;
  const { first, second } = await bothAreIdle(scene);
  const before = await serveThree(scene, first);
  await udesk.toldAll(bridge.storePath, 10_000);
  const [lasting, over] = [udesk.beginCall('1001'), udesk.beginCall('1001')];
  const ledgers = {
    first: udesk.agentLedger('1001'),
    second: udesk.agentLedger('1002'),
    lasting: udesk.callLedger(lasting),
    over: udesk.callLedger(over),
  };

  await udesk.simulator.goDown();
  const upAgainAt = Date.now() + DOWN_MS;
  const holds = (talk: Dialog) => holdsAndResumes(scene, first, talk);
  const meanwhile = await serveThree(scene, first, [
    { udeskCallId: lasting, meanwhile: holds },
    { udeskCallId: over, meanwhile: holds },
  ]);
  // Of this one there is nothing to be told any more, and nothing to be kept for a person.
  udesk.simulator.calls.step(over, 'user_hangup');
  expectSame(before, meanwhile);
  await lab.pbx.console('devstate change Custom:DND1001 BUSY');
  const own = await second.dial('7000');
  await second.ownDialog(own.callId);
  await own.hangUp();
  await second.unregister();
  await waitFor('a minute to pass', () => Date.now() >= upAgainAt, DOWN_MS);
  await udesk.simulator.comeUp();
  const upAt = Date.now();

  await udesk.toldAll(bridge.storePath, RECOVERY_MS);
  const toldAt = Date.now();
  console.log(`Udesk is back: all was told after ${toldAt - upAt} ms`);
  const words = Object.entries(ledgers).map(([whose, ledger]) => {
    const told = ledger.rest();
    for (const { word, at } of told) console.log(`Udesk is back, ${whose}: ${word} after ${at - upAt} ms`);
    return [whose, ...told.map(({ word }) => word)];
  });
  expect(words).toEqual([
    ['first', 'onBreak'],
    ['second', 'logged out', 'offline'],
    ['lasting', 'hold', 'resume'],
    ['over'],
  ]);
  await lab.pbx.console('devstate change Custom:DND1001 NOT_INUSE');
});

test('a Udesk that takes every request and answers none delays nobody’s call', {
  timeout: 120_000,
}, async () => {
  const scene = await pbx.open({ udesk: true });
  const { udesk } = scene;
  const { first } = await bothAreIdle(scene);
  const before = await serveThree(scene, first);
  udesk.simulator.failNext('any', { silence: 'hang', heard: false, times: 10_000 });
  expectSame(before, await serveThree(scene, first));
  udesk.simulator.endFaults();
});
