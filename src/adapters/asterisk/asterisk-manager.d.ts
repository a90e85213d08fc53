// The library ships no types. Only what this folder uses is declared, so that its other gaps stay out of reach.
declare module 'asterisk-manager' {
  import type { TcpNetConnectOpts } from 'node:net';

  export type PacketValue = string | readonly string[] | Readonly<Record<string, string>>;
  /** One packet: names in lower case; a repeated header is an array; `variable` and `chanvariable` are objects. */
  export type Packet = Readonly<Record<string, PacketValue>>;

  export default class AsteriskManager {
    /** Connects at once where a port is given; so none is. */
    constructor(port: undefined, host: undefined, username: string, secret: string, events: boolean);
    on(event: 'rawevent', listener: (packet: Packet) => void): void;
    emit(actionId: string, error: Packet | undefined, packet: Packet): boolean;
    removeAllListeners(event: string): void;
    /** Hands its first argument on to `net.createConnection`, so options will do. */
    connect(options: Partial<TcpNetConnectOpts>, host: undefined, onConnect: () => void): void;
    login(callback: (refusal?: Packet) => void): void;
    /** Takes `actionid` out of the object it is given. */
    action(
      headers: Record<string, string>,
      callback: (error: Packet | undefined, packet: Packet) => void,
    ): void;
    disconnect(): void;
  }
}
