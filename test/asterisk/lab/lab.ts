import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from '../../certificates/authority.ts';
import { Asterisk } from './asterisk.ts';
import type { PbxPlan } from './asterisk-config.ts';
import { Caller } from './caller.ts';
import { freeNetwork, type Network } from './network.ts';
import { type Habit, Phone } from './phone.ts';
import { RawCaller } from './raw-caller.ts';
import { voiceUlaw } from './tone.ts';

interface LabPlan extends Partial<Pick<PbxPlan, 'extensions' | 'flavour' | 'udesk' | 'originate'>> {
  /** The certificate with which this address speaks AMI over TLS. */
  readonly tls?: (host: string) => Credentials;
}

/** One PBX, its callers and its agents' phones. Closing it ends everything it started. */
export class Lab {
  readonly pbx: Asterisk;
  readonly network: Network;
  private readonly players: { close(): Promise<void> }[] = [];

  private constructor(pbx: Asterisk, network: Network) {
    this.pbx = pbx;
    this.network = network;
  }

  static async start(options: LabPlan = {}): Promise<Lab> {
    const network = await freeNetwork();
    const extensions = options.extensions ?? ['1001', '1002', '1003', '1004'];
    const tls = options.tls?.(network.pbx);
    const { flavour = 'plain', udesk, originate } = options;
    const pbx = await Asterisk.start({ network, extensions, flavour, tls, udesk, originate });
    writeFileSync(join(pbx.home.outside, 'sip', 'voice.ulaw'), voiceUlaw(2));
    return new Lab(pbx, network);
  }

  /**
   * Somebody outside dials `to`: a queue's name, `q_` and an Asterisk queue's name, or an agent's number. `udeskCallId`: it
   * is a call that Udesk knows, on a PBX that was prepared for it.
   */
  async caller(
    to: string,
    who: { number?: string; name?: string; udeskCallId?: string } = {},
  ): Promise<Caller> {
    const caller = await Caller.dial(this.pbx, {
      address: this.network.nextCaller(),
      to,
      number: who.number ?? '5511987654321',
      name: who.name,
      udeskCallId: who.udeskCallId,
    });
    this.players.push(caller);
    return caller;
  }

  /** A caller who writes their own SIP, see there. `user` stands in From as it is. */
  async rawCaller(to: string, user: string): Promise<RawCaller> {
    const caller = await RawCaller.dial(this.pbx, { address: this.network.nextCaller(), to, user });
    this.players.push(caller);
    return caller;
  }

  /** An agent's phone, registered and ready, that treats every call in one way until told otherwise. */
  async phone(extension: string, habit: Habit): Promise<Phone> {
    const phone = await Phone.register(this.pbx, {
      extension,
      address: this.network.phone(extension),
      habit,
    });
    this.players.push(phone);
    return phone;
  }

  /** Puts every phone and caller away, so that the next test starts with an empty house. */
  async clear(): Promise<void> {
    await this.pbx.console('channel request hangup all');
    await Promise.all(this.players.splice(0).map((player) => player.close()));
  }

  async close(): Promise<void> {
    await Promise.all(this.players.splice(0).map((player) => player.close()));
    await this.pbx.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
