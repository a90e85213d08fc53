import { header, type Packet } from '../asterisk/lab/manager-client.ts';

const PHONE = /^PJSIP\/(1\d{3})-/;
// The daemon asks for the state of a phone and then moves the caller. A colleague's transfer may reach the phone in
// between; it knows of its own offers, so those may never meet.
const RACE_MS = 300;

interface Leg {
  readonly since: number;
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
      this.#legs.set(channel, { since: at, isOffer: false });
  }

  /** An offer of ours has begun to dial this phone. */
  offered(extension: string, channel: string, at: number): void {
    const leg = this.#legs.get(channel);
    if (leg !== undefined) leg.isOffer = true;
    for (const [other, { since, isOffer }] of this.#legs) {
      if (other === channel || PhoneBook.extensionOf(other) !== extension) continue;
      if (!isOffer && at - since < RACE_MS) continue;
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
