import type { Call } from '../domain/call/call.ts';
import type { CallEffect } from '../domain/call/decision.ts';
import type { CallInput, Place } from '../domain/call/input.ts';
import { unavailable, verdictOf } from '../domain/extension/availability.ts';
import type { DeviceNames } from '../domain/extension/extension-board.ts';
import type { Extension, Instant } from '../domain/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Located, Moved, Pbx } from '../ports/pbx.ts';
import type { Hangup } from './draft.ts';
import type { Input } from './input.ts';

// A hangup of which the PBX could not be asked is asked about again after this long.
const ASK_AGAIN_MS = 1_000;

/** Carries out in the PBX what was decided for a call; what comes of it goes back into the inbox. */
export class Switchboard {
  readonly #pbx: Pbx;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #devices: DeviceNames;
  readonly #push: (input: Input) => void;
  readonly #askingAgain = new Set<() => void>();
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
      case 'set-aside':
        // The board is the loop's own; it was set there in the same step.
        return;
    }
  }

  /** Puts our mark on a caller of a memberless queue: without it their hangup is not told. */
  async mark(call: Call): Promise<void> {
    const moved = await this.#pbx.mark(call.uniqueid, call.queue);
    if (!moved.ok && moved.problem === 'gone') await this.#locate(call);
  }

  /** Callers can write into the event stream: a hangup counts when the PBX does not know the channel any more. */
  async confirm(callId: Call['callId'], hangup: Hangup): Promise<void> {
    const located = await this.#pbx.locate(hangup.uniqueid);
    if (located.kind === 'here') {
      this.#log.warn(
        { callId, uniqueid: hangup.uniqueid },
        'hangup refused: the channel is alive, somebody forged it',
      );
    } else if (located.kind === 'gone') {
      const { at, cause, recording } = hangup;
      this.#tell(callId, { kind: 'gone', at, cause, recording });
    } else {
      // With the link up it was a slow answer; with the link down the next snapshot may be faster, which is harmless.
      this.#confirmLater(callId, hangup);
    }
  }

  /** Nothing is asked again: the next start reads the truth from the snapshot. */
  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#askingAgain) cancel();
    this.#askingAgain.clear();
  }

  #confirmLater(callId: Call['callId'], hangup: Hangup): void {
    if (this.#isClosed) return;
    const cancel = this.#clock.after(ASK_AGAIN_MS, () => {
      this.#askingAgain.delete(cancel);
      void this.confirm(callId, hangup);
    });
    this.#askingAgain.add(cancel);
  }

  /** Is the extension free, and is the caller still there to be moved? Both are asked in one flight. */
  async #check(call: Call, extension: Extension): Promise<void> {
    const seenAt = this.#clock.now();
    const [reading, located] = await Promise.all([
      this.#pbx.readExtension(extension),
      this.#pbx.locate(call.uniqueid),
    ]);
    if (located.kind === 'gone' || (located.kind === 'here' && isTaken(located.place))) {
      return this.#found(call, located, seenAt);
    }
    if (reading !== undefined) {
      this.#seen(this.#devices.phone(extension), reading.device);
      this.#seen(this.#devices.dnd(extension), reading.dnd);
    }
    const verdict = reading === undefined ? unavailable('the PBX does not answer') : verdictOf(reading);
    this.#tell(call.callId, { kind: 'extension-checked', extension, verdict });
  }

  /** What was asked is as good as what is told: the board learns it, too. */
  #seen(device: string | undefined, state: string | undefined): void {
    if (device === undefined || state === undefined) return;
    this.#push({ kind: 'pbx', event: { kind: 'device-changed', device, state } });
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
    const seenAt = this.#clock.now();
    return this.#found(call, await this.#pbx.locate(call.uniqueid), seenAt);
  }

  async #found({ callId }: Call, located: Located, seenAt: Instant): Promise<void> {
    if (located.kind === 'gone') {
      const at = this.#clock.now();
      this.#tell(callId, { kind: 'gone', at, cause: 'not in the PBX', recording: undefined });
    } else if (located.kind === 'here') {
      const diary = await this.#pbx.readDiary(callId);
      this.#tell(callId, { kind: 'found', place: located.place, diary, seenAt });
    }
  }

  #tell(callId: Call['callId'], input: CallInput): void {
    this.#push({ kind: 'call', callId, input });
  }
}

/** Somebody else has them: the dialplan's own way to the fallback tells nobody. */
function isTaken(place: Place): boolean {
  switch (place.at) {
    case 'hold':
      return false;
    case 'lost':
    case 'fallback':
      return true;
    case 'agent':
    case 'elsewhere':
      return place.bridged;
  }
}
