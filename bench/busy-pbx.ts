import { createServer, type Socket } from 'node:net';
import { busyDay } from './busy-day.ts';

/**
 * A PBX in a process of its own, so that its work is not counted: lets anybody in, lists no channels, and at the message
 * `play` says everything it has as fast as the other side takes it.
 */
const day = busyDay(Number(process.argv[2]));

const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.write('Asterisk Call Manager/11.0.0\r\n');
  socket.setEncoding('utf8').on('data', (text: string) => {
    for (const frame of text.split('\r\n\r\n')) socket.write(answerTo(frame));
  });
  process.once('message', () => play(socket, 0));
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.send?.({ port, events: day.events, ours: day.ours, endings: day.endings });
});

function answerTo(frame: string): string {
  const id = /^ActionID: (.*)$/im.exec(frame)?.[0];
  if (id === undefined) return '';
  const success = `Response: Success\r\n${id}\r\n`;
  if (/^Action: login/im.test(frame)) return `${success}\r\n${BOOTED}`;
  // Whoever is asked about has hung up: it is said so fast that they have by the time of the question.
  if (/^Action: Status/im.test(frame) && /^Channel: /im.test(frame))
    return `Response: Error\r\n${id}\r\nMessage: No such channel\r\n\r\n`;
  if (/^Action: Status/im.test(frame)) {
    const end = `Event: StatusComplete\r\n${id}\r\nEventList: Complete\r\nListItems: 0\r\n\r\n`;
    return `${success}EventList: start\r\n\r\n${end}`;
  }
  return `${success}\r\n`;
}

const BOOTED =
  'Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 1\r\nLastReload: 1\r\nStatus: Fully Booted\r\n\r\n';

function play(socket: Socket, from: number): void {
  for (let index = from; index < day.blocks.length; index += 1) {
    if (!socket.write(day.blocks[index] ?? '')) {
      socket.once('drain', () => play(socket, index + 1));
      return;
    }
  }
}

process.on('disconnect', () => process.exit());
