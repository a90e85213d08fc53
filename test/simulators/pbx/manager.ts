import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { PbxSimulator } from '../../../src/simulators/pbx/pbx-simulator.ts';

export const USER = { username: 'movidesk', secret: 'a-secret' };

export type Packet = readonly (readonly [name: string, value: string])[];

export function header(packet: Packet, name: string): string {
  return packet.find(([candidate]) => candidate === name)?.[1] ?? '';
}

export const names = (packet: Packet): string[] => packet.map(([name]) => name);

/** A manager client made of a socket: what it reads is what came over the wire. */
export class Manager {
  readonly packets: Packet[] = [];
  isClosed = false;
  private readonly socket: Socket;
  private readonly pbx: PbxSimulator;
  private text = '';
  private nextId = 1;

  private constructor(pbx: PbxSimulator, socket: Socket) {
    this.pbx = pbx;
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.read(text));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
      this.looks();
    });
  }

  private waiting: (() => void)[] = [];

  static async connect(pbx: PbxSimulator): Promise<Manager> {
    const socket = connect(pbx.port, '127.0.0.1');
    const manager = new Manager(pbx, socket);
    await once(socket, 'connect');
    return manager;
  }

  static async login(pbx: PbxSimulator): Promise<Manager> {
    const manager = await Manager.connect(pbx);
    const answer = await manager.action('Login', {
      Username: USER.username,
      Secret: USER.secret,
      Events: 'on',
    });
    if (header(answer, 'Response') !== 'Success') throw new Error(header(answer, 'Message'));
    await manager.until(() => manager.events.some((event) => header(event, 'Event') === 'FullyBooted'));
    return manager;
  }

  get events(): Packet[] {
    return this.packets.filter((packet) => packet[0]?.[0] === 'Event' && header(packet, 'ActionID') === '');
  }

  send(text: string): void {
    this.socket.write(text);
  }

  async action(action: string, headers: Readonly<Record<string, string>> = {}): Promise<Packet> {
    const id = `t${this.nextId++}`;
    const lines = Object.entries({ Action: action, ActionID: id, ...headers });
    this.send(`${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    return this.response(id);
  }

  response(id: string): Promise<Packet> {
    return this.find((packet) => header(packet, 'ActionID') === id && names(packet)[0] === 'Response');
  }

  /** The items of a list action. */
  async list(action: string, headers: Readonly<Record<string, string>> = {}): Promise<Packet[]> {
    const id = header(await this.action(action, headers), 'ActionID');
    const isOf = (packet: Packet): boolean =>
      header(packet, 'ActionID') === id && names(packet)[0] === 'Event';
    await this.find((packet) => isOf(packet) && header(packet, 'EventList') === 'Complete');
    return this.packets.filter((packet) => isOf(packet) && header(packet, 'EventList') === '');
  }

  async getvar(variable: string, channel?: string): Promise<string> {
    return header(await this.action('Getvar', { Variable: variable, ...channelHeader(channel) }), 'Value');
  }

  setvar(variable: string, value: string, channel?: string): Promise<Packet> {
    return this.action('Setvar', { Variable: variable, Value: value, ...channelHeader(channel) });
  }

  redirect(channel: string, context: string, exten: string): Promise<Packet> {
    return this.action('Redirect', { Channel: channel, Context: context, Exten: exten, Priority: '1' });
  }

  /** Names the visit and sends the caller to an agent, as the daemon does. */
  async offer(channel: string, extension: string, ringSeconds = 10): Promise<Packet> {
    await this.setvar('MOVIDESK_CALL_ID', `pbx1-${channel}`, channel);
    await this.setvar('MOVIDESK_AGENT', extension, channel);
    await this.setvar('MOVIDESK_RING_SECONDS', String(ringSeconds), channel);
    return this.redirect(channel, 'movidesk-agent', extension);
  }

  event(name: string, wanted: Readonly<Record<string, string>> = {}): Promise<Packet> {
    return this.find(
      (packet) =>
        header(packet, 'Event') === name &&
        Object.entries(wanted).every(([field, value]) => header(packet, field) === value),
    );
  }

  async find(isWanted: (packet: Packet) => boolean): Promise<Packet> {
    await this.until(() => this.packets.some(isWanted));
    const found = this.packets.find(isWanted);
    if (found === undefined) throw new Error('it was there a moment ago');
    return found;
  }

  /** Until it is true, or the PBX's patience is over. */
  until(isTrue: () => boolean): Promise<void> {
    if (isTrue()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!isTrue()) return;
        this.waiting = this.waiting.filter((other) => other !== look);
        resolve();
      };
      this.waiting.push(look);
      this.pbx
        .waitFor(() => !this.waiting.includes(look), 120_000)
        .catch((error: unknown) => {
          if (this.waiting.includes(look)) reject(new Error(`${error}; seen: ${this.story().join(', ')}`));
        });
    });
  }

  /** Every event in a word, in the order of the wire. */
  story(): string[] {
    return this.events.map(word);
  }

  close(): void {
    this.socket.destroy();
  }

  private read(text: string): void {
    this.text += text;
    if (this.packets.length === 0) this.text = this.text.replace(/^Asterisk Call Manager\/11\.0\.0\r\n/, '');
    const parts = this.text.split('\r\n\r\n');
    this.text = parts.pop() ?? '';
    for (const part of parts) this.packets.push(packetFrom(part));
    this.looks();
  }

  private looks(): void {
    for (const look of [...this.waiting]) look();
  }
}

function channelHeader(channel: string | undefined): Readonly<Record<string, string>> {
  return channel === undefined ? {} : { Channel: channel };
}

function packetFrom(text: string): Packet {
  return text.split('\r\n').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 2)] as const;
  });
}

function word(event: Packet): string {
  const name = header(event, 'Event');
  const detail = ['UserEvent', 'DialStatus', 'State', 'Cause'].map((field) => header(event, field));
  const [first = ''] = detail.filter((value) => value !== '');
  const device = header(event, 'Device');
  return [name, device, first].filter((part) => part !== '').join(' ');
}
