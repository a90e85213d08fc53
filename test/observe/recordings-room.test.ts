import { renameSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Opening } from '../../src/ports/recordings.ts';
import { aRoom, ask, linkTo, messagesOf, opened, TALK } from './recordings-place.ts';

test('whoever has the link hears the recording, and the log says that it was opened', async () => {
  await using room = await aRoom();
  const { status, headers, body } = await ask(room.url, linkTo('talk.wav'));
  expect({ status, body }).toEqual({ status: 200, body: TALK });
  expect(headers).toMatchObject({
    'content-type': 'audio/wav',
    'content-length': '256',
    'accept-ranges': 'bytes',
    'content-disposition': 'inline; filename="talk.wav"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  expect(room.log.lines).toEqual([
    {
      level: 'info',
      message: 'a recording was opened',
      facts: {
        path: 'talk.wav',
        from: '127.0.0.1',
        method: 'GET',
        status: 200,
        first: 0,
        last: 255,
        bytes: 256,
      },
    },
  ]);
});

test.each([
  ['bytes=0-9', 'bytes 0-9/256', [0, 10]],
  ['bytes=250-', 'bytes 250-255/256', [250, 256]],
  ['bytes=-6', 'bytes 250-255/256', [250, 256]],
  ['bytes=-256', 'bytes 0-255/256', [0, 256]],
  ['bytes=-9999', 'bytes 0-255/256', [0, 256]],
  ['bytes=0-9, -9999', 'bytes 0-255/256', [0, 256]],
  [`bytes=-${'9'.repeat(30)}`, 'bytes 0-255/256', [0, 256]],
  ['bytes=250-9999', 'bytes 250-255/256', [250, 256]],
  ['bytes=0-9,10-19', 'bytes 0-19/256', [0, 20]],
] as const)('a player that seeks is given the part that it asks for: %s', async (range, part, [from, to]) => {
  await using room = await aRoom();
  const { status, headers, body } = await ask(room.url, linkTo('talk.wav'), { range });
  expect({ status, part: headers['content-range'] }).toEqual({ status: 206, part });
  expect(body).toEqual(TALK.subarray(from, to));
  expect(headers['content-length']).toBe(`${to - from}`);
});

test.each(['bytes=0-1,100-101', 'bytes=x', 'lines=0-9', 'bytes', ''])(
  'of a range that is not one, the whole is given: %j',
  async (range) => {
    await using room = await aRoom();
    const { status, body } = await ask(room.url, linkTo('talk.wav'), { range });
    expect({ status, body }).toEqual({ status: 200, body: TALK });
  },
);

test.each(['bytes=256-', 'bytes=-0'])(
  'a part beyond the end is refused, and the length told: %s',
  async (range) => {
    await using room = await aRoom();
    const { status, headers, body } = await ask(room.url, linkTo('talk.wav'), { range });
    expect({ status, range: headers['content-range'] }).toEqual({ status: 416, range: 'bytes */256' });
    expect(body).toHaveLength(0);
  },
);

test('an empty recording is an empty answer, whatever part is asked for', async () => {
  await using room = await aRoom();
  for (const wish of [{}, { range: 'bytes=0-' }]) {
    const { status, body } = await ask(room.url, linkTo('empty.wav'), wish);
    expect({ status, bytes: body.length }).toEqual({ status: 200, bytes: 0 });
  }
});

test('HEAD tells all but the recording itself', async () => {
  await using room = await aRoom();
  const { status, headers, body } = await ask(room.url, linkTo('talk.wav'), { method: 'HEAD' });
  expect({ status, length: headers['content-length'], body: body.length }).toEqual({
    status: 200,
    length: '256',
    body: 0,
  });
});

test('HEAD tells of the whole, whatever part is named: ranges are for GET', async () => {
  await using room = await aRoom();
  const { status, headers, body } = await ask(room.url, linkTo('talk.wav'), {
    method: 'HEAD',
    range: 'bytes=0-9',
  });
  expect({
    status,
    part: headers['content-range'],
    length: headers['content-length'],
    body: body.length,
  }).toEqual({ status: 200, part: undefined, length: '256', body: 0 });
});

test('a player that seeks is given a part as long as the recording is the one that it knows', async () => {
  await using room = await aRoom();
  const link = linkTo('talk.wav');
  const { etag } = (await ask(room.url, link)).headers;
  expect(etag).toMatch(/^"[\w.-]+"$/);
  expect((await ask(room.url, link, { method: 'HEAD' })).headers.etag).toBe(etag);
  const part = await ask(room.url, link, { range: 'bytes=0-9', ifRange: etag });
  expect([part.status, part.headers.etag]).toEqual([206, etag]);
});

test('a player that seeks in a recording that was replaced is given the whole of the new one, and not a part of each', async () => {
  await using room = await aRoom();
  const link = linkTo('talk.wav');
  const { etag } = (await ask(room.url, link)).headers;
  const other = Buffer.from(TALK).reverse();
  writeFileSync(join(room.folder, 'new.wav'), other);
  renameSync(join(room.folder, 'new.wav'), join(room.folder, 'talk.wav'));
  const { status, headers, body } = await ask(room.url, link, { range: 'bytes=0-9', ifRange: etag });
  expect({ status, part: headers['content-range'], body }).toEqual({
    status: 200,
    part: undefined,
    body: other,
  });
  expect(headers.etag).not.toBe(etag);
});

test.each(['"another"', 'W/ETAG', 'Mon, 23 Nov 2026 11:00:00 GMT'])(
  'what proves nothing of the recording is answered with the whole: If-Range: %s',
  async (proof) => {
    await using room = await aRoom();
    const { etag = '' } = (await ask(room.url, linkTo('talk.wav'))).headers;
    const ifRange = proof.replace('ETAG', etag);
    const { status, body } = await ask(room.url, linkTo('talk.wav'), { range: 'bytes=0-9', ifRange });
    expect({ status, body }).toEqual({ status: 200, body: TALK });
  },
);

test.each(['talk.WAV', 'talk.gsm'])('what no browser plays is saved: %s', async (file) => {
  await using room = await aRoom();
  const { headers } = await ask(room.url, linkTo(file));
  expect(headers['content-disposition']).toBe(`attachment; filename="${file}"`);
});

test('only so many recordings are handed out at once, and after that others again', async () => {
  const { promise: disk, resolve: diskAnswers } = Promise.withResolvers<Opening>();
  let asking = 0;
  await using room = await aRoom(() => {
    asking += 1;
    return disk;
  });
  const link = linkTo('talk.wav');
  const first = Array.from({ length: 40 }, () => ask(room.url, link));
  await expect.poll(() => asking).toBe(40);
  const { status, headers } = await ask(room.url, link);
  expect({ status, after: headers['retry-after'] }).toEqual({ status: 503, after: '5' });
  expect(asking).toBe(40);
  diskAnswers({ kind: 'nothing' });
  await Promise.all(first);
  await expect.poll(async () => (await ask(room.url, link)).status).toBe(404);
});

test('a recording that was cut short while it is handed out breaks off, and nobody waits for the rest', async () => {
  await using room = await aRoom();
  const file = join(room.folder, 'long.wav');
  writeFileSync(file, Buffer.alloc(20_000_000));
  const link = linkTo('long.wav');
  const { promise, resolve } = Promise.withResolvers<import('node:http').IncomingMessage>();
  request(new URL(link, room.url), resolve).end();
  const answer = await promise;
  truncateSync(file, 10);
  await expect(buffer(answer)).rejects.toThrow(/aborted|ECONNRESET/);
});

test('a disk that does not answer is a 503 after ten seconds, and the log says so once a minute', async () => {
  await using room = await aRoom();
  room.fs.hold();
  const answers = Array.from({ length: 5 }, () => ask(room.url, linkTo('talk.wav')));
  await expect.poll(() => room.clock.pending).toBe(5);
  await room.clock.pass(10_000);
  for (const { status, headers, body } of await Promise.all(answers)) {
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    expect(body.toString()).toContain('the disk with the recordings does not answer');
  }
  expect(room.log.lines).toMatchObject([
    { level: 'error', message: 'the disk with the recordings does not answer', facts: { times: 1 } },
  ]);
  expect(room.log.lines[0]?.facts['remedy']).toContain('NFS');
  await room.clock.pass(60_000);
  const later = ask(room.url, linkTo('talk.wav'));
  await expect.poll(() => room.clock.pending).toBe(1);
  await room.clock.pass(10_000);
  expect((await later).status).toBe(503);
  expect(room.log.lines.map(({ facts }) => facts['times'])).toEqual([1, 5]);
  room.fs.letGo();
  await expect.poll(async () => (await ask(room.url, linkTo('talk.wav'))).status).toBe(200);
});

test('whoever goes away while the disk is waited for leaves nothing open', async () => {
  await using room = await aRoom();
  room.fs.hold();
  const gone = request(new URL(linkTo('talk.wav'), room.url));
  gone.once('error', () => {});
  gone.end();
  await expect.poll(() => room.fs.underWay).toEqual(['open']);
  gone.destroy();
  room.fs.letGo();
  await expect.poll(() => room.fs.asked).toContain('close');
});

test.each([
  [{ kind: 'silent' }, 'the disk with the recordings does not answer'],
  [{ kind: 'closed', why: 'EIO' }, 'a recording cannot be read'],
] as const)(
  'a recording whose sound does not come is no recording that was opened: %j',
  async (sound, message) => {
    await using room = await aRoom(async () => opened({ sound: async () => sound }));
    const { status, headers } = await ask(room.url, linkTo('talk.wav'));
    expect([status, headers['content-type']]).toEqual([503, 'application/json; charset=utf-8']);
    expect(messagesOf(room.log)).toEqual([message]);
  },
);

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['6.6.6.6, 203.0.113.7', '203.0.113.7'],
  ['2001:db8::7', '2001:db8::7'],
  ['6.6.6.6, somebody', undefined],
])('the log says for whom the proxy of this machine asks: %s', async (forwarded, told) => {
  await using room = await aRoom();
  await ask(room.url, linkTo('talk.wav'), { forwarded });
  expect(room.log.lines.map(({ facts }) => [facts['from'], facts['forwardedFor']])).toEqual([
    ['127.0.0.1', told],
  ]);
});

test('a name that would break the header is written otherwise there', async () => {
  const path = 'a/b"\r\nset-cookie: x; é.wav';
  await using room = await aRoom(async () => opened({ path }));
  const { status, headers, body } = await ask(room.url, linkTo(path));
  expect({ status, body }).toEqual({ status: 200, body: TALK });
  expect(headers['content-disposition']).toBe('inline; filename="b___set-cookie__x___.wav"');
  expect(headers['set-cookie']).toBeUndefined();
});
