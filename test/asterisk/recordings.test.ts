import { mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LinkSigner } from '../../src/adapters/recordings/link-signer.ts';
import { launch, Reader } from '../browser/reader.ts';
import { RECORDINGS_KEY } from './lab/lab-recordings.ts';
import { hasSound, linkedFile } from './lab/recordings.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { shareOfPitch, VOICE_HZ } from './lab/tone.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const inSpool = ({ lab }: Scene, ...path: readonly string[]) => join(lab.pbx.home.outside, 'spool', ...path);

/** A caller speaks with an agent for a while; the link to it, as Movidesk was told. */
async function linkOfTalk(scene: Scene): Promise<string> {
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 100 });
  const caller = await scene.lab.caller('support');
  await scene.talk(caller, phone);
  await caller.hangUp();
  const { link } = await scene.ended(scene.callId(caller));
  if (link === undefined) throw new Error('Movidesk was told no link.');
  return link;
}

/** What stands of a recording in the daemon's log. */
const logged = ({ bridge }: Scene, message: string): readonly Readonly<Record<string, unknown>>[] =>
  bridge.output
    .split('\n')
    .filter((line) => line.includes(`"${message}"`))
    .map((line) => JSON.parse(line));

const bytesOf = async (link: string): Promise<Buffer> => Buffer.from(await (await fetch(link)).arrayBuffer());

/** A browser's player has read how long it is; the length in seconds. */
const PLAYER_KNOWS_LENGTH = `new Promise((resolve, reject) => {
  const player = document.querySelector('video, audio');
  const tell = () => resolve(player.duration);
  player.addEventListener('error', () => reject(new Error('the player gave up: ' + player.error?.message)));
  if (player.readyState >= 1) tell(); else player.addEventListener('loadedmetadata', tell);
})`;

const PLAYER_SEEKS_AND_PLAYS = `new Promise((resolve, reject) => {
  const player = document.querySelector('video, audio');
  player.muted = true;
  const from = player.duration / 2;
  player.addEventListener('timeupdate', () => player.currentTime > from && resolve(player.currentTime - from));
  player.addEventListener('error', () => reject(new Error('the player gave up: ' + player.error?.message)));
  player.currentTime = from;
  player.play().catch(reject);
})`;

test('an agent opens the link in the ticket and hears what the caller said', async () => {
  const scene = await pbx.open({ served: true });
  const link = await linkOfTalk(scene);
  expect(link).toMatch(/\/recordings\/movidesk\/pbx1-[0-9.]+-1001-\d+\.wav\?until=\d+&signature=[\w-]{43}$/);
  expect(shareOfPitch(await bytesOf(link), VOICE_HZ)).toBeGreaterThan(0.5);
  expect(shareOfPitch(await bytesOf(link), VOICE_HZ * 1.3)).toBeLessThan(0.05);
  await using reader = await Reader.opens(browser, link);
  expect(await reader.finds(PLAYER_KNOWS_LENGTH)).toBeGreaterThan(0.2);
  expect(await reader.finds(PLAYER_SEEKS_AND_PLAYS)).toBeGreaterThan(0);
  const opened = logged(scene, 'a recording was opened');
  expect(opened.length).toBeGreaterThanOrEqual(2);
  const [named] = /movidesk\/pbx1-[0-9.]+-1001/.exec(link) ?? [];
  for (const { path } of opened) expect(path).toContain(named);
});

test('whoever has an expired, a forged or a traversing link hears nothing, and a line says so', async () => {
  const scene = await pbx.open({ served: true });
  const link = await linkOfTalk(scene);
  writeFileSync(inSpool(scene, '..', 'secret.wav'), 'not to be seen');
  const forged = [
    link.replace('-1001-', '-1002-'),
    link.replace(/until=\d+/, 'until=1'),
    link.replace('/movidesk/', '/movidesk/..%2f..%2fsecret.wav%3f'),
  ];
  for (const one of forged) expect((await fetch(one)).status, one).toBe(403);
  expect(logged(scene, 'a link to a recording was refused').map(({ verdict }) => verdict)).toEqual(
    forged.map(() => 'forged'),
  );
  const file = linkedFile(scene.lab, link);
  renameSync(file, `${file}.kept`);
  symlinkSync(inSpool(scene, '..', 'secret.wav'), file);
  expect((await fetch(link)).status).toBe(404);
  renameSync(`${file}.kept`, file);
  expect(logged(scene, 'a link to a recording leads to none')).toMatchObject([{ found: 'outside' }]);
  const path = decodeURIComponent(new URL(link).pathname.replace('/recordings/', ''));
  const { until, signature } = new LinkSigner({ key: RECORDINGS_KEY, previousKey: undefined }).sign(
    path,
    Date.now() - 1_000,
  );
  expect((await fetch(`${link.split('?')[0]}?until=${until}&signature=${signature}`)).status).toBe(403);
  await waitFor('a line that says so', () => scene.bridge.output.includes('"verdict":"expired"'));
});

test('a link opens after a night’s job has made another file of the recording', async () => {
  const scene = await pbx.open({ served: true });
  const link = await linkOfTalk(scene);
  const file = linkedFile(scene.lab, link);
  const converted = file.replace('.wav', '.mp3');
  renameSync(file, converted);
  const answer = await fetch(link);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
  renameSync(converted, file);
});

test('a recording that was moved after the call is found again, and Movidesk gets the link that opens it', async () => {
  const scene = await pbx.open({ served: true });
  const link = await linkOfTalk(scene);
  const file = linkedFile(scene.lab, link);
  await scene.bridge.stop();
  // Ten minutes later.
  using store = new DatabaseSync(scene.bridge.storePath);
  store.exec('UPDATE timeline SET at = at - 600000');
  mkdirSync(inSpool(scene, 'archive'));
  const moved = inSpool(scene, 'archive', basename(file));
  renameSync(file, moved);

  await scene.bridge.start();
  const told = await scene.movidesk.waitFor(({ operation }) => operation === 'setMadeCallLink', 10_000);
  const repaired = told.query['Link'] ?? '';
  expect(told).toMatchObject({ status: 200, callId: scene.movidesk.calls()[0]?.callId });
  expect(repaired).toContain('/recordings/archive/');
  expect(shareOfPitch(await bytesOf(repaired), VOICE_HZ)).toBeGreaterThan(0.5);
});

test('the message of a caller whom nobody could take is opened by its link', async () => {
  const scene = await pbx.open({ served: true });
  scene.movidesk.setCalendar(1, 'closed');
  const caller = await scene.lab.caller('support');
  await scene.isIn(caller, 'movidesk-lost');
  const isRecording = { Uniqueid: caller.uniqueid, Context: 'movidesk-lost', Application: 'Record' };
  await scene.lab.pbx.manager.event('Newexten', isRecording, 20_000);
  await scene.recorded(caller);
  await caller.hangUp();
  const { ending, link = '' } = await scene.ended(scene.callId(caller));
  expect(ending).toBe('lost');
  expect(shareOfPitch(await bytesOf(link), VOICE_HZ)).toBeGreaterThan(0.5);
});

test('where the PBX records by itself, as FreePBX does, its file is the one that is linked, and the only one', async () => {
  const scene = await pbx.open({ served: true });
  const before = readdirSync(inSpool(scene, 'movidesk'));
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 100 });
  const caller = await scene.lab.caller('rec_support', { number: '5511987654399' });
  await scene.told('asterisk_transferedCall', scene.callId(caller), 20_000);
  await phone.talking();
  const name = await scene.lab.pbx.manager.getvar('CALLFILENAME', caller.channel.name);
  const monitored = readdirSync(inSpool(scene, 'monitor'), { recursive: true, encoding: 'utf8' });
  const path = monitored.find((one) => one.endsWith(`${name}.wav`)) ?? '';
  await waitFor(`a voice in ${path}`, () => hasSound(inSpool(scene, 'monitor', path)));
  await caller.hangUp();
  const { link = '' } = await scene.ended(scene.callId(caller));
  expect(decodeURIComponent(new URL(link).pathname)).toBe(`/recordings/monitor/${path}`);
  expect(shareOfPitch(await bytesOf(link), VOICE_HZ)).toBeGreaterThan(0.5);
  expect(readdirSync(inSpool(scene, 'movidesk'))).toEqual(before);
});
