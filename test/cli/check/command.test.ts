import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { startMovideskSimulator } from '../../../src/simulators/movidesk/simulator.ts';
import { answering, aTcpServer } from '../../adapters/movidesk/far-side.ts';
import { aStep } from '../../adapters/sqlite/steps.ts';
import { Process, run } from '../process.ts';
import { Clinic, named } from './clinic.ts';

const TOKEN = 'c0ffee00-token';

test('what run would refuse is told in the same words, the rest is skipped, and the exit code is 1', async () => {
  using clinic = new Clinic();
  const { code, findings } = await clinic.check(
    clinic.config({ asterisk: { prot: 5038, secret: 'sesame-open' } }),
  );
  expect(code).toBe(1);
  const refused = await run(['run', '--config', join(clinic.folder.path, 'config.yaml')]);
  const [wrong] = findings;
  expect(wrong).toMatchObject({ area: 'config', state: 'FAIL', name: 'asterisk.prot' });
  expect(refused.stderr).toContain(`${wrong?.name}: ${wrong?.found}; ${wrong?.remedy}.`);
  expect(findings.slice(1).map(({ area, state }) => `${area} ${state}`)).toEqual([
    'store skipped',
    'recordings skipped',
    'http skipped',
    'pbx skipped',
    'movidesk skipped',
  ]);
});

test('a file with a secret in it that others can read', async () => {
  using clinic = new Clinic();
  const file = clinic.config();
  expect(named((await clinic.check(file)).findings, 'config', file)).toBeUndefined();
  chmodSync(file, 0o644);
  const { code, findings } = await clinic.check(file);
  expect(code).toBe(1);
  expect(named(findings, 'config', file)).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/can be read or written by others/),
    remedy: expect.stringContaining(`chmod 640 ${file}`),
  });
});

test('without the secrets, what needs none of them is looked at all the same', async () => {
  using clinic = new Clinic();
  const file = clinic.config({
    asterisk: { host: '127.0.0.1', port: 1 },
    movidesk: { baseUrl: 'http://127.0.0.1:1' },
  });
  const { findings } = await clinic.check(file);
  expect(named(findings, 'config', 'asterisk.secret')).toMatchObject({ state: 'FAIL', found: 'is missing' });
  expect(named(findings, 'config', 'movidesk.token')).toMatchObject({ state: 'FAIL', found: 'is missing' });
  expect(named(findings, 'pbx', 'the login')).toMatchObject({
    state: 'skipped',
    found: expect.stringMatching(/secret/),
  });
  expect(named(findings, 'movidesk', 'token')).toMatchObject({ state: 'skipped' });
  expect(named(findings, 'store', 'folder')).toMatchObject({ state: 'ok' });
});

test('a token that Movidesk refuses, and one that it accepts; no call is left behind there', async () => {
  using clinic = new Clinic();
  const movidesk = await startMovideskSimulator({
    token: TOKEN,
    requestsPerMinute: 10,
    queues: [{ id: 1, agents: ['1001'] }],
  });
  try {
    const baseUrl = movidesk.url;
    const accepted = await clinic.check(clinic.config({ movidesk: { baseUrl, token: TOKEN } }));
    expect(named(accepted.findings, 'movidesk', 'token')).toMatchObject({ state: 'ok' });
    expect(named(accepted.findings, 'movidesk', 'clock')).toMatchObject({ state: 'ok' });
    const refused = await clinic.check(
      clinic.config({ movidesk: { baseUrl, token: 'another-token-of-ours' } }),
    );
    expect(named(refused.findings, 'movidesk', 'token')).toMatchObject({
      state: 'FAIL',
      found: expect.stringMatching(/^refused: 401/),
      remedy: expect.stringMatching(/movidesk\.token/),
    });
    expect(refused.code).toBe(1);
    expect(refused.stdout).not.toContain('another-token-of-ours');
    // One request each, and nothing of a call.
    expect(movidesk.ledger).toHaveLength(2);
    expect(movidesk.calls()).toEqual([]);
  } finally {
    await movidesk.close();
  }
});

test('a caller’s request is not risked for the look at the token: in a minute that is spent it is skipped', async () => {
  using clinic = new Clinic();
  const movidesk = await startMovideskSimulator({ token: TOKEN, requestsPerMinute: 10, queues: [] });
  const store = new SqliteStore(clinic.storePath, systemClock);
  await store.commit(aStep({ requestsStartedAt: Array.from({ length: 9 }, () => systemClock.monotonic()) }));
  await store.close();
  try {
    const { findings } = await clinic.check(
      clinic.config({ movidesk: { baseUrl: movidesk.url, token: TOKEN } }),
    );
    expect(named(findings, 'movidesk', 'token')).toMatchObject({
      state: 'skipped',
      found: expect.stringMatching(/^9 of 10/),
    });
    expect(movidesk.ledger).toEqual([]);
  } finally {
    await movidesk.close();
  }
});

test('a Movidesk that nobody can reach is told with what is in the way', async () => {
  using clinic = new Clinic();
  const closed = await clinic.check(clinic.config());
  expect(named(closed.findings, 'movidesk', 'reachable')).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/ECONNREFUSED/),
    remedy: expect.stringMatching(/nobody listens there/),
  });
  const movidesk = { baseUrl: 'https://no-such-name.invalid', token: TOKEN, timeoutMs: 5_000 };
  const nameless = await clinic.check(clinic.config({ movidesk }));
  expect(named(nameless.findings, 'movidesk', 'reachable')).toMatchObject({
    state: 'FAIL',
    remedy: expect.stringMatching(/name is not found/),
  });
});

test('no secret and no whole number is shown, on a terminal or in JSON', async () => {
  using clinic = new Clinic();
  await using movidesk = await answering(400, `{"message":"no such token ${TOKEN}"}`);
  const file = clinic.config({ movidesk: { baseUrl: movidesk.url, token: TOKEN } });
  const [json, text] = [await clinic.check(file), await clinic.see(file)];
  for (const { stdout } of [json, text]) {
    expect(stdout).not.toContain(TOKEN);
    expect(stdout).not.toContain('sesame-open');
  }
  expect(text.stdout).toMatch(/^FAIL {5}movidesk: token +refused: 400/m);
  expect(text.stdout).toMatch(/\d+ ok, \d+ warn, \d+ FAIL, \d+ skipped\. Mend what FAILs/);
});

test('a configuration that this user may not read is told with what a dynamic user of systemd needs', async () => {
  using clinic = new Clinic();
  const file = clinic.config();
  chmodSync(file, 0o000);
  const { findings } = await clinic.check(file);
  expect(named(findings, 'config', file)).toMatchObject({
    state: 'FAIL',
    found: 'may not be read by this user',
    remedy: expect.stringMatching(/holds no secret, run chmod 644 .*dynamic user.*chmod 640/),
  });
});

test('a store that this user may not write to', async () => {
  using clinic = new Clinic();
  const folder = join(clinic.folder.path, 'kept');
  mkdirSync(folder, { mode: 0o500 });
  const { code, findings } = await clinic.check(
    clinic.config({ store: { path: join(folder, 'bridge.db') } }),
  );
  expect(code).toBe(1);
  expect(named(findings, 'store', 'folder')).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/not writable/),
    remedy: expect.stringMatching(/run check as the daemon's user/),
  });
  const below = await clinic.check(clinic.config({ store: { path: join(folder, 'deep', 'bridge.db') } }));
  expect(named(below.findings, 'store', 'folder')).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/may not make it/),
  });
  // What lies behind a closed door may be there all the same: systemd keeps stores of dynamic users behind one.
  chmodSync(folder, 0o000);
  const behind = await clinic.check(clinic.config({ store: { path: join(folder, 'deep', 'bridge.db') } }));
  chmodSync(folder, 0o700);
  expect(named(behind.findings, 'store', 'folder')).toMatchObject({
    found: expect.stringMatching(/cannot be seen/),
    remedy: expect.stringMatching(/sudo/),
  });
  expect(named(behind.findings, 'store', 'daemon')).toBeUndefined();
});

test('check makes no store, and no folder for it', async () => {
  using clinic = new Clinic();
  const folder = join(clinic.folder.path, 'later');
  const { findings } = await clinic.check(clinic.config({ store: { path: join(folder, 'bridge.db') } }));
  expect(named(findings, 'store', 'folder')).toMatchObject({
    state: 'ok',
    found: expect.stringMatching(/daemon makes it/),
  });
  expect(existsSync(folder)).toBe(false);
  await clinic.check(clinic.config());
  expect(readdirSync(clinic.folder.path)).toEqual(['config.yaml']);
});

test('recordings that this user may not read: the folder, or the files in it', async () => {
  using clinic = new Clinic();
  const folder = join(clinic.folder.path, 'recordings');
  const recordings = { folder };
  const look = async () =>
    named((await clinic.check(clinic.config({ recordings }))).findings, 'recordings', 'folder');
  expect(await look()).toMatchObject({ state: 'FAIL', found: expect.stringMatching(/it is not there/) });
  mkdirSync(folder);
  expect(await look()).toMatchObject({ state: 'ok' });
  writeFileSync(join(folder, 'one.wav'), 'sound', { mode: 0o600 });
  expect(await look()).toMatchObject({ state: 'ok', found: expect.stringMatching(/1 entries/) });
  chmodSync(join(folder, 'one.wav'), 0o000);
  expect(await look()).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/^1 of 1 files/),
    remedy: expect.stringMatching(/UMask/),
  });
  chmodSync(folder, 0o000);
  expect(await look()).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/permission denied/),
    remedy: expect.stringMatching(/chmod 750/),
  });
  chmodSync(folder, 0o700);
  expect(
    named(
      (await clinic.check(clinic.config({ recordings: { folder: join(folder, 'one.wav') } }))).findings,
      'recordings',
      'folder',
    ),
  ).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/is no folder/),
  });
});

test('recordings whose folder is not named are said not to be looked at', async () => {
  using clinic = new Clinic();
  const { findings } = await clinic.check(clinic.config());
  expect(named(findings, 'recordings', 'folder')).toMatchObject({ state: 'skipped' });
  expect(named(findings, 'config', 'recordings.linkTemplate')).toMatchObject({ state: 'warn' });
});

test('an --extension that is none is refused as a mistake of the command line', async () => {
  using clinic = new Clinic();
  const { code, stderr } = await run(['check', '--config', clinic.config(), '--extension', '1001,x']);
  expect(code).toBe(64);
  expect(stderr).toContain('--extension takes extensions of two digits or more');
});

test('check that is asked to stop before it was through does not end as if all were well', async () => {
  using clinic = new Clinic();
  await using silent = await aTcpServer(() => {});
  const file = clinic.config({ asterisk: { host: '127.0.0.1', port: silent.port, secret: 'sesame-open' } });
  const process = new Process(['check', '--config', file]);
  await process.says('http: port');
  process.signal('SIGINT');
  const { code, stdout } = await process.ended;
  expect(stdout).toMatch(/^skipped +movidesk: the token +asked to stop$/m);
  expect(stdout).toMatch(/ 0 FAIL, /);
  expect(code).toBe(1);
});
