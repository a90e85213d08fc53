import type { Call } from '../domain/call/call.ts';
import type { CallEffect } from '../domain/call/decision.ts';
import type { CallInput, Diary } from '../domain/call/input.ts';
import type { ExtensionReading } from '../domain/extension/availability.ts';
import { verdictOf } from '../domain/extension/availability.ts';
import type { DeviceNames } from '../domain/extension/extension-board.ts';
import type { CallId, Extension } from '../domain/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Located, Moved, Pbx } from '../ports/pbx.ts';
import type { Hangup } from './draft.ts';
import type { Input } from './input.ts';

// A hangup of which the PBX could not be asked is asked about again after this long.
const ASK_AGAIN_MS = 1_000;

const LONGEST_ASK_AGAIN_MS = 5_000;
// Some half a minute: longer than any link takes to be lost or found.
const WORTH_TELLING = 8;

/** Carries out in the PBX what was decided for a call; what comes of it goes back into the inbox. */
export class Switchboard {
  readonly #pbx: Pbx;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #devices: DeviceNames;
  readonly #push: (input: Input) => void;
  readonly #askingAgain = new Set<() => void>();
  /** Hangups that were told, of which the PBX has not yet been asked with success. */
  readonly #confirming = new Map<CallId, Hangup>();
  #isClosed = false;

  constructor(parts: {
    pbx: Pbx;
    clock: Clock;
    log: Log;
    devices: DeviceNames;
    push: (input: Input) => void;
  }) {
    this.#pbx = parts.pbx;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#devices = parts.devices;
    this.#push = parts.push;
  }

  async perform(call: Call, effect: CallEffect): Promise<void> {
    switch (effect.kind) {
      case 'check-extension':
        return this.#check(call, effect.extension);
      case 'send-to-agent': {
        const { extension, ringMs } = effect;
        const { uniqueid, callId } = call;
        return this.#moved(
          call,
          'extension',
          await this.#pbx.sendToAgent({ uniqueid, callId, extension, ringMs }),
        );
      }
      case 'send-to-hold':
        return this.#moved(call, 'hold', await this.#pbx.sendToHold(call.uniqueid));
      case 'send-away':
        return this.#moved(call, 'leaving', await this.#pbx.sendAway({ ...call, reason: effect.reason }));
      case 'locate':
        return this.#locate(call);
    }
  }

  /** Puts our mark on a caller of a memberless queue: without it their hangup is not told. */
  async mark(call: Call): Promise<void> {
    const moved = await this.#pbx.mark(call.uniqueid, call.queue);
    if (!moved.ok && moved.problem === 'gone') await this.#locate(call);
  }

  /** Callers can write into the event stream: a hangup counts when the PBX does not know the channel any more. */
  async confirm(callId: CallId, hangup: Hangup): Promise<void> {
    this.#confirming.set(callId, hangup);
    const [located, reading] = await Promise.all([
      this.#pbx.locate(hangup.uniqueid),
      this.#pbx.readDiary(callId),
    ]);
    if (located.kind === 'gone' && reading.ok) {
      this.#confirming.delete(callId);
      this.#tell(callId, goneAs(hangup, reading.diary));
    } else if (located.kind === 'here' && hangup.isSecondLook) {
      this.#confirming.delete(callId);
      this.#log.warn(
        { callId, uniqueid: hangup.uniqueid },
        'hangup refused: the channel is alive, somebody forged it',
      );
    } else {
      // A slow answer, or a channel about to go: with the link up it is asked about again; with the link down the next
      // snapshot may be faster, which is harmless.
      const asked = (hangup.asked ?? 0) + 1;
      if (asked === WORTH_TELLING) {
        this.#log.error(
          { callId, located: located.kind },
          'a hangup cannot be confirmed: the PBX does not say; asked again',
        );
      }
      const isSecondLook = located.kind === 'here';
      this.#later(asked, () => void this.confirm(callId, { ...hangup, asked, isSecondLook }));
    }
  }

  /** Whether a hangup was told that the PBX has not yet been asked about with success. */
  isConfirming(callId: CallId): boolean {
    return this.#confirming.has(callId);
  }

  /** Nothing is asked again: the next start reads the truth from the snapshot. */
  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#askingAgain) cancel();
    this.#askingAgain.clear();
  }

  #later(asked: number, again: () => void): void {
    if (this.#isClosed) return;
    const delayMs = Math.min(LONGEST_ASK_AGAIN_MS, ASK_AGAIN_MS * 2 ** (asked - 1));
    const cancel = this.#clock.after(delayMs, () => {
      this.#askingAgain.delete(cancel);
      again();
    });
    this.#askingAgain.add(cancel);
  }

  /** Is the extension free, and is the caller still there to be moved? Both are asked in one flight. */
  async #check(call: Call, extension: Extension): Promise<void> {
    const [reading, located] = await Promise.all([
      this.#pbx.readExtension(extension),
      this.#pbx.locate(call.uniqueid),
    ]);
    // Anywhere but on hold a move would tear them out of something; what it means is for the call to decide.
    if (located.kind !== 'here' || located.place.at !== 'hold') await this.#found(call, located);
    const obstacle = obstacleOf(reading, located);
    if (reading === undefined || obstacle !== undefined) {
      this.#tell(call.callId, { kind: 'called-off', extension, why: obstacle ?? '' });
      return;
    }
    this.#seen(this.#devices.phone(extension), reading.device);
    this.#seen(this.#devices.dnd(extension), reading.dnd);
    this.#tell(call.callId, { kind: 'extension-checked', extension, verdict: verdictOf(reading) });
  }

  /**
   * What was asked and is good news is as good as what is told. Bad news may never be taken back, where a filter lets no
   * change of that device through: it only makes the next word on the device one that counts.
   */
  #seen(device: string | undefined, read: string | undefined): void {
    if (device === undefined || read === undefined) return;
    const state = read === 'NOT_INUSE' ? read : 'UNKNOWN';
    this.#push({ kind: 'device-read', device, state });
  }

  async #moved(call: Call, to: 'extension' | 'hold' | 'leaving', moved: Moved): Promise<void> {
    if (moved.ok) return;
    this.#log.warn(
      { callId: call.callId, to, problem: moved.problem, cause: moved.cause },
      'caller not moved',
    );
    this.#tell(call.callId, { kind: 'not-moved', to, problem: moved.problem });
    if (moved.problem === 'gone' && to !== 'extension') await this.#locate(call);
  }

  async #locate(call: Call): Promise<void> {
    return this.#found(call, await this.#pbx.locate(call.uniqueid));
  }

  async #found(call: Call, located: Located): Promise<void> {
    if (located.kind === 'unknown') return;
    const { callId } = call;
    const reading = await this.#pbx.readDiary(callId);
    // What became of them decides what is reported: nothing is concluded from a diary that could not be read.
    if (!reading.ok) return;
    const { diary, farewell } = reading;
    const told = this.#confirming.get(callId);
    if (located.kind === 'gone')
      this.#tell(
        callId,
        told === undefined ? { kind: 'missed-hangup', diary, farewell } : goneAs(told, diary),
      );
    else
      this.#push({
        kind: 'call',
        callId,
        input: { kind: 'found', place: located.place, diary },
        about: call,
      });
  }

  #tell(callId: Call['callId'], input: CallInput): void {
    this.#push({ kind: 'call', callId, input });
  }
}

const goneAs = ({ at, cause, recording }: Hangup, diary: Diary | undefined): CallInput => ({
  kind: 'gone',
  at,
  cause,
  recording,
  diary,
});

/** Why the offer cannot be made, as far as it is not the extension's fault. */
function obstacleOf(reading: ExtensionReading | undefined, located: Located): string | undefined {
  if (reading === undefined || located.kind === 'unknown') return 'the PBX does not answer';
  if (located.kind === 'gone') return 'the caller is gone';
  return located.place.at === 'hold' ? undefined : `the caller is not on hold: ${located.place.at}`;
}
