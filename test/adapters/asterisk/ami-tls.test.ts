import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { TLSSocket, type TlsOptions } from 'node:tls';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Packet } from '../../../src/adapters/asterisk/packet.ts';
import { trustIn } from '../../../src/adapters/asterisk/tls-socket.ts';
import { ManagerWire } from '../../../src/adapters/asterisk/wire.ts';
import { uniqueidFrom } from '../../../src/domain/identity.ts';
import { type Credentials, selfSigned, TestAuthority } from '../../certificates/authority.ts';
import { deviceChanged, entered, hangup } from './packets.ts';
import { ScriptedPbx } from './scripted-pbx.ts';
import { HandClock, keepingLog, type LogLine, Observed, optionsFor } from './worlds.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 10_000, interval: 2 });
const uniqueid = uniqueidFrom('1795361570.0');
const authority = new TestAuthority();
const HERE = { names: ['127.0.0.1'] };
const DAY_MS = 86_400_000;

interface Trusting {
  readonly host?: string;
  /** Short of our test authority. */
  readonly whom?: readonly string[] | 'the system';
}

/** The adapter at work over TLS, towards whatever listens on this port. */
function linkTo(port: number, { host = '127.0.0.1', whom = [authority.certificate] }: Trusting = {}) {
  const lines: LogLine[] = [];
  const clock = new HandClock();
  const plain = optionsFor(port);
  const authorities = whom === 'the system' ? undefined : whom;
  const asterisk = { ...plain.asterisk, host, tls: true, authorities };
  const observed = new Observed({ ...plain, asterisk, clock, log: keepingLog(lines) });
  closers.push(() => observed.pbx.close());
  /** Lets the pauses between attempts pass until it is so. */
  const retried = (isSo: () => boolean) =>
    until(() => {
      clock.skipPause();
      return isSo();
    });
  return { observed, pbx: observed.pbx, clock, lines, retried };
}

async function start(tls: TlsOptions, trusting: Trusting = {}) {
  const asterisk = await ScriptedPbx.listen({}, tls);
  closers.push(() => asterisk.close());
  return { asterisk, ...linkTo(asterisk.port, trusting) };
}

/** Something that is no PBX; `greet` is what it does to whoever connects. */
async function stranger(greet: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    greet(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

describe('a PBX with a certificate that is trusted and names it', () => {
  test('is spoken to over TLS: login, snapshot, events, actions', async () => {
    const { asterisk, observed, pbx } = await start(authority.issue(HERE));
    await observed.told('linked');
    asterisk.sendPackets(entered());
    expect((await observed.told('caller-entered')).caller.number).toBe('5511987654321');
    expect(await pbx.sendToHold(uniqueid)).toEqual({ ok: true });
    expect(asterisk.of('login')).toMatchObject([{ username: 'movidesk', secret: 'sesame' }]);
    expect(asterisk.of('redirect')).toMatchObject([{ context: 'movidesk-hold' }]);
  });

  test('is asked for by its name, where it has one', async () => {
    const named = await start(authority.issue({ names: ['localhost'] }), { host: 'localhost' });
    await named.observed.told('linked');
    expect(securedOf(named.asterisk).servername).toBe('localhost');
  });

  test('is not asked for by its address, which is no name', async () => {
    const { asterisk, observed } = await start(authority.issue(HERE));
    await observed.told('linked');
    expect(securedOf(asterisk).servername).toBe(false);
  });

  test.each([
    ['the certificate itself, where it vouches for itself', selfSigned(HERE)],
    ['the certificate itself, where somebody else vouches for it', authority.issue(HERE)],
  ])('may be trusted by %s', async (_what, credentials) => {
    const { observed } = await start(credentials, { whom: [credentials.cert] });
    await observed.told('linked');
  });

  test('is lost and found again like any other', async () => {
    const { asterisk, observed, retried } = await start(authority.issue(HERE));
    await observed.told('linked');
    asterisk.hangUp();
    expect((await observed.told('unlinked')).why).toContain('closed the connection');
    await retried(() => observed.of('linked').length === 2);
    expect(asterisk.logins).toBe(2);
  });

  test('is noticed within fifteen seconds when it does not answer any more', async () => {
    const { asterisk, observed, clock } = await start(authority.issue(HERE));
    await observed.told('linked');
    asterisk.answer('ping', () => []);
    clock.pass(10_000);
    await until(() => asterisk.of('ping').length === 1);
    clock.pass(5_000);
    expect((await observed.told('unlinked')).why).toContain('ping');
    await until(() => asterisk.sending.destroyed);
  });

  test('sees the connection end when we close', async () => {
    const { asterisk, observed, pbx } = await start(authority.issue(HERE));
    await observed.told('linked');
    await pbx.close();
    await until(() => asterisk.sending.destroyed);
  });
});

test('packets are the same over TLS, wherever they are cut, and be it within a letter', async () => {
  const asterisk = await ScriptedPbx.listen({}, authority.issue(HERE));
  closers.push(() => asterisk.close());
  const packets: Packet[] = [];
  const wire = await connected(asterisk.port, (packet) => packets.push(packet));
  closers.push(async () => wire.destroy('the test is over'));
  wire.login(() => {});
  // The login's answer, and FullyBooted.
  await until(() => packets.length === 2);
  const sent = [
    ['Event: UserEvent', 'CallerIDName: José 日本 🙂'],
    deviceChanged('PJSIP/1001', 'INUSE'),
    hangup(),
  ];
  const bytes = Buffer.from(sent.map((lines) => `${lines.join('\r\n')}\r\n\r\n`).join(''));
  const within = ['é', '日', '🙂'].map((letter) => bytes.indexOf(letter) + 1);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 40 }), async (cuts) => {
      packets.length = 0;
      const places = [...new Set([0, ...within, ...cuts, bytes.length])].toSorted((a, b) => a - b);
      for (const [index, place] of places.entries()) {
        asterisk.send(bytes.subarray(place, places[index + 1] ?? place));
        await new Promise(setImmediate);
      }
      await until(() => packets.length === sent.length);
      expect(packets.map(({ event }) => event)).toEqual(['UserEvent', 'DeviceStateChange', 'Hangup']);
      expect(packets[0]).toEqual({ event: 'UserEvent', calleridname: 'José 日本 🙂' });
    }),
    { numRuns: 60 },
  );
});

test('five thousand events in one go come over TLS in order', async () => {
  const { asterisk, observed } = await start(authority.issue(HERE));
  await observed.told('linked');
  const devices = Array.from({ length: 5_000 }, (_, index) => `PJSIP/${1_000 + index}`);
  asterisk.sendPackets(...devices.map((device) => deviceChanged(device, 'INUSE')));
  await observed.told('device-changed', devices.length);
  expect(observed.of('device-changed').map(({ device }) => device)).toEqual(devices);
});

const REFUSED: readonly (readonly [what: string, Credentials, why: RegExp, remedy: RegExp])[] = [
  [
    'of an authority that we do not know',
    new TestAuthority('Somebody else').issue(HERE),
    /signed by nobody whom we trust/,
    /asterisk\.caFile/,
  ],
  [
    'of an impostor who goes by the name of ours',
    new TestAuthority().issue(HERE),
    /signed by nobody whom we trust/,
    /asterisk\.caFile/,
  ],
  ['that only it vouches for', selfSigned(HERE), /signed by nobody whom we trust/, /certificate itself/],
  [
    'for another name',
    authority.issue({ names: ['pbx.example.com'] }),
    /another name.*127\.0\.0\.1/,
    /asterisk\.host.*127\.0\.0\.1/,
  ],
  [
    'for another address',
    authority.issue({ names: ['127.0.0.2'] }),
    /another name.*127\.0\.0\.2/,
    /IP entry/,
  ],
  [
    'that has expired',
    authority.issue({ ...HERE, notBefore: daysAgo(9), notAfter: daysAgo(1) }),
    /expired/,
    /tlscertfile/,
  ],
  [
    'that is not valid yet',
    authority.issue({ ...HERE, notBefore: daysAgo(-1), notAfter: daysAgo(-9) }),
    /not valid yet/,
    /clock/,
  ],
];

describe('a PBX with a certificate', () => {
  test.each(REFUSED)('%s is told nothing, and tried until it is mended', async (...row) => {
    const [, credentials, why, remedy] = row;
    const { asterisk, observed, lines, retried } = await start(credentials);
    expect((await observed.told('unlinked')).why).toMatch(why);
    await retried(() => asterisk.connections >= 3);
    expect(asterisk.actions).toEqual([]);
    asterisk.present(authority.issue(HERE));
    await retried(() => observed.of('linked').length === 1);
    expect(observed.of('unlinked')).toHaveLength(1);
    // One line for all the attempts.
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'error', facts: refusedAt(asterisk.port) });
    expect(lines[0]?.facts['why']).toMatch(why);
    expect(lines[0]?.facts['remedy']).toMatch(remedy);
    expect(JSON.stringify(lines)).not.toContain('sesame');
  });

  test('for its address alone is refused where it is known by name', async () => {
    const { asterisk, observed } = await start(authority.issue(HERE), { host: 'localhost' });
    expect((await observed.told('unlinked')).why).toMatch(/another name.*localhost/);
    expect(asterisk.actions).toEqual([]);
  });

  test('of a test is not trusted by the authorities of the system', async () => {
    const { asterisk, observed } = await start(authority.issue(HERE), { whom: 'the system' });
    expect((await observed.told('unlinked')).why).toContain('signed by nobody whom we trust');
    expect(asterisk.actions).toEqual([]);
  });

  test('that is refused stays so, whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    closers.push(async () => vi.unstubAllEnvs());
    const { asterisk, observed } = await start(selfSigned(HERE));
    expect((await observed.told('unlinked')).why).toContain('signed by nobody whom we trust');
    expect(asterisk.actions).toEqual([]);
  });

  test('with as many names as a stranger likes does not fill the log', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `${index}.example.com`);
    const { observed, lines } = await start(authority.issue({ names }), { host: 'localhost' });
    await observed.told('unlinked');
    expect(String(lines[0]?.facts['why']).length).toBeLessThan(300);
  });
});

test('a PBX that speaks plain AMI on that port is told nothing, and the log says what it is', async () => {
  const asterisk = await ScriptedPbx.listen();
  closers.push(() => asterisk.close());
  const { observed, lines } = linkTo(asterisk.port);
  expect((await observed.told('unlinked')).why).toContain('does not speak TLS');
  expect(lines[0]).toMatchObject({ level: 'error', facts: refusedAt(asterisk.port) });
  expect(lines[0]?.facts['remedy']).toMatch(/asterisk\.port.*tlsenable/);
  expect(JSON.stringify(asterisk.actions)).not.toContain('sesame');
});

test('a PBX whose TLS is older than 1.2 is refused', async () => {
  const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const { observed, lines } = await start({ ...authority.issue(HERE), ...old });
  expect((await observed.told('unlinked')).why).toContain('protocol version');
  expect(lines[0]).toMatchObject({ level: 'error', facts: { code: 'AMI_TLS_REFUSED' } });
  expect(lines[0]?.facts['remedy']).toContain('TLS 1.2');
});

test('a PBX that says nothing at all is left after five seconds', async () => {
  const { port, sockets } = await stranger((socket) => socket.resume());
  const { observed, clock, lines } = linkTo(port);
  await until(() => sockets.length === 1);
  clock.pass(5_000);
  expect((await observed.told('unlinked')).why).toBe('no connection within 5000 ms');
  expect(lines[0]?.facts).toMatchObject({ code: 'AMI_UNREACHABLE' });
  await until(() => sockets[0]?.destroyed === true);
});

test.each<[what: string, greet: (socket: Socket) => void]>([
  ['ends the connection', (socket) => socket.end()],
  ['breaks the connection', (socket) => socket.resetAndDestroy()],
  // The first four bytes of a TLS record.
  ['stops within its first word', (socket) => socket.end(Buffer.from('16030300', 'hex'))],
])('a PBX that %s in the middle of the handshake is tried again', async (_what, greet) => {
  const { port, sockets } = await stranger((socket) => socket.once('data', () => greet(socket)));
  const { observed, lines, retried } = linkTo(port);
  await observed.told('unlinked');
  await retried(() => sockets.length >= 3);
  expect(lines.map(({ level, facts }) => [level, facts['code']])).toEqual([['warn', 'AMI_UNREACHABLE']]);
});

test('a daemon that stops in the middle of a handshake waits for nobody', async () => {
  const { port, sockets } = await stranger((socket) => socket.resume());
  const { pbx } = linkTo(port);
  await until(() => sockets.length === 1);
  await pbx.close();
  await until(() => sockets[0]?.destroyed === true);
});

const refusedAt = (port: number) => ({ code: 'AMI_TLS_REFUSED', host: '127.0.0.1', port });

/** A wire alone, when the login may be sent. */
function connected(port: number, onPacket: (packet: Packet) => void): Promise<ManagerWire> {
  return new Promise((resolve, reject) => {
    const trust = trustIn([authority.certificate]);
    const wire: ManagerWire = new ManagerWire(
      { host: '127.0.0.1', port, username: '', secret: '', trust },
      {
        onConnect: () => resolve(wire),
        onPacket,
        onRefused: () => {},
        onSkipped: () => {},
        onDistrusted: ({ why }) => reject(new Error(why)),
        onClosed: () => {},
      },
    );
  });
}

function securedOf(asterisk: ScriptedPbx): TLSSocket {
  if (!(asterisk.sending instanceof TLSSocket)) throw new Error('this connection is not TLS');
  return asterisk.sending;
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}
