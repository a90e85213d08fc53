import { describe, expect, test } from 'vitest';
import { agentFrom, type TracedCaller } from '../../bench/polling/day-trace.ts';
import { DeskPhones } from '../../bench/polling/desk-phones.ts';
import { LOSSES, type LostBy, LostSeconds, mapLosses } from '../../bench/polling/lost-seconds.ts';
import { Oracle } from '../../bench/polling/oracle.ts';
import { SET_ASIDE_MS } from '../../src/domain/extension/extension-board.ts';
import type { Extension } from '../../src/domain/identity.ts';
import { aCaller } from './builders.ts';
import { FarSide } from './far-side.ts';

const KIM = agentFrom('1001');
const LEE = agentFrom('1002');
// Nobody of sales waits, as long as nobody says so: asking about them only spends the limit.
const QUEUES = [
  { name: 'support', agents: [KIM, LEE], callsPerMinuteAtPeak: 1 },
  { name: 'sales', agents: ['2001'], callsPerMinuteAtPeak: 1 },
];
const ANN = aCaller('ann', { wrapUpMs: 10_000 });
const BOB = aCaller('bob', { wrapUpMs: 600_000 });
const HEAD = aCaller('head', { arrivesAt: 1 });
const SECOND = aCaller('second', { arrivesAt: 2 });
const SELLER = aCaller('seller', { queue: 'sales' });
const BUYERS = Array.from({ length: 10 }, (_, index) => aCaller(`buyer-${index}`, { queue: 'sales' }));
// Longer than any request takes.
const ONE_REQUEST_MS = 1_000;

/** A support desk of two, and whoever watches over it. Only who is told to wait does. */
class Desk {
  readonly far = new FarSide(QUEUES, [ANN, BOB, HEAD, SECOND, SELLER, ...BUYERS]);
  readonly phones = new DeskPhones(() => {});
  readonly lost: LostSeconds;

  constructor(...waiting: TracedCaller[]) {
    const { trace, time, movidesk, journal } = this.far;
    const oracle = new Oracle(trace, { time, movidesk, phones: this.phones });
    this.lost = new LostSeconds({ trace, time, phones: this.phones, movidesk, oracle, journal });
    for (const caller of waiting) journal.enters(caller);
  }

  /** What was lost in so many milliseconds from now, the first time that it is asked. */
  async lostIn(ms: number): Promise<LostBy> {
    this.lost.start();
    await this.passes(ms);
    return this.lost.seconds;
  }

  async passes(ms: number): Promise<void> {
    await this.far.passUntil(this.far.time.passedMs + ms);
  }

  /** Movidesk names the next in turn, and nobody rings them. */
  async namedTo(caller: TracedCaller): Promise<string> {
    const asked = this.far.ask(caller);
    await this.passes(ONE_REQUEST_MS);
    return asked;
  }

  async talked(caller: TracedCaller, extension: Extension): Promise<void> {
    expect(await this.namedTo(caller)).toBe(extension);
    void this.far.transfered(caller, extension);
    await this.passes(ONE_REQUEST_MS);
    this.lost.talkEnded(caller.uniqueid, extension);
  }

  async endingIsHeard(caller: TracedCaller): Promise<void> {
    void this.far.ended(caller, 'completed');
    await this.passes(ONE_REQUEST_MS);
    this.lost.endingHeard(caller.uniqueid);
  }

  spend(requests: number): void {
    for (const buyer of BUYERS.slice(0, requests)) void this.far.ask(buyer);
  }
}

const lost = (seconds: Partial<LostBy> = {}): LostBy => mapLosses((loss) => seconds[loss] ?? 0);

describe('a head of a queue for whom an agent of theirs stands free', () => {
  test('waits for a question while there are permits', async () => {
    expect(await new Desk(HEAD).lostIn(1_000)).toEqual(lost({ 'permits there, nobody asked': 1 }));
  });

  test('waits for the last permits while three or fewer are left', async () => {
    const desk = new Desk(HEAD);
    desk.spend(6);
    expect(await desk.lostIn(1_000)).toEqual(lost({ 'permits there, nobody asked': 1 }));
    for (const spent of [7, 9]) {
      const scarce = new Desk(HEAD);
      scarce.spend(spent);
      expect(await scarce.lostIn(1_000)).toEqual(lost({ 'last permits kept back': 1 }));
    }
  });

  test('waits for the limit while none is left, for 60 s and the margin of half a second', async () => {
    const desk = new Desk(HEAD);
    desk.spend(10);
    await desk.passes(60_000);
    // Spent at 60.25 s, there again at 60.5 s.
    expect(await desk.lostIn(1_000)).toEqual(
      lost({ 'limit spent': 0.25, 'permits there, nobody asked': 0.75 }),
    );
  });

  test('is being asked about until the answer is back, limit or no limit', async () => {
    const desk = new Desk(HEAD);
    desk.spend(9);
    const asking = desk.lostIn(300);
    // The quickest answer is back after 140 ms.
    desk.far.time.after(150, () => void desk.far.ask(HEAD));
    expect(await asking).toEqual(lost({ 'asking and moving': 0.25 }));
    await desk.passes(1_700);
    const { 'asking and moving': still, 'limit spent': spent, ...others } = desk.lost.seconds;
    // From 150 ms on, at most 900: the looks at 250, 500, 750 and 1,000.
    expect(still).toBeLessThanOrEqual(1);
    expect(still + spent).toBe(2);
    expect(Object.values(others)).toEqual([0, 0, 0, 0]);
  });

  test('is not being asked about where the question is about somebody else', async () => {
    const desk = new Desk(HEAD, SECOND);
    const asking = desk.lostIn(300);
    desk.far.time.after(150, () => void desk.far.ask(SECOND));
    expect(await asking).toEqual(lost({ 'permits there, nobody asked': 0.25 }));
  });

  test('waits for the ending of the agent’s last talk, until Movidesk has heard it', async () => {
    const desk = new Desk(HEAD);
    desk.phones.isUsed(LEE);
    await desk.talked(ANN, KIM);
    expect(await desk.lostIn(1_000)).toEqual(lost({ 'ending not delivered': 1 }));
    // Told within the next second, of which the looks before count.
    await desk.endingIsHeard(ANN);
    const { 'ending not delivered': owed } = desk.lost.seconds;
    // Nothing while the agent wraps up, for 10 s from when it was heard; then nobody asks.
    await desk.passes(8_000);
    expect(desk.lost.seconds).toEqual(lost({ 'ending not delivered': owed }));
    await desk.passes(3_000);
    expect(desk.lost.seconds['permits there, nobody asked']).toBeGreaterThan(0);
  });

  test('waits for an agent who was named for another call, as long as that lasts', async () => {
    const desk = new Desk(HEAD);
    desk.phones.isUsed(LEE);
    expect(await desk.namedTo(ANN)).toBe(KIM);
    expect(await desk.lostIn(10_000)).toEqual(lost({ 'held for another call': 10 }));
    // Named for 15 s from within the first of these seconds.
    await desk.passes(10_000);
    const { 'held for another call': held, 'permits there, nobody asked': unasked } = desk.lost.seconds;
    expect(held + unasked).toBe(20);
    expect(held).toBeLessThanOrEqual(15);
  });

  test('waits for an ending rather than for another call, where it is one of each', async () => {
    const desk = new Desk(HEAD);
    await desk.talked(ANN, KIM);
    expect(await desk.namedTo(BOB)).toBe(LEE);
    expect(await desk.lostIn(1_000)).toEqual(lost({ 'ending not delivered': 1 }));
  });

  test('waits for another call where only the other agents are wrapping up', async () => {
    const desk = new Desk(HEAD);
    await desk.talked(BOB, KIM);
    await desk.endingIsHeard(BOB);
    expect(await desk.namedTo(ANN)).toBe(LEE);
    expect(await desk.lostIn(1_000)).toEqual(lost({ 'held for another call': 1 }));
  });
});

describe('nothing is lost', () => {
  test('while nobody waits', async () => {
    expect(await new Desk().lostIn(1_000)).toEqual(lost());
  });

  test('while the phones of all agents are in use', async () => {
    const desk = new Desk(HEAD);
    desk.phones.isUsed(KIM);
    desk.phones.rings(LEE);
    expect(await desk.lostIn(1_000)).toEqual(lost());
  });

  test('while a phone is passed over that was not picked up', async () => {
    const desk = new Desk(HEAD);
    desk.phones.isUsed(LEE);
    desk.phones.rangOut(KIM, 0);
    expect(await desk.lostIn(SET_ASIDE_MS - 1)).toEqual(lost());
    await desk.passes(1);
    expect(desk.lost.seconds).toEqual(lost({ 'permits there, nobody asked': 0.25 }));
  });

  test('while the only free agent wraps up, and one whose ending is owed makes a call of their own', async () => {
    const desk = new Desk(HEAD);
    await desk.talked(BOB, KIM);
    await desk.endingIsHeard(BOB);
    await desk.talked(ANN, LEE);
    desk.phones.isUsed(LEE);
    expect(await desk.lostIn(1_000)).toEqual(lost());
  });
});

describe('the seconds', () => {
  test('are those of the heads, and not of who waits behind them', async () => {
    const unasked = lost({ 'permits there, nobody asked': 1 });
    expect(await new Desk(HEAD, SECOND).lostIn(1_000)).toEqual(unasked);
  });

  test('are summed up over the queues', async () => {
    const unasked = lost({ 'permits there, nobody asked': 2 });
    expect(await new Desk(HEAD, SELLER).lostIn(1_000)).toEqual(unasked);
  });

  test('have a line for each loss', () => {
    expect(Object.keys(new Desk().lost.seconds)).toEqual([...LOSSES]);
  });
});
