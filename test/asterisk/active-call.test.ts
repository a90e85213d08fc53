import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { channels, type Dialog } from './lab/channels.ts';
import { header } from './lab/manager-client.ts';
import type { Phone } from './lab/phone.ts';
import { hasSound, linkedFile, spoolFile } from './lab/recordings.ts';
import { type Scene, type ScenePlan, usePbx } from './lab/scene.ts';
import { shareOfPitch, VOICE_HZ } from './lab/tone.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx({ originate: true });

const TOKEN = 'lab-active-call-token-5b1d';
const CUSTOMER = '5511987651234';
const ACTIVE_CALL = {
  enabled: true,
  auth: 'token',
  token: TOKEN,
  extensions: ['1001-1003'],
  dialContext: 'to-world',
  allowedPrefixes: ['55', '+55'],
  callerId: '551130001000',
  ringSeconds: 3,
  monitor: true,
  supervisors: ['1002'],
} as const;
const PLAN: ScenePlan = { served: true, activeCall: ACTIVE_CALL };

const baseOf = ({ lab }: Scene): string => `http://${lab.pbx.host}:9096`;

interface Wish {
  readonly source?: string;
  readonly destination?: string;
}

/** As Movidesk asks: everything in the address. */
function asks(scene: Scene, { source = '1001', destination = CUSTOMER }: Wish = {}): Promise<Response> {
  const query = new URLSearchParams({ source, destination, token: TOKEN });
  return fetch(`${baseOf(scene)}/movidesk/call?${query}`);
}

/** The customer says something, and the recorder of that call has heard it. */
async function speaks({ lab }: Scene, callId: string, customer: Phone): Promise<Dialog> {
  const dialog = await customer.talking();
  await customer.speak(dialog);
  const channel = (await channels(lab.pbx)).find(({ uniqueid }) => uniqueid === callId);
  const file = await lab.pbx.manager.getvar('MOVIDESK_RECORDING', channel?.name ?? '');
  await waitFor(`a voice in ${file}`, () => hasSound(spoolFile(lab, file)));
  return dialog;
}

const customersTalking = async ({ lab }: Scene): Promise<number> =>
  (await channels(lab.pbx)).filter(
    ({ name, state, bridgeId }) => name.startsWith('PJSIP/1004-') && state === 'Up' && bridgeId !== '',
  ).length;

/** Nobody is rung, nobody talks. */
const isQuiet = (scene: Scene) =>
  waitFor('an end of all channels', async () => (await channels(scene.lab.pbx)).length === 0);

const isOver = (scene: Scene, callId: string, result: string, timeoutMs = 15_000) =>
  waitFor(
    `${callId} to be over`,
    () =>
      scene.bridge.output
        .split('\n')
        .some((line) => line.includes(callId) && line.includes(`"result":"${result}"`)),
    timeoutMs,
  );

const linkTold = async (scene: Scene, callId: string): Promise<string> =>
  (await scene.told('setMadeCallLink', callId, 20_000)).query['Link'] ?? '';

/** What the PBX itself remembers of it. */
const diary = ({ lab }: Scene, callId: string): Promise<string> =>
  lab.pbx.manager.getvar(`DB_KEYS(movidesk/${callId})`);

const hasNoLink = (scene: Scene) =>
  expect(scene.movidesk.ledger.filter(({ operation }) => operation === 'setMadeCallLink')).toEqual([]);

test('the agent is rung first, then the customer, and the link leads to what the customer said', async () => {
  const scene = await pbx.open(PLAN);
  const { lab } = scene;
  const agent = await lab.phone('1001', { does: 'answer-when-told', saysThatItRings: true });
  const customer = await lab.phone('1004', { does: 'answer', afterMs: 100 });
  const answer = await asks(scene);
  const callId = await answer.text();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(callId).toMatch(/^pbx1-made-[0-9a-f-]{36}$/);
  const ringing = await agent.reached();
  const shown = await lab.pbx.manager.getvar('CONNECTEDLINE(num)', ringing.channel);
  expect(shown, 'what the agent sees').toBe(CUSTOMER);
  expect((await channels(lab.pbx)).filter(({ name }) => name.startsWith('PJSIP/1004'))).toEqual([]);
  await agent.answer(ringing);
  const dialled = await customer.talking();
  const seen = await lab.pbx.manager.getvar('CONNECTEDLINE(num)', dialled.channel);
  expect(seen, 'what the customer sees').toBe('551130001000');
  await speaks(scene, callId, customer);
  await customer.hangUp(dialled);
  const link = await linkTold(scene, callId);
  expect(decodeURIComponent(link)).toContain(`/recordings/movidesk/${callId}-1001-`);
  expect(link.length).toBeLessThanOrEqual(256);
  const heard = Buffer.from(await (await fetch(link)).arrayBuffer());
  expect(shareOfPitch(heard, VOICE_HZ)).toBeGreaterThan(0.5);
  expect(hasSound(linkedFile(lab, link))).toBe(true);
  await isOver(scene, callId, 'answered');
  expect(scene.bridge.output).not.toContain(TOKEN);
  expect(scene.bridge.output).not.toContain(CUSTOMER);
});

test('an agent who does not answer, and one who is busy, may call again at once, and there is no link', async () => {
  const scene = await pbx.open(PLAN);
  const agent = await scene.lab.phone('1001', { does: 'refuse', status: '486 Busy Here' });
  const busy = await (await asks(scene)).text();
  await isOver(scene, busy, 'unanswered');
  await agent.behave({ does: 'ring' });
  const first = await (await asks(scene)).text();
  const again = await (await asks(scene)).text();
  expect(again, 'a browser that tries again').toBe(first);
  const other = await asks(scene, { destination: '5511987650000' });
  expect([other.status, other.headers.get('retry-after')]).toEqual([429, '10']);
  await isOver(scene, first, 'unanswered');
  expect(first).not.toBe(busy);
  await isQuiet(scene);
  hasNoLink(scene);
});

test('a customer who does not answer: the agent is let go, and there is no link', async () => {
  const scene = await pbx.open(PLAN);
  const agent = await scene.lab.phone('1001', { does: 'answer', afterMs: 50 });
  await scene.lab.phone('1004', { does: 'ring' });
  const callId = await (await asks(scene, { destination: '+55 0 1199-999' })).text();
  await agent.talking();
  await isOver(scene, callId, 'unanswered');
  await isQuiet(scene);
  hasNoLink(scene);
  expect((await asks(scene)).status).toBe(200);
});

test('the link is told though the daemon was killed during the call, and it ended meanwhile', async () => {
  const scene = await pbx.open(PLAN);
  await scene.lab.phone('1001', { does: 'answer', afterMs: 50 });
  const customer = await scene.lab.phone('1004', { does: 'answer', afterMs: 50 });
  const answer = await fetch(`${baseOf(scene)}/movidesk/call`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ source: '1001', destination: CUSTOMER }),
  });
  const { call_id: callId } = (await answer.json()) as { call_id: string };
  const dialog = await speaks(scene, callId, customer);
  scene.bridge.signal('SIGKILL');
  await scene.bridge.exited(5_000);
  await customer.hangUp(dialog);
  await isQuiet(scene);
  await scene.bridge.start();
  expect(await linkTold(scene, callId)).toContain(callId);
});

test('a daemon that was started anew, and asked for the same call once more, rings no agent who is in it', async () => {
  const scene = await pbx.open(PLAN);
  await scene.lab.phone('1001', { does: 'answer', afterMs: 50 });
  const customer = await scene.lab.phone('1004', { does: 'answer', afterMs: 50 });
  const callId = await (await asks(scene)).text();
  const dialog = await speaks(scene, callId, customer);
  scene.bridge.signal('SIGKILL');
  await scene.bridge.exited(5_000);
  await scene.bridge.start();
  expect((await asks(scene)).status).toBe(429);
  expect(await customersTalking(scene)).toBe(1);
  await customer.hangUp(dialog);
  expect(await linkTold(scene, callId)).toContain(callId);
});

test('an agent who passed the customer on is free to call the next, and the link comes when the first call is over', async () => {
  const scene = await pbx.open(PLAN);
  const agent = await scene.lab.phone('1001', { does: 'answer', afterMs: 50 });
  const colleague = await scene.lab.phone('1002', { does: 'answer', afterMs: 50 });
  const customer = await scene.lab.phone('1004', { does: 'answer', afterMs: 50 });
  const callId = await (await asks(scene)).text();
  const talk = await speaks(scene, callId, customer);
  await agent.transferBlind(await agent.talking(), '1002');
  await colleague.talking();
  await waitFor('a free phone', async () => (await agent.state()) === 'NOT_INUSE');
  const next = await waitFor('leave to call the next', async () => {
    const answer = await asks(scene, { destination: '5511999998888' });
    return answer.status === 200 ? answer.text() : undefined;
  });
  expect(next).not.toBe(callId);
  await waitFor('both customers', async () => (await customersTalking(scene)) === 2);
  await speaks(scene, next, customer);
  hasNoLink(scene);
  await agent.hangUp(await agent.talking());
  expect(await linkTold(scene, next)).toContain(next);
  await customer.hangUp(talk);
  expect(await linkTold(scene, callId)).toContain(callId);
  await isOver(scene, callId, 'answered');
});

test('a customer whom the agent passes on into a queue is a caller of that queue, and the call that was made goes on, to its end and link', async () => {
  const scene = await pbx.open({ ...PLAN, serving: ['1002'] });
  const agent = await scene.lab.phone('1001', { does: 'answer', afterMs: 50 });
  const colleague = await scene.lab.phone('1002', { does: 'answer', afterMs: 50 });
  const customer = await scene.lab.phone('1004', { does: 'answer', afterMs: 50 });
  const callId = await (await asks(scene)).text();
  const talk = await speaks(scene, callId, customer);
  await agent.transferBlind(await agent.talking(), '8000');
  const received = await waitFor('a caller in the queue', () => scene.movidesk.calls()[0]);
  expect(received.clientNumber).toBe(CUSTOMER);
  await scene.told('asterisk_transferedCall', received.callId);
  await colleague.talking();
  expect(await diary(scene, callId), 'answered, and not over').toMatch(/^1001:\d+::/);
  await customer.hangUp(talk);
  await scene.ended(received.callId);
  expect(await linkTold(scene, callId)).toContain(callId);
});

test('whoever may not, and what cannot be dialled, is refused: nobody is rung, and nothing reaches the PBX', async () => {
  const scene = await pbx.open(PLAN);
  await scene.lab.phone('1001', { does: 'ring' });
  const url = `${baseOf(scene)}/movidesk/call?source=1001&destination=${CUSTOMER}`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(`${url}&token=${TOKEN}x`)).status).toBe(401);
  expect((await fetch(`${url}&token=${TOKEN}`, { method: 'HEAD' })).status).toBe(405);
  expect((await asks(scene, { source: '1004' })).status).toBe(403);
  expect((await asks(scene, { destination: '0014155550100' })).status).toBe(403);
  for (const destination of HOSTILE) {
    expect((await asks(scene, { destination })).status, destination).toBe(400);
    expect((await asks(scene, { source: destination })).status, destination).toBe(400);
    const body = JSON.stringify({ source: '1001', destination });
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const posted = await fetch(`${baseOf(scene)}/movidesk/call`, { method: 'POST', headers, body });
    expect(posted.status, destination).toBe(400);
  }
  expect(await channels(scene.lab.pbx)).toEqual([]);
  const made = scene.lab.pbx.manager.packets.filter(
    (packet) => header(packet, 'Event') === 'Newchannel' && header(packet, 'Channel').startsWith('Local/'),
  );
  expect(made).toEqual([]);
});

const HOSTILE = [
  `${CUSTOMER}\r\nAction: Originate\r\nChannel: PJSIP/1004`,
  `${CUSTOMER}\n\nAction: Command\nCommand: core stop now`,
  `${CUSTOMER}&PJSIP/1004`,
  `${CUSTOMER}^1^2`,
  `${CUSTOMER}|x`,
  `${CUSTOMER},MOVIDESK_DIAL_CONTEXT=from-agents`,
  `${CUSTOMER}@from-agents`,
  `${CUSTOMER};x`,
  `${CUSTOMER}\0`,
  ['$', '{SHELL(touch /tmp/owned)}'].join(''),
  ['$', '[1+1]'].join(''),
  '*21*5511999999999#',
  '٥٥١١٩٨٧٦٥٤٣٢١',
  '５５１１９８７６５４３２１',
  '5'.repeat(21),
  '5'.repeat(4_000),
  'h',
  'i',
  '',
];

test('a supervisor is rung, and hears the agent; whoever is none is refused', async () => {
  const scene = await pbx.open(PLAN);
  const { lab } = scene;
  await lab.phone('1001', { does: 'answer', afterMs: 50 });
  const supervisor = await lab.phone('1002', { does: 'answer', afterMs: 50 });
  const customer = await lab.phone('1004', { does: 'answer', afterMs: 50 });
  const callId = await (await asks(scene)).text();
  const dialog = await speaks(scene, callId, customer);
  const monitor = (who: string) =>
    fetch(`${baseOf(scene)}/movidesk/monitor?supervisor=${who}&agent=1001&token=${TOKEN}`);
  expect((await monitor('1003')).status).toBe(403);
  const heard = await (await monitor('1002')).text();
  expect(heard).toMatch(/^pbx1-heard-/);
  expect(await (await monitor('1002')).text(), 'a double click').toBe(heard);
  await waitFor('ChanSpy of the agent', async () =>
    (await channels(lab.pbx)).some(
      ({ uniqueid, application }) => uniqueid === heard && application === 'ChanSpy',
    ),
  );
  const { channel } = await supervisor.talking();
  const heardFile = `heard-${heard}.wav`;
  await lab.pbx.manager.action('MixMonitor', { Channel: channel, File: heardFile });
  const spool = join(lab.pbx.home.outside, 'spool', 'monitor', heardFile);
  await waitFor('the customer in what the supervisor hears', () => hasSound(spool));
  expect(shareOfPitch(readFileSync(spool), VOICE_HZ)).toBeGreaterThan(0.5);
  await customer.hangUp(dialog);
  await isOver(scene, callId, 'answered');
  await isQuiet(scene);
});

test('an agent makes so many calls in a minute and no more', async () => {
  const scene = await pbx.open({ ...PLAN, activeCall: { ...ACTIVE_CALL, callsPerMinute: 2 } });
  await scene.lab.phone('1001', { does: 'refuse', status: '486 Busy Here' });
  for (const _ of [1, 2]) await isOver(scene, await (await asks(scene)).text(), 'unanswered');
  const third = await asks(scene);
  expect(third.status).toBe(429);
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(30);
});
