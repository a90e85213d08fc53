import { BRIDGE_USER } from './asterisk-config.ts';
import type { Caller } from './caller.ts';
import type { Lab } from './lab.ts';
import { header, ManagerClient, type Packet } from './manager-client.ts';

/** What a bridge does by AMI, done by hand, with exactly the user that the shipped manager file makes. */
export class StrictManager {
  readonly client: ManagerClient;
  private heart: NodeJS.Timeout | undefined;

  private constructor(client: ManagerClient) {
    this.client = client;
  }

  static async login(lab: Lab): Promise<StrictManager> {
    const strict = new StrictManager(await ManagerClient.login({ host: lab.pbx.host, ...BRIDGE_USER }));
    await strict.live();
    return strict;
  }

  /** Sees what the bridge sees, and does nothing. */
  static async watch(lab: Lab): Promise<StrictManager> {
    return new StrictManager(await ManagerClient.login({ host: lab.pbx.host, ...BRIDGE_USER }));
  }

  /** Beats as a living bridge does. */
  async live(): Promise<void> {
    await this.beat();
    this.heart ??= setInterval(() => void this.beat(), 2_000);
  }

  /** Beats no more; the last beat seems to have been so long ago. */
  async die(secondsAgo: number): Promise<void> {
    clearInterval(this.heart);
    this.heart = undefined;
    await this.beat(secondsAgo);
  }

  close(): void {
    clearInterval(this.heart);
    this.client.close();
  }

  private async beat(secondsAgo = 0): Promise<void> {
    const epoch = Number(await this.client.getvar('EPOCH'));
    await this.client.setvar('MOVIDESK_BRIDGE_ALIVE', `${epoch - secondsAgo}`);
  }

  entered(caller: Caller): Promise<Packet> {
    return this.client.event('UserEvent', { UserEvent: 'MovideskCall', Uniqueid: caller.uniqueid });
  }

  /** Marks the caller and sends them to an extension. */
  async offer(
    caller: Caller,
    extension: string,
    options: { callId?: string; ringSeconds?: number } = {},
  ): Promise<void> {
    await this.offerTo(caller.uniqueid, extension, options);
  }

  async offerTo(
    uniqueid: string,
    extension: string,
    options: { callId?: string; ringSeconds?: number } = {},
  ): Promise<void> {
    await this.client.setvar('MOVIDESK_CALL_ID', options.callId ?? `pbx1-${uniqueid}`, uniqueid);
    await this.client.setvar('MOVIDESK_AGENT', extension, uniqueid);
    await this.client.setvar('MOVIDESK_RING_SECONDS', `${options.ringSeconds ?? 3}`, uniqueid);
    await this.move(uniqueid, 'movidesk-agent', extension);
  }

  redirect(caller: Caller, context: string, exten: string): Promise<void> {
    return this.move(caller.uniqueid, context, exten);
  }

  private async move(channel: string, context: string, exten: string): Promise<void> {
    const where = { Channel: channel, Context: context, Exten: exten, Priority: '1' };
    const answer = await this.client.action('Redirect', where);
    if (header(answer, 'Response') !== 'Success') throw new Error(`Redirect: ${header(answer, 'Message')}`);
  }

  offerFailed(caller: Caller, agent: string): Promise<Packet> {
    return this.client.event('UserEvent', {
      UserEvent: 'MovideskDial',
      Uniqueid: caller.uniqueid,
      Agent: agent,
    });
  }

  answered(caller: Caller): Promise<Packet> {
    return this.client.event('DialEnd', { Uniqueid: caller.uniqueid, DialStatus: 'ANSWER' });
  }

  hungUp(caller: Caller): Promise<Packet> {
    return this.client.event('Hangup', { Uniqueid: caller.uniqueid });
  }

  diary(callId: string): Promise<string> {
    return this.client.getvar(`DB_KEYS(movidesk/${callId})`);
  }

  /** The caller's line in the list of channels; nothing once it is gone. */
  async status(caller: Caller): Promise<Packet | undefined> {
    const items = await this.client.list('Status', { Variables: 'MOVIDESK_QUEUE,MOVIDESK_CALL_ID' });
    return items.find((item) => header(item, 'Uniqueid') === caller.uniqueid);
  }
}
