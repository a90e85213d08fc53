import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions, Server as TlsServer } from 'node:tls';

export type Action = Readonly<Record<string, string>>;
/** Lines of packets, blank lines between them; `ActionID` is put in by whoever answers. */
export type Answerer = (action: Action) => readonly (readonly string[])[];

const success = (action: Action, ...lines: string[]) => [
  'Response: Success',
  `ActionID: ${action['actionid'] ?? ''}`,
  ...lines,
];
export const refusal = (action: Action, message: string) => [
  'Response: Error',
  `ActionID: ${action['actionid'] ?? ''}`,
  `Message: ${message}`,
];
/** An answer of one packet. */
export const value = (text: string) => (action: Action) => [success(action, 'Variable: x', `Value: ${text}`)];

export const BOOTED = [
  'Event: FullyBooted',
  'Privilege: system,all',
  'Uptime: 60',
  'LastReload: 60',
  'Status: Fully Booted',
];

/** A list: the items get the ActionID as their last header, as Asterisk does it. */
export function listOf(action: Action, event: string, items: readonly (readonly string[])[]) {
  const id = `ActionID: ${action['actionid'] ?? ''}`;
  return [
    success(action, 'EventList: start', 'Message: Channel status will follow'),
    ...items.map((item) => [...item, id]),
    [`Event: ${event}Complete`, id, 'EventList: Complete', `ListItems: ${items.length}`],
  ];
}

const DEFAULTS: Readonly<Record<string, Answerer>> = {
  login: (action) => [success(action, 'Message: Authentication accepted'), BOOTED],
  status: (action) => listOf(action, 'Status', []),
  queuestatus: (action) => listOf(action, 'QueueStatus', []),
  ping: (action) => [success(action, 'Ping: Pong')],
};

/** A PBX of a few lines: it answers as it is told, and sends what the test says. One client at a time. */
export class ScriptedPbx {
  readonly actions: Action[] = [];
  readonly #server: Server;
  readonly #answerers: Record<string, Answerer>;
  #client: Socket | undefined;
  logins = 0;
  /** Attempts to reach it, also those that ended in a handshake. */
  connections = 0;

  private constructor(answerers: Record<string, Answerer>, tls: TlsOptions | undefined) {
    this.#answerers = { ...DEFAULTS, ...answerers };
    const serve = (socket: Socket) => this.#serve(socket);
    this.#server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
    this.#server.on('connection', () => {
      this.connections += 1;
    });
  }

  /** With `tls` given, it speaks nothing else. */
  static async listen(answerers: Record<string, Answerer> = {}, tls?: TlsOptions): Promise<ScriptedPbx> {
    const pbx = new ScriptedPbx(answerers, tls);
    pbx.#server.listen(0, '127.0.0.1');
    await once(pbx.#server, 'listening');
    return pbx;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  answer(name: string, answerer: Answerer): void {
    this.#answerers[name] = answerer;
  }

  of(name: string): readonly Action[] {
    return this.actions.filter((action) => action['action'] === name);
  }

  send(text: string | Buffer): void {
    this.#client?.write(text);
  }

  sendPackets(...packets: readonly (readonly string[])[]): void {
    this.send(packets.map((lines) => `${lines.join('\r\n')}\r\n\r\n`).join(''));
  }

  get sending(): Socket {
    if (this.#client === undefined) throw new Error('nobody is connected');
    return this.#client;
  }

  /** What it says of itself from the next connection on. */
  present(tls: TlsOptions): void {
    if (this.#server instanceof TlsServer) this.#server.setSecureContext(tls);
  }

  hangUp(): void {
    this.#client?.destroy();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#client?.destroy();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.#client = socket;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    let held = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      const frames = (held + text).split('\r\n\r\n');
      held = frames.pop() ?? '';
      for (const frame of frames) this.#onAction(frame);
    });
  }

  #onAction(frame: string): void {
    const action = Object.fromEntries(
      frame.split('\r\n').map((line) => {
        const [name = '', ...rest] = line.split(': ');
        return [name.toLowerCase(), rest.join(': ')];
      }),
    );
    const name = (action['action'] ?? '').toLowerCase();
    this.actions.push({ ...action, action: name });
    if (name === 'login') this.logins += 1;
    this.sendPackets(...(this.#answerers[name] ?? ((asked) => [success(asked)]))(action));
  }
}
