import { FrameGate } from '../../src/adapters/asterisk/frame-gate.ts';
import type { Packet } from '../../src/adapters/asterisk/packet.ts';
import { withoutUnread } from '../../src/adapters/asterisk/unread-events.ts';
import type { Wire, WireEvents } from '../../src/adapters/asterisk/wire.ts';
import type { CableEnd, SimulatedDoor } from './ami-cable.ts';
import { packetsIn } from './ami-text.ts';

const LOGIN_ID = '1';

/** A wire over a simulated cable; everything behind it is the daemon's own. */
export class SimulatedWire implements Wire {
  readonly #events: WireEvents;
  readonly #gate = new FrameGate();
  readonly #cable: CableEnd;
  readonly #onCrossing: () => boolean;
  #onLogin: ((refusal?: Packet) => void) | undefined;
  #isClosed = false;
  #why: string | undefined;

  /** `onCrossing` is asked before and after each action: whether the process has died of it. */
  constructor(door: SimulatedDoor, events: WireEvents, onCrossing: () => boolean) {
    this.#events = events;
    this.#onCrossing = onCrossing;
    this.#cable = door.connect({
      onConnect: events.onConnect,
      onText: (text) => this.#read(text),
      onClose: (why) => this.#close(why),
    });
  }

  login(onAnswer: (refusal?: Packet) => void): void {
    this.#onLogin = onAnswer;
    this.send(LOGIN_ID, { Action: 'login', Username: 'movidesk', Secret: 'sesame' });
  }

  send(actionId: string, headers: Readonly<Record<string, string>>): void {
    if (this.#isClosed || this.#onCrossing()) return;
    const lines = Object.entries({ ActionID: actionId, ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    this.#cable.send(`${lines.join('')}\r\n`);
    this.#onCrossing();
  }

  tellLogin(_actionId: string, answer: Packet): void {
    this.#onLogin?.(answer['response'] === 'Success' ? undefined : answer);
  }

  destroy(why: string): void {
    this.#why ??= why;
    this.#cable.destroy();
    this.#close(why);
  }

  /** Nothing is told any more, and the PBX finds out by itself: what a killed process does. */
  abandon(): void {
    this.#isClosed = true;
    this.#cable.abandon();
  }

  #read(text: string): void {
    const passed = this.#gate.pass(text);
    if (passed.kind === 'too-long') {
      this.destroy(`the PBX sent an endless ${passed.what}`);
      return;
    }
    if (passed.refused > 0) this.#events.onRefused('endless response', passed.refused);
    const { text: read, skipped } = withoutUnread(passed.text);
    if (skipped > 0) this.#events.onSkipped(skipped);
    for (const packet of packetsIn(read)) if (!this.#isClosed) this.#events.onPacket(packet);
  }

  #close(why: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#events.onClosed(this.#why ?? why);
  }
}
