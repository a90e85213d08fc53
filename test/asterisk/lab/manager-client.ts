import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { waitFor } from './wait-for.ts';

/** One packet as it came: header names may repeat, so it is a list. */
export type Packet = readonly (readonly [name: string, value: string])[];

export const header = (packet: Packet, name: string): string =>
  packet.find(([key]) => key === name)?.[1] ?? '';

export const headers = (packet: Packet, name: string): string[] =>
  packet.filter(([key]) => key === name).map(([, value]) => value);

function parse(text: string): Packet {
  return text.split('\r\n').map((line) => {
    const colon = line.indexOf(': ');
    return colon < 0 ? ([line, ''] as const) : ([line.slice(0, colon), line.slice(colon + 2)] as const);
  });
}

/**
 * The plainest manager connection: what is sent and what comes, nothing interpreted. It drives the lab and checks
 * what a manager user really sees; the daemon has its own.
 */
export class ManagerClient {
  readonly packets: Packet[] = [];
  private readonly arrivals = new WeakMap<Packet, number>();
  private readonly socket: Socket;
  private rest = '';

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (data) => this.receive(String(data)));
    // The connection dies with the PBX; whoever waits for an answer then says so by their own deadline.
    socket.on('error', () => undefined);
  }

  static async login(options: { host: string; username: string; secret: string }): Promise<ManagerClient> {
    const socket = connect(5038, options.host);
    await once(socket, 'connect');
    const client = new ManagerClient(socket);
    const answer = await client.action('Login', { Username: options.username, Secret: options.secret });
    if (header(answer, 'Response') !== 'Success') {
      client.close();
      throw new Error(`Login of ${options.username}: ${header(answer, 'Message')}`);
    }
    return client;
  }

  private receive(data: string): void {
    this.rest += data;
    // The greeting is the only line that is not part of a packet.
    this.rest = this.rest.replace(/^Asterisk Call Manager[^\r]*\r\n/, '');
    for (let end = this.rest.indexOf('\r\n\r\n'); end >= 0; end = this.rest.indexOf('\r\n\r\n')) {
      const packet = parse(this.rest.slice(0, end));
      this.arrivals.set(packet, Date.now());
      this.packets.push(packet);
      this.rest = this.rest.slice(end + 4);
    }
  }

  /** Sends an action and returns its response, whether success or error. */
  async action(name: string, fields: Readonly<Record<string, string>> = {}): Promise<Packet> {
    const id = this.send(name, fields);
    return waitFor(`the response to ${name}`, () =>
      this.packets.find((packet) => header(packet, 'ActionID') === id && header(packet, 'Response') !== ''),
    );
  }

  /** Sends an action that answers with a list, and returns the items. */
  async list(name: string, fields: Readonly<Record<string, string>> = {}): Promise<Packet[]> {
    const id = this.send(name, fields);
    const isOurs = (packet: Packet): boolean => header(packet, 'ActionID') === id;
    await waitFor(`the list of ${name}`, () =>
      this.packets.some((packet) => isOurs(packet) && header(packet, 'EventList') === 'Complete'),
    );
    return this.packets.filter(
      (packet) => isOurs(packet) && header(packet, 'EventList') === '' && header(packet, 'Event') !== '',
    );
  }

  private send(name: string, fields: Readonly<Record<string, string>>): string {
    const id = randomUUID();
    const lines = Object.entries({ Action: name, ActionID: id, ...fields }).map(
      ([key, value]) => `${key}: ${value}`,
    );
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    return id;
  }

  /** The value of a variable or function; without a channel, of a global one. */
  async getvar(variable: string, channel?: string): Promise<string> {
    const answer = await this.action(
      'Getvar',
      channel === undefined ? { Variable: variable } : { Variable: variable, Channel: channel },
    );
    return header(answer, 'Value');
  }

  async setvar(variable: string, value: string, channel?: string): Promise<void> {
    const where = channel === undefined ? {} : { Channel: channel };
    const answer = await this.action('Setvar', { ...where, Variable: variable, Value: value });
    if (header(answer, 'Response') !== 'Success')
      throw new Error(`Setvar ${variable}: ${header(answer, 'Message')}`);
  }

  /** The first event that fits, also one that came already. */
  event(name: string, fields: Readonly<Record<string, string>> = {}, timeoutMs = 10_000): Promise<Packet> {
    const wanted = Object.entries(fields);
    return waitFor(
      `the event ${name} ${JSON.stringify(fields)}`,
      () =>
        this.packets.find(
          (packet) =>
            header(packet, 'Event') === name && wanted.every(([key, value]) => header(packet, key) === value),
        ),
      timeoutMs,
    );
  }

  events(name: string, fields: Readonly<Record<string, string>> = {}): Packet[] {
    const wanted = Object.entries(fields);
    return this.packets.filter(
      (packet) =>
        header(packet, 'Event') === name && wanted.every(([key, value]) => header(packet, key) === value),
    );
  }

  /** When it was read here, by this process's clock. */
  arrivedAt(packet: Packet): number {
    const at = this.arrivals.get(packet);
    if (at === undefined) throw new Error('This packet came on another connection.');
    return at;
  }

  /** The PBX, or we, have ended the connection. */
  get isClosed(): boolean {
    return this.socket.closed;
  }

  close(): void {
    this.socket.destroy();
  }
}
