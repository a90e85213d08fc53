import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { health } from '../../src/cli/health.ts';
import { Office } from './office.ts';
import { ConfigFolder } from './process.ts';

/** Something that serves HTTP, on a port that is free. */
async function aServer(answer: RequestListener, host = '127.0.0.1') {
  const server = createServer(answer).listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('a server on a port has an address');
  return {
    port: address.port,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const well: RequestListener = ({ url }, response) => {
  response.statusCode = url === '/healthz' ? 200 : 404;
  response.end('ok\n');
};

describe('whoever asks for the health of the daemon', () => {
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    for (const way of ['log', 'error'] as const) {
      vi.spyOn(console, way).mockImplementation((text) => void said.push(`${way}: ${text}`));
    }
  });
  afterEach(() => vi.restoreAllMocks());

  /** What the command ends with, when HTTP is served there. */
  async function asked(http: string): Promise<number> {
    using folder = new ConfigFolder();
    const config = folder.write('config.yaml', `http: ${http}\nqueues: [{ name: ab, movideskQueueId: 1 }]\n`);
    return health({ config }, { env: {}, stop: new AbortController().signal, onCrash: () => {} });
  }

  it('hears of a daemon that is well, without knowing its secrets', async () => {
    using server = await aServer(well);
    expect(await asked(`{ port: ${server.port} }`)).toBe(0);
    expect(said).toEqual(['log: ok']);
  });

  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['::1', '::1'],
    ['localhost', '127.0.0.1'],
  ])('reaches a daemon whose http.host is %s', async (host, listens) => {
    using server = await aServer(well, listens);
    expect(await asked(`{ host: "${host}", port: ${server.port} }`)).toBe(0);
  });

  it('hears that nobody listens', async () => {
    expect(await asked('{ port: 1 }')).toBe(1);
    expect(said).toEqual([expect.stringMatching(/^error: .*127\.0\.0\.1:1\/healthz has nobody who listens/)]);
  });

  it.each([
    ['another program', 200, 'hello'],
    ['a daemon that is ill', 503, 'no'],
  ])('is not deceived by %s', async (_, status, text) => {
    using server = await aServer((_request, response) => response.writeHead(status).end(text));
    expect(await asked(`{ port: ${server.port} }`)).toBe(1);
    expect(said).toEqual([expect.stringContaining(`answers ${status} ${text}`)]);
  });

  it('does not wait for ever for one that hangs', async () => {
    using server = await aServer(() => {});
    expect(await asked(`{ port: ${server.port} }`)).toBe(1);
    expect(said).toEqual([expect.stringContaining('does not answer within 3000 ms')]);
  });

  it('hears that with port 0 nobody knows where to ask', async () => {
    expect(await asked('{ port: 0 }')).toBe(1);
    expect(said).toEqual([expect.stringContaining('http.port is 0')]);
  });

  it('hears what is wrong with the configuration', async () => {
    expect(await asked('{ prot: 1 }')).toBe(1);
    expect(said).toEqual([expect.stringContaining('http.prot')]);
  });

  it('asks the real daemon', async () => {
    using server = await aServer(well);
    const httpPort = server.port;
    server[Symbol.dispose]();
    using office = new Office({ httpPort });
    const daemon = office.daemon();
    await daemon.says('are served');
    expect(await asked(`{ port: ${httpPort} }`)).toBe(0);
    daemon.signal('SIGTERM');
    expect((await daemon.ended).code).toBe(0);
    expect(await asked(`{ port: ${httpPort} }`)).toBe(1);
  });
});
