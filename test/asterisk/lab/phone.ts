import type { Asterisk } from './asterisk.ts';
import { channels, type Dialog, dialogOf } from './channels.ts';
import { Sipp, type SippOptions } from './sipp.ts';
import {
  answering,
  answeringWhenTold,
  dialing,
  refusing,
  registering,
  ringing,
  unresponsive,
} from './sipp-scripts.ts';
import { waitFor } from './wait-for.ts';

/** How a phone treats the calls that reach it. */
export type Habit =
  | { readonly does: 'answer'; readonly afterMs: number }
  | { readonly does: 'answer-when-told'; readonly saysThatItRings: boolean }
  | { readonly does: 'ring' }
  /** Registered, and switched off since. */
  | { readonly does: 'nothing' }
  | { readonly does: 'refuse'; readonly status: '486 Busy Here' | '603 Decline' };

export interface PhoneOptions {
  readonly extension: string;
  readonly address: string;
  readonly habit: Habit;
}

function scriptOf(habit: Habit): string {
  switch (habit.does) {
    case 'answer':
      return answering(habit.afterMs);
    case 'answer-when-told':
      return answeringWhenTold(habit.saysThatItRings);
    case 'ring':
      return ringing();
    case 'nothing':
      return unresponsive();
    case 'refuse':
      return refusing(habit.status);
  }
}

/** An agent's phone: registers with its password, listens, and can call out itself. */
export class Phone {
  readonly extension: string;
  private readonly pbx: Asterisk;
  private readonly options: PhoneOptions;
  private listener: Sipp;
  private readonly ownCalls: Sipp[] = [];
  private ports = 5060;

  private constructor(pbx: Asterisk, options: PhoneOptions) {
    this.pbx = pbx;
    this.options = options;
    this.extension = options.extension;
    this.listener = this.listen(options.habit);
  }

  static async register(pbx: Asterisk, options: PhoneOptions): Promise<Phone> {
    const phone = new Phone(pbx, options);
    await phone.listener.ready();
    await phone.registerAgain();
    return phone;
  }

  private sipp(port: number, script: string, more: readonly string[]): Sipp {
    return new Sipp({ ...base(this.pbx, this.options), port, script, more });
  }

  private listen(habit: Habit): Sipp {
    return this.sipp(5060, scriptOf(habit), []);
  }

  /** From the next call on. Calls of before are no longer answered to. */
  async behave(habit: Habit): Promise<void> {
    await this.listener.close();
    this.listener = this.listen(habit);
    await this.listener.ready();
  }

  /** The phone says goodbye to the PBX: it is unplugged, in order. */
  async unregister(): Promise<void> {
    await registerFor(this.pbx, this.options, 0);
  }

  async registerAgain(): Promise<void> {
    await registerFor(this.pbx, this.options, 3_600);
  }

  /** Waits until the PBX has a call up on this phone, and tells which. The newest, where there are several. */
  async talking(): Promise<Dialog> {
    const channel = await waitFor(`a talk on ${this.extension}`, async () =>
      (await channels(this.pbx))
        .filter(
          ({ name, state, bridgeId }) =>
            name.startsWith(`PJSIP/${this.extension}-`) && state === 'Up' && bridgeId !== '',
        )
        .at(-1),
    );
    return dialogOf(this.pbx, channel.name);
  }

  /** Waits until a call has reached this phone and is not answered yet, and tells which. */
  async reached(): Promise<Dialog> {
    const channel = await waitFor(`a call for ${this.extension}`, async () =>
      (await channels(this.pbx)).find(
        ({ name, state }) =>
          name.startsWith(`PJSIP/${this.extension}-`) && (state === 'Ringing' || state === 'Down'),
      ),
    );
    return dialogOf(this.pbx, channel.name);
  }

  /** As the PBX sees this phone: `NOT_INUSE`, `RINGING` … */
  state(): Promise<string> {
    return this.pbx.manager.getvar(`DEVICE_STATE(PJSIP/${this.extension})`);
  }

  /** Picks up; for a phone that does it when told. */
  async answer(dialog: Dialog): Promise<void> {
    await this.listener.tell(dialog.callId, 'XANSWER');
  }

  async hangUp(dialog: Dialog): Promise<void> {
    await this.listener.tell(dialog.callId, 'XHANGUP');
  }

  /** The voice of whoever has picked up; without it they are silent. */
  async speak({ callId }: Dialog): Promise<void> {
    await this.listener.tell(callId, 'XSPEAK');
  }

  async hold(dialog: Dialog): Promise<void> {
    await this.listener.tell(dialog.callId, 'XHOLD');
  }

  async unhold(dialog: Dialog): Promise<void> {
    await this.listener.tell(dialog.callId, 'XUNHOLD');
  }

  /**
   * The agent presses keys: `#1` and `*2` are features of the PBX, see `features.conf`. They speak meanwhile, for Asterisk
   * takes the end of a key from the sound that follows it.
   */
  async press({ callId, channel }: Dialog, keys: string): Promise<void> {
    await this.listener.tell(callId, 'XSPEAK');
    for (const Digit of keys)
      await this.pbx.manager.action('PlayDTMF', {
        Channel: channel,
        Digit,
        Duration: '100',
        Receive: 'true',
      });
  }

  /** Sends the other side to `target` without asking. */
  async transferBlind(dialog: Dialog, target: string): Promise<void> {
    await this.listener.tell(dialog.callId, 'XREFER', `X-Refer-To: <sip:${target}@${this.pbx.host}>`);
  }

  /** Joins the other side of `dialog` with the one this phone reached by `consulted`. */
  async transferAttended(dialog: Dialog, target: string, consulted: Dialog): Promise<void> {
    // Replaces speaks from the PBX's point of view: its own tag is the "to".
    const replaces = `${consulted.callId};to-tag=${consulted.localTag};from-tag=${consulted.remoteTag}`;
    const referTo = `<sip:${target}@${this.pbx.host}?Replaces=${encodeURIComponent(replaces)}>`;
    await this.listener.tell(dialog.callId, 'XREFER', `X-Refer-To: ${referTo}`);
  }

  /** The agent dials by themselves: a colleague, a customer, a queue. */
  async dial(to: string): Promise<{ callId: string; hangUp(): Promise<void> }> {
    this.ports += 1;
    const callId = `own-${this.extension}-${this.ports}-${process.pid}`;
    const from = `<sip:${this.extension}@${this.pbx.host}>`;
    const sipp = this.sipp(this.ports, dialing({ from, withPassword: true }), [
      ...['-s', to, '-m', '1', '-cid_str', callId, '-au', this.extension, '-ap', this.extension],
    ]);
    this.ownCalls.push(sipp);
    return {
      callId,
      hangUp: async () => {
        await sipp.tell(callId, 'XHANGUP');
        await sipp.ended();
      },
    };
  }

  /** The dialog of a call that this phone made; `Ring`: nobody has answered it yet. */
  async ownDialog(callId: string, state: 'Ring' | 'Up' = 'Up'): Promise<Dialog> {
    return waitFor(`the call ${callId}`, async () => {
      for (const { name, state: now } of await channels(this.pbx)) {
        if (!name.startsWith(`PJSIP/${this.extension}-`) || now !== state) continue;
        const dialog = await dialogOf(this.pbx, name);
        if (dialog.callId === callId) return dialog;
      }
      return undefined;
    });
  }

  errors(): string {
    return [this.listener, ...this.ownCalls].map((sipp) => sipp.errors()).join('\n');
  }

  /** Unregisters as well, so that no later test finds a phone that nobody answers. */
  async close(): Promise<void> {
    await this.listener.close();
    await Promise.all(this.ownCalls.map((sipp) => sipp.close()));
    await this.unregister();
  }
}

const base = (pbx: Asterisk, { address }: PhoneOptions): Omit<SippOptions, 'script' | 'port' | 'more'> => ({
  home: pbx.home,
  pbx: pbx.host,
  address,
});

async function registerFor(pbx: Asterisk, options: PhoneOptions, expires: number): Promise<void> {
  const { extension } = options;
  const sipp = new Sipp({
    ...base(pbx, options),
    // Not the port on which the phone listens; the Contact names that one.
    port: 5100,
    script: registering(expires),
    more: ['-s', extension, '-m', '1', '-au', extension, '-ap', extension],
  });
  if (!(await sipp.ended())) throw new Error(`${extension} could not register:\n${sipp.errors()}`);
}
