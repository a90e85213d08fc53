import { expect, test } from 'vitest';
import { OpenFailure } from '../../../src/adapters/asterisk/connection.ts';
import { whyUnlinked } from '../../../src/adapters/asterisk/why-unlinked.ts';
import { ManagerWire } from '../../../src/adapters/asterisk/wire.ts';
import { aClosedPort } from '../movidesk/far-side.ts';

const PEER = { host: 'pbx', port: 5038, username: 'movidesk' };
const why = (problem: OpenFailure['problem'], message: string) =>
  whyUnlinked(new OpenFailure(problem, message), PEER);

test('a refused login names the user, a refused connection the place, all else is told as it came', () => {
  expect(why('login-refused', 'Authentication failed')).toBe('login refused as movidesk');
  expect(why('unreachable', 'connect ECONNREFUSED 10.0.0.1:5038')).toBe('connection refused pbx:5038');
  expect(why('unreachable', 'no connection within 5000 ms')).toBe('no connection within 5000 ms');
});

test.each(['127.0.0.1', 'localhost'])('a PBX at %s that is stopped refuses the connection', async (host) => {
  const port = await aClosedPort();
  const closed = Promise.withResolvers<string>();
  const nothing = () => {};
  const wire = new ManagerWire(
    { ...PEER, host, port, secret: 'sesame-open' },
    {
      ...{ onConnect: nothing, onPacket: nothing, onRefused: nothing, onSkipped: nothing },
      ...{ onDistrusted: nothing, onClosed: closed.resolve },
    },
  );
  const told = new OpenFailure('unreachable', await closed.promise);
  expect(whyUnlinked(told, { ...PEER, host, port })).toBe(`connection refused ${host}:${port}`);
  wire.destroy('seen');
});
