import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { lendSocket } from '../../../src/adapters/asterisk/lent-socket.ts';

// As a library of the old kind sees it.
const net: typeof import('node:net') = createRequire(import.meta.url)('net');

test('whoever asks for a connection meanwhile is given ours, and afterwards a new one again', () => {
  const ours = new Socket();
  const before = net.createConnection;
  let given: Socket | undefined;
  lendSocket(ours, () => {
    given = net.createConnection({ port: 1 });
  });
  expect(given).toBe(ours);
  expect(net.createConnection).toBe(before);
});

test('a library that fails meanwhile leaves everything as it was', () => {
  const before = net.createConnection;
  const failing = () => {
    throw new Error('a slip');
  };
  expect(() => lendSocket(new Socket(), failing)).toThrow('a slip');
  expect(net.createConnection).toBe(before);
});
