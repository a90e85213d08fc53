import { header, type Packet } from '../asterisk/lab/manager-client.ts';

const PHONE = /^PJSIP\/(1\d{3})-/;
// The daemon asks for the state of a phone and then moves the caller. A colleague's transfer may reach the phone in
// between; it knows of its own offers, so those may never meet.
const RACE_MS = 300;
// ChannelState 0: dialed, and the phone has said nothing yet. One that never says that it rings is NOT_INUSE until it
// answers, whatever the PBX is asked.
const SILENT = '0';

interface Leg {
  /** When the PBX first showed that the phone is in use by it. */
  shownAt: number | undefined;
  isOffer: boolean;
}

/** Which calls stand on which phone, and which offers met one. */
export class PhoneBook {
  readonly secondOffers: string[] = [];
  readonly #legs = new Map<string, Leg>();

  static extensionOf(channel: string): string | undefined {
    return PHONE.exec(channel)?.[1];
  }

  note(event: string, packet: Packet, at: number): void {
    const channel = header(packet, 'Channel');
    if (event === 'Hangup') this.#legs.delete(channel);
    if (event === 'Newchannel' && PhoneBook.extensionOf(channel) !== undefined)
      this.#legs.set(channel, { shownAt: undefined, isOffer: false });
    const leg = this.#legs.get(channel);
    const state = header(packet, 'ChannelState');
    if (leg !== undefined && state !== '' && state !== SILENT) leg.shownAt ??= at;
  }

  /** An offer of ours has begun to dial this phone. */
  offered(extension: string, channel: string, at: number): void {
    const leg = this.#legs.get(channel);
    if (leg !== undefined) leg.isOffer = true;
    for (const [other, { shownAt, isOffer }] of this.#legs) {
      if (other === channel || PhoneBook.extensionOf(other) !== extension) continue;
      if (!isOffer && (shownAt === undefined || at - shownAt < RACE_MS)) continue;
      this.secondOffers.push(`${extension} was offered ${channel} while it had ${other}`);
    }
  }

  has(channel: string): boolean {
    return this.#legs.has(channel);
  }

  clear(): void {
    this.#legs.clear();
  }
}
