import type { Lab } from '../asterisk/lab/lab.ts';
import type { Habit, Phone } from '../asterisk/lab/phone.ts';
import type { Journal } from './journal.ts';
import type { PhonePlan, Plan } from './plan.ts';
import type { Reality } from './reality.ts';
import type { Timers } from './timers.ts';

/** The agents' phones, over all rounds. */
export class Phones {
  readonly #phones: ReadonlyMap<string, Phone>;
  readonly #lab: Lab;

  static async register(lab: Lab, extensions: readonly string[]): Promise<Phones> {
    const phones = new Map<string, Phone>();
    for (const extension of extensions)
      phones.set(extension, await lab.phone(extension, { does: 'answer-when-told', saysThatItRings: true }));
    return new Phones(lab, phones);
  }

  private constructor(lab: Lab, phones: ReadonlyMap<string, Phone>) {
    this.#lab = lab;
    this.#phones = phones;
  }

  get(extension: string): Phone | undefined {
    return this.#phones.get(extension);
  }

  /** Each treats its calls as planned for the round, and has forgotten those of the round before. */
  async prepare(plans: Plan['phones']): Promise<void> {
    await Promise.all(
      [...this.#phones].map(async ([extension, phone]) => {
        const plan = plans[extension] ?? { kind: 'unregistered' };
        await phone.behave(habitOf(plan));
        const isRegistered = (await phone.state()) !== 'UNAVAILABLE';
        if (isRegistered === (plan.kind !== 'unregistered')) return;
        await (isRegistered ? phone.unregister() : phone.registerAgain());
      }),
    );
  }

  /** The SIP call on a leg, by which the phone knows it. */
  callIdOf(channel: string): Promise<string> {
    return this.#lab.pbx.manager.getvar('CHANNEL(pjsip,call-id)', channel);
  }

  errors(): string {
    return [...this.#phones.values()].map((phone) => phone.errors()).join('\n');
  }
}

function habitOf(plan: PhonePlan): Habit {
  switch (plan.kind) {
    case 'person':
      return { does: 'answer-when-told', saysThatItRings: !plan.isQuiet };
    case 'refuses':
      return { does: 'refuse', status: plan.status };
    case 'unplugged':
    case 'unregistered':
      return { does: 'nothing' };
  }
}

/** What the people at the phones do in one round. */
export class Agents {
  readonly #parts: { phones: Phones; plan: Plan; reality: Reality; timers: Timers; journal: Journal };
  readonly #rings = new Map<string, number>();
  readonly #callIds = new Map<string, string>();

  constructor(parts: { phones: Phones; plan: Plan; reality: Reality; timers: Timers; journal: Journal }) {
    this.#parts = parts;
  }

  readonly onRing = (extension: string, channel: string): void => {
    const plan = this.#parts.plan.phones[extension];
    if (plan?.kind !== 'person') return;
    const count = this.#rings.get(extension) ?? 0;
    this.#rings.set(extension, count + 1);
    const ring = plan.rings[count % plan.rings.length] ?? 'ignores';
    if (ring === 'ignores') this.#parts.journal.say(`${channel} is left ringing`);
    else void this.#pickUpAfter(ring.answersAfterMs, extension, channel);
  };

  async #pickUpAfter(delayMs: number, extension: string, channel: string): Promise<void> {
    const { phones, timers, reality, journal } = this.#parts;
    const callId = await phones.callIdOf(channel).catch(() => '');
    if (callId === '') return;
    this.#callIds.set(channel, callId);
    timers.after(delayMs, () => {
      if (!reality.phones.has(channel)) return;
      journal.say(`${channel} picks up`);
      void phones.get(extension)?.answer(dialog(channel, callId));
    });
  }

  hangUp(extension: string, channel: string): void {
    this.#tell(extension, channel, 'hangs up', (phone, one) => phone.hangUp(one));
  }

  hold(extension: string, channel: string): void {
    this.#tell(extension, channel, 'holds', (phone, one) => phone.hold(one));
  }

  unhold(extension: string, channel: string): void {
    this.#tell(extension, channel, 'unholds', (phone, one) => phone.unhold(one));
  }

  transfer(extension: string, channel: string, target: string): void {
    this.#tell(extension, channel, `transfers to ${target}`, (phone, one) =>
      phone.transferBlind(one, target),
    );
  }

  #tell(
    extension: string,
    channel: string,
    what: string,
    order: (phone: Phone, one: ReturnType<typeof dialog>) => Promise<void>,
  ): void {
    const { phones, reality, journal } = this.#parts;
    const phone = phones.get(extension);
    const callId = this.#callIds.get(channel);
    if (phone === undefined || callId === undefined || !reality.phones.has(channel)) return;
    journal.say(`${channel} ${what}`);
    void order(phone, dialog(channel, callId));
  }
}

/** What a phone must be told of its own call. */
const dialog = (channel: string, callId: string) => ({ channel, callId, localTag: '', remoteTag: '' });
