import { beforeEach, describe, expect, test } from 'vitest';
import { Journal } from '../../bench/polling/journal.ts';
import { aCaller } from './builders.ts';

const ANN = aCaller('ann', { arrivesAt: 1_000 });
const BOB = aCaller('bob', { arrivesAt: 2_000 });
const CAY = aCaller('cay', { arrivesAt: 3_000 });
const SELLER = aCaller('sol', { arrivesAt: 500, queue: 'sales' });
const ann = ANN.uniqueid;
const bob = BOB.uniqueid;

let journal: Journal;

beforeEach(() => {
  journal = new Journal();
  for (const caller of [ANN, BOB, CAY]) journal.enters(caller);
});

/** A phone rings for them. */
function offered(uniqueid: typeof ann, now: number): void {
  journal.leavesHold(uniqueid, 'at a phone');
  journal.rings(uniqueid, now);
}

describe('the head of a queue', () => {
  test('is who came first', () => {
    expect(journal.headOf('support')).toBe(journal.of(ann));
  });

  test('is nobody who is at a phone, was sent away or is gone', () => {
    journal.leavesHold(ann, 'at a phone');
    expect(journal.headOf('support')).toBe(journal.of(bob));
    journal.sentAway(bob, 5_000);
    expect(journal.headOf('support')).toBe(journal.of(CAY.uniqueid));
    journal.gone(CAY.uniqueid, 6_000);
    expect(journal.headOf('support')).toBeUndefined();
  });

  test('is again who came first once they are back, though last to be put on hold', () => {
    offered(ann, 5_000);
    journal.backOnHold(ann);
    expect(journal.headOf('support')).toBe(journal.of(ann));
    expect(journal.of(ann).place).toBe('holding');
  });

  test('does not depend on other queues', () => {
    journal.enters(SELLER);
    expect(journal.headOf('support')).toBe(journal.of(ann));
    expect(journal.headOf('sales')).toBe(journal.of(SELLER.uniqueid));
    expect(journal.headOf('billing')).toBeUndefined();
  });
});

describe('a caller whose phone rings', () => {
  test('jumped nobody where all who came earlier are served', () => {
    offered(ann, 5_000);
    journal.polled(bob);
    offered(bob, 6_000);
    expect(journal.of(ann).jumpedBy).toBeUndefined();
    expect(journal.of(bob).jumpedBy).toBeUndefined();
    expect(journal.counts.offers).toBe(2);
  });

  test('jumped nobody who waits in another queue, or came at the same moment', () => {
    journal.enters(SELLER);
    const twin = aCaller('twin', { arrivesAt: ANN.arrivesAt });
    journal.enters(twin);
    offered(twin.uniqueid, 5_000);
    expect(journal.of(twin.uniqueid).jumpedBy).toBeUndefined();
  });

  test('jumped by their first poll where they were asked about once, behind others', () => {
    journal.polled(bob);
    offered(bob, 5_000);
    expect(journal.of(bob).jumpedBy).toBe('first poll');
  });

  test('jumped by a later poll where they were asked about again, still behind others', () => {
    journal.polled(bob);
    journal.polled(bob);
    offered(bob, 5_000);
    expect(journal.of(bob).jumpedBy).toBe('later poll');
  });

  test('jumped by a return where they were the head when asked about', () => {
    offered(ann, 4_000);
    journal.polled(bob);
    journal.leavesHold(bob, 'at a phone');
    // Nobody picked up, and ann is back before bob's phone rings.
    journal.backOnHold(ann);
    journal.rings(bob, 5_000);
    expect(journal.of(bob).jumpedBy).toBe('return');
  });

  test('are judged by what they were when last asked about', () => {
    // Head at the first question, behind ann at the second.
    offered(ann, 4_000);
    journal.polled(bob);
    journal.backOnHold(ann);
    journal.polled(bob);
    offered(bob, 5_000);
    expect(journal.of(bob).jumpedBy).toBe('later poll');
  });

  test('keep the kind of their first jump', () => {
    journal.polled(bob);
    offered(bob, 5_000);
    journal.backOnHold(bob);
    journal.polled(bob);
    offered(bob, 30_000);
    expect(journal.of(bob).jumpedBy).toBe('first poll');
  });
});

describe('questions', () => {
  test('count while their caller is here, wherever', () => {
    journal.polled(ann);
    journal.leavesHold(ann, 'at a phone');
    journal.polled(ann);
    journal.polled(bob);
    expect([journal.of(ann).polls, journal.of(bob).polls, journal.counts.polls]).toEqual([2, 1, 3]);
  });

  test('do not count about somebody who is gone, or never came in', () => {
    journal.gone(ann, 5_000);
    journal.polled(ann);
    journal.polled(aCaller('nobody').uniqueid);
    expect([journal.of(ann).polls, journal.counts.polls]).toEqual([0, 0]);
  });
});

describe('a wait', () => {
  test('lasts until the phone began to ring that was answered', () => {
    offered(ann, 5_000);
    journal.backOnHold(ann);
    offered(ann, 31_000);
    journal.answered(ann);
    expect(journal.of(ann)).toMatchObject({ place: 'talking', fate: 'answered', waitMs: 30_000 });
  });

  test('is not longer for the talk that follows', () => {
    offered(ann, 5_000);
    journal.answered(ann);
    journal.gone(ann, 90_000);
    const served = { place: 'gone', fate: 'answered', waitMs: 4_000, goneAt: 90_000 };
    expect(journal.of(ann)).toMatchObject(served);
  });

  test('lasts until they gave up, also at a phone that rings', () => {
    journal.gone(ann, 21_000);
    offered(bob, 20_000);
    journal.gone(bob, 25_000);
    expect(journal.of(ann)).toMatchObject({ fate: 'gave up', waitMs: 20_000, goneAt: 21_000 });
    expect(journal.of(bob)).toMatchObject({ fate: 'gave up', waitMs: 23_000, goneAt: 25_000 });
  });

  test('lasts until they were sent away, and not until they are gone', () => {
    journal.sentAway(ann, 11_000);
    expect(journal.of(ann).place).toBe('sent away');
    journal.gone(ann, 16_000);
    expect(journal.of(ann)).toMatchObject({ fate: 'sent away', waitMs: 10_000, goneAt: 16_000 });
  });
});

describe('the journal', () => {
  test('keeps the callers in the order in which they came', () => {
    const callers = [...journal.visits.values()].map(({ caller }) => caller);
    expect(callers).toEqual([ANN, BOB, CAY]);
  });

  test('is quiet once the ending of everybody was heard, and not before', () => {
    expect(new Journal().isQuiet).toBe(true);
    for (const { uniqueid } of [ANN, BOB, CAY]) {
      journal.gone(uniqueid, 5_000);
      expect(journal.isQuiet).toBe(false);
    }
    for (const { uniqueid } of [ANN, BOB, CAY]) {
      expect(journal.isQuiet).toBe(false);
      journal.endingHeard(uniqueid, 6_000);
    }
    expect(journal.isQuiet).toBe(true);
    journal.enters(SELLER);
    expect(journal.isQuiet).toBe(false);
  });

  test('takes an ending that is heard again for the one it was', () => {
    for (let times = 0; times < 3; times += 1) journal.endingHeard(ann, 6_000 + times);
    expect(journal.of(ann).endingHeardAt).toBe(6_000);
    expect(journal.isQuiet).toBe(false);
  });

  test('knows nobody who never came in', () => {
    expect(() => journal.of(aCaller('nobody').uniqueid)).toThrow('nobody never came in');
  });
});
