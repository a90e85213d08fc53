import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Asterisk } from './asterisk.ts';
import { waitFor } from './wait-for.ts';

/**
 * A caller who writes their own SIP, for what SIPp would not send: `%0d%0a` in the user part of From. It has no voice.
 */
export class RawCaller {
  readonly callId = `raw-${process.pid}-${Date.now()}`;
  private readonly socket: Socket;
  private readonly target: { host: string; from: string; to: string; address: string };
  private answers = '';

  private constructor(socket: Socket, target: RawCaller['target']) {
    this.socket = socket;
    this.target = target;
    socket.on('message', (data) => {
      this.answers += data.toString('latin1');
    });
  }

  static async dial(
    pbx: Asterisk,
    options: { address: string; to: string; user: string },
  ): Promise<RawCaller> {
    const socket = createSocket('udp4');
    socket.bind(5060, options.address);
    await once(socket, 'listening');
    const from = `<sip:${options.user}@${options.address}>;tag=raw`;
    const caller = new RawCaller(socket, { host: pbx.host, from, to: options.to, address: options.address });
    caller.send('INVITE', 1, caller.sdp());
    await waitFor('the PBX to answer the raw caller', () => caller.answers.includes('SIP/2.0 200'));
    caller.send('ACK', 1);
    return caller;
  }

  private sdp(): string {
    const { address } = this.target;
    return `v=0\r\no=- 1 1 IN IP4 ${address}\r\ns=-\r\nc=IN IP4 ${address}\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\n`;
  }

  private send(method: string, number: number, body = ''): void {
    const { host, from, to, address } = this.target;
    const tag =
      /^To:.*(;tag=[^\r;]+)/im.exec(this.answers.slice(this.answers.indexOf('SIP/2.0 200')))?.[1] ?? '';
    const lines = [
      `${method} sip:${to}@${host} SIP/2.0`,
      `Via: SIP/2.0/UDP ${address}:5060;branch=z9hG4bK-${method}-${number}-${this.callId}`,
      `From: ${from}`,
      `To: <sip:${to}@${host}>${method === 'INVITE' ? '' : tag}`,
      `Call-ID: ${this.callId}`,
      `CSeq: ${number} ${method}`,
      `Contact: <sip:${address}:5060>`,
      'Max-Forwards: 70',
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${body.length}`,
    ];
    this.socket.send(`${lines.join('\r\n')}\r\n\r\n${body}`, 5060, host);
  }

  async hangUp(): Promise<void> {
    this.answers = this.answers.slice(this.answers.indexOf('SIP/2.0 200'));
    const before = this.answers.length;
    this.send('BYE', 2);
    await waitFor('the answer to BYE', () => this.answers.slice(before).includes('2 BYE'));
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.socket.close(done));
  }
}
