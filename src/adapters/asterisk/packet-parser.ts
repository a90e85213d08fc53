import { Socket } from 'node:net';
import AsteriskManager from 'asterisk-manager';
import { lendSocket } from './lent-socket.ts';
import type { Packet } from './packet.ts';

/** The library's parser by itself, on a socket that is never connected: what it is given was received long ago. */
export function packetParser(onPacket: (packet: Packet) => void): (text: string) => void {
  const manager = new AsteriskManager(undefined, undefined, '', '', true);
  manager.removeAllListeners('rawevent');
  manager.on('rawevent', onPacket);
  const socket = new Socket();
  lendSocket(socket, () => manager.connect({}, undefined, () => {}));
  const [parse] = socket.listeners('data');
  socket.removeAllListeners('data');
  return (text) => parse?.call(socket, text);
}
