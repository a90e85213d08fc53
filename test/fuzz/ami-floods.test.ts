import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hangup } from '../adapters/asterisk/packets.ts';
import { ScriptedPbx } from '../adapters/asterisk/scripted-pbx.ts';
import { bytesOf } from './ami/attacker.ts';

const CHILD = fileURLToPath(new URL('ami/under-flood.ts', import.meta.url));
// What Node's own buffers and heap may grow by, with nothing kept.
const MAY_GROW_MB = 40;

const ofOneMegabyte = (text: string) => Buffer.from(text.repeat(Math.ceil(1_000_000 / text.length)));

test.each([
  [50, 'a line', 'é'],
  [50, 'a packet', 'Header: value\r\n'],
  [20, 'line ends', '\r\n'],
  [20, 'packets that nobody reads', 'Event: VarSet\r\nVariable: a\r\n\r\n'],
  [20, 'endless answers', 'Response: Follows\r\n\r\n'],
  // Parsed one by one, which takes its time.
  [5, 'answers to nothing', 'Response: Success\r\nActionID: close\r\n\r\n'],
  [5, 'hangups of strangers', bytesOf([hangup({ queue: '' })])],
])(
  '%i MB of %s are not kept in memory, and the link is there, or comes back',
  { timeout: 60_000 },
  async (megabytes, _, text) => {
    const asterisk = await ScriptedPbx.listen();
    const child = fork(CHILD, [String(asterisk.port)], {
      // A small nursery: how far a large one fills up before it is swept is chance.
      execArgv: ['--max-semi-space-size=2'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]();
    const linked = async () => Number((await lines.next()).value);
    const before = await linked();
    await flood(asterisk.sending, ofOneMegabyte(text), megabytes);
    // Whatever was left of it: here is where it ends, and the link as well.
    asterisk.hangUp();
    const after = await linked();

    expect(after - before).toBeLessThan(MAY_GROW_MB);
    child.disconnect();
    await once(child, 'exit');
    await asterisk.close();
  },
);

/** No faster than it is read, and no longer than it is listened to. */
async function flood(socket: Socket, megabyte: Buffer, megabytes: number): Promise<void> {
  for (let sent = 0; sent < megabytes && !socket.destroyed; sent += 1) {
    if (!socket.write(megabyte)) await drainedOrClosed(socket);
  }
}

function drainedOrClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
