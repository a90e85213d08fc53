import { setImmediate as turn } from 'node:timers/promises';
import type { PbxEvent } from '../../../src/ports/pbx.ts';
import { deviceChanged } from '../../adapters/asterisk/packets.ts';
import { type Answerer, ScriptedPbx } from '../../adapters/asterisk/scripted-pbx.ts';
import { HandClock, Observed, optionsFor } from '../../adapters/asterisk/worlds.ts';

/** What came of some bytes in the stream. */
export interface Heard {
  /** But for those about the link. */
  readonly events: readonly PbxEvent[];
  /** Events that the adapter counted, told or not. */
  readonly counted: number;
  /** Packets that it did not believe, by reason. */
  readonly malformed: ReadonlyMap<string, number>;
  /** The link was dropped over it, and came back. */
  readonly isDropped: boolean;
}

type Linked = Extract<PbxEvent, { kind: 'linked' }>;

/** The Asterisk queue of the recorded sessions is one of ours. */
export const ASTERISK_QUEUE = 'support';
const QUEUES = [{ name: 'support' }, { name: 'sales', asteriskQueue: ASTERISK_QUEUE }];
// On loopback all is done in milliseconds; whoever needs longer has gone deaf.
const DEAF_AFTER_MS = 5_000;
// As long as a packet's end is cut off, this ends it.
const BORDER = '\r\n\r\n';

/** The real adapter with the real parser, on a socket into which a test writes what it likes. */
export class Listening {
  readonly observed: Observed;
  readonly asterisk: ScriptedPbx;
  readonly #clock: HandClock;
  #marks = 10_000_000;

  private constructor(asterisk: ScriptedPbx, clock: HandClock) {
    this.asterisk = asterisk;
    this.#clock = clock;
    this.observed = new Observed({
      ...optionsFor(asterisk.port),
      queues: QUEUES,
      linkedCallVariable: 'UDESK_CALL_ID',
      clock,
    });
  }

  static async start(answerers: Record<string, Answerer> = {}): Promise<Listening> {
    const listening = new Listening(await ScriptedPbx.listen(answerers), new HandClock());
    await listening.observed.told('linked');
    return listening;
  }

  get now(): number {
    return this.#clock.now();
  }

  /** The pieces, each read before the next is written where the machine plays along; then a packet that is true. */
  async hear(...pieces: readonly (string | Uint8Array)[]): Promise<Heard> {
    const { pbx, events } = this.observed;
    // Of a run of hours nobody could keep them all.
    events.length = 0;
    const before = { counted: pbx.counters.eventCount, malformed: new Map(pbx.counters.malformedByReason) };
    const mark = this.#nextMark();
    for (const piece of [...pieces, `${BORDER}${deviceChanged(mark, 'INUSE').join('\r\n')}${BORDER}`])
      await this.#write(piece);
    const isMark = (event: PbxEvent) => event.kind === 'device-changed' && event.device === mark;
    await this.#heard(() => events.some((event) => isMark(event) || event.kind === 'unlinked'));
    const isDropped = events.some(({ kind }) => kind === 'unlinked');
    if (isDropped) await this.#linked();
    return {
      events: events.filter(
        (event) => !isMark(event) && event.kind !== 'linked' && event.kind !== 'unlinked',
      ),
      counted: pbx.counters.eventCount - before.counted - (isDropped ? 0 : 1),
      malformed: gains(before.malformed, pbx.counters.malformedByReason),
      isDropped,
    };
  }

  /** The link is lost, and found again: what the PBX then shows. */
  async relinked(): Promise<Linked> {
    this.observed.events.length = 0;
    this.asterisk.hangUp();
    return this.#linked();
  }

  async close(): Promise<void> {
    await this.observed.pbx.close();
    await this.asterisk.close();
  }

  /** A link that has gone deaf is replaced, or no smaller example of what deafened it could be found. */
  async #heard(isSo: () => boolean): Promise<void> {
    try {
      await until(isSo);
    } catch (error) {
      await this.relinked();
      throw error;
    }
  }

  async #linked(): Promise<Linked> {
    await until(() => {
      this.#clock.skipPause();
      return this.observed.of('linked').length > 0;
    });
    return this.observed.told('linked');
  }

  #nextMark(): string {
    this.#marks += 1;
    return `PJSIP/${this.#marks}`;
  }

  async #write(piece: string | Uint8Array): Promise<void> {
    this.asterisk.send(Buffer.from(piece));
    await turn();
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + DEAF_AFTER_MS;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('deaf: what is true was not heard any more');
    await turn();
  }
}

function gains(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const gained = [...after].map(([why, count]) => [why, count - (before.get(why) ?? 0)] as const);
  return new Map(gained.filter(([, count]) => count > 0));
}
