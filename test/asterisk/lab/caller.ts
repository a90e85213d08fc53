import type { Asterisk } from './asterisk.ts';
import { channelOfCallId, type LabChannel } from './channels.ts';
import { Sipp } from './sipp.ts';
import { dialing } from './sipp-scripts.ts';

export interface CallerOptions {
  readonly address: string;
  readonly to: string;
  readonly number: string;
  readonly name: string | undefined;
  readonly udeskCallId: string | undefined;
}

let calls = 0;

const udeskHeader = ({ udeskCallId }: CallerOptions): string =>
  udeskCallId === undefined ? '' : `X-Udesk-Call-Id: ${udeskCallId}\n`;

/** A customer on the trunk, from an address of their own. */
export class Caller {
  /** The caller's channel, whose Uniqueid never changes. */
  readonly channel: LabChannel;
  private readonly sipp: Sipp;
  private readonly callId: string;

  private constructor(sipp: Sipp, callId: string, channel: LabChannel) {
    this.sipp = sipp;
    this.callId = callId;
    this.channel = channel;
  }

  static async dial(pbx: Asterisk, options: CallerOptions): Promise<Caller> {
    calls += 1;
    const callId = `caller-${calls}-${process.pid}`;
    const display = options.name === undefined ? '' : `"${options.name}" `;
    const from = `${display}<sip:${options.number}@${options.address}>`;
    const sipp = new Sipp({
      home: pbx.home,
      script: dialing({ from, withPassword: false, more: udeskHeader(options) }),
      pbx: pbx.host,
      address: options.address,
      port: 5060,
      more: ['-s', options.to, '-m', '1', '-cid_str', callId],
    });
    return new Caller(sipp, callId, await channelOfCallId(pbx, callId));
  }

  get uniqueid(): string {
    return this.channel.uniqueid;
  }

  /** Hangs up, and waits until the PBX has agreed. */
  async hangUp(): Promise<void> {
    await this.sipp.tell(this.callId, 'XHANGUP');
    await this.ended();
  }

  /** The end of the call, whoever ended it. */
  async ended(timeoutMs?: number): Promise<void> {
    if (!(await this.sipp.ended(timeoutMs)))
      throw new Error(`The caller's script failed:\n${this.sipp.errors()}`);
  }

  get isOver(): boolean {
    return this.sipp.hasEnded;
  }

  close(): Promise<void> {
    return this.sipp.close();
  }
}
