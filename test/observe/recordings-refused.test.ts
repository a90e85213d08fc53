import { expect, test } from 'vitest';
import { MORNING } from '../domain/builders.ts';
import { aRoom, ask, HOUR_MS, linkTo } from './recordings-place.ts';

test('an address below the recordings that is none is a 404 and a line', async () => {
  await using room = await aRoom();
  const forwarded = '203.0.113.7';
  expect((await ask(room.url, '/recordings/5511987654321%zz?until=1', { forwarded })).status).toBe(404);
  expect((await ask(room.url, '/other/%zz')).status).toBe(400);
  expect(room.log.lines).toMatchObject([
    {
      level: 'warn',
      facts: {
        path: '*********4321%zz',
        verdict: 'forged',
        from: '127.0.0.1',
        forwardedFor: '203.0.113.7',
      },
    },
  ]);
});

test('an expired link opens nothing, and that is said', async () => {
  await using room = await aRoom();
  const link = linkTo('talk.wav');
  await room.clock.pass(HOUR_MS);
  const { status, body } = await ask(room.url, link);
  expect({ status, body: body.toString() }).toMatchObject({
    status: 403,
    body: expect.stringContaining('expired'),
  });
  expect(room.log.lines).toMatchObject([
    { level: 'warn', facts: { path: 'talk.wav', verdict: 'expired', from: '127.0.0.1' } },
  ]);
});

const good = linkTo('talk.wav');
test.each([
  ['without anything', '/recordings/talk.wav'],
  ['for another recording', good.replace('talk.wav', 'other.wav')],
  ['for longer', good.replace(/until=(\d)/, 'until=9$1')],
  ['with two signatures', `${good}&signature=x`],
  ['with a changed signature', `${good.slice(0, -2)}${good.endsWith('AA') ? 'BB' : 'AA'}`],
  ['out of the folder', '/recordings/../../etc/passwd?until=9999999999&signature=x'],
  ['out of the folder, encoded', '/recordings/..%2f..%2fetc%2fpasswd?until=9999999999&signature=x'],
  ['to the folder', '/recordings/'],
])('a link %s opens nothing, and that is said', async (_what, link) => {
  await using room = await aRoom();
  const { status, body } = await ask(room.url, link);
  expect(status).toBe(403);
  expect(body.toString()).not.toContain('root:');
  expect(room.log.lines).toMatchObject([{ level: 'warn', facts: { verdict: 'forged' } }]);
});

test('where no recording is, or the way leads elsewhere, is a 404 and a line, however well it is signed', async () => {
  await using room = await aRoom();
  for (const path of ['gone.wav', '../talk.wav', 'a/../talk.wav', '/etc/passwd', 'talk.sln']) {
    expect((await ask(room.url, linkTo(path))).status, path).toBe(404);
  }
  const mount = expect.stringContaining('mount --bind');
  expect(room.log.lines.map(({ facts }) => facts['remedy'])).toEqual([
    undefined,
    ...[mount, mount, mount],
    expect.stringContaining('MixMonitor'),
  ]);
  expect(room.log.lines.map(({ level, facts }) => [level, facts['found']])).toEqual([
    ['warn', 'nothing'],
    ['warn', 'outside'],
    ['warn', 'outside'],
    ['warn', 'outside'],
    ['warn', 'unserved'],
  ]);
});

test('a recording that the daemon may not read is the admin’s to mend', async () => {
  await using room = await aRoom(async () => ({ kind: 'closed', why: 'EACCES' }));
  expect((await ask(room.url, linkTo('talk.wav'))).status).toBe(503);
  expect(room.log.lines).toMatchObject([
    { level: 'error', message: 'a recording cannot be read', facts: { why: 'EACCES' } },
  ]);
});

test('what a stranger asks for fills no line, and a caller’s number in a name is masked', async () => {
  await using room = await aRoom();
  await ask(room.url, `/recordings/${'x'.repeat(240)}.wav`);
  await ask(room.url, linkTo('external-1001-5511987654321-20261123-1795361570.12.wav'));
  const paths = room.log.lines.map(({ facts }) => facts['path']);
  expect(paths).toEqual(['x'.repeat(200), 'external-1001-*********4321-20261123-1795361570.12.wav']);
});

test('of forged links without end the first of each minute are told, and how many more there were', async () => {
  await using room = await aRoom();
  const forge = (at: number) => ask(room.url, `/recordings/${at}.wav?until=9999999999&signature=x`);
  for (let at = 0; at < 50; at += 1) await forge(at);
  expect(room.log.lines.map(({ facts }) => facts['path'])).toEqual(
    Array.from({ length: 10 }, (_, at) => `${at}.wav`),
  );
  await room.clock.pass(60_000);
  expect(room.log.lines.slice(10)).toEqual([
    {
      level: 'warn',
      message: 'more links to recordings were refused',
      facts: { verdict: 'forged', times: 40 },
    },
  ]);
  await forge(99);
  expect(room.log.lines.slice(11)).toMatchObject([{ facts: { path: '99.wav' } }]);
  await room.clock.pass(60_000);
  expect(room.log.lines).toHaveLength(12);
});

test('nor do addresses without end that are none fill the log, whatever else is tried beside them', async () => {
  await using room = await aRoom();
  for (let at = 0; at < 15; at += 1)
    for (const path of [`${at}%zz`, `${at}.wav`]) await ask(room.url, `/recordings/${path}`);
  await room.clock.pass(60_000);
  expect(room.log.lines.map(({ facts }) => facts['times'])).toEqual([...Array.from({ length: 10 }), 20]);
});

test('each opening, and each link that has expired, is told, however many', async () => {
  await using room = await aRoom();
  for (let at = 0; at < 30; at += 1) await ask(room.url, linkTo('talk.wav'));
  for (let at = 0; at < 30; at += 1) await ask(room.url, linkTo('talk.wav', MORNING - 1));
  const told = Map.groupBy(room.log.lines, ({ message }) => message);
  expect([...told].map(([message, lines]) => [message, lines.length])).toEqual([
    ['a recording was opened', 30],
    ['a link to a recording was refused', 30],
  ]);
});
