import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/domain/budget/spending.ts';
import type { Entry } from '../../src/domain/outbox/entry.ts';
import type { Failure } from '../../src/ports/failure.ts';
import { failed, success } from '../../src/ports/failure.ts';
import { HelpDeskHealth } from '../../src/runtime/help-desk-health.ts';
import { aCall } from '../domain/builders.ts';
import { anEntry } from '../domain/outbox/entries.ts';
import { broken, noAnswer, refused, throttled, unauthorized, unreachable } from '../fakes/failures.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const ENDING = anEntry(1, 'completed', 'a');
const ANOTHER = anEntry(2, 'completed', 'b');
const REPAIRED = anEntry(3, 'repaired-link', 'c');
const MADE = anEntry(4, 'made-call-link', 'd');
const ASK: Request = { kind: 'ask', call: aCall().waiting(), why: 'newcomer' };

/** A help desk of which only the answers are known; callers wait for it for a minute. */
class Desk {
  readonly owed: Entry[];
  now = 0;
  readonly #health: HelpDeskHealth;

  constructor(...owed: Entry[]) {
    this.owed = owed;
    this.#health = new HelpDeskHealth(MINUTE, () => this.owed);
  }

  /** A report is sent, and what becomes of it. */
  fails(entry: Entry, failure: Failure): 'again' | 'hopeless' {
    this.#health.heard({ kind: 'report', entry }, failed(failure), this.now);
    return this.#health.reportFailed(entry, failure, this.now);
  }

  /** A caller is asked about in vain. */
  failsToAnswer(failure: Failure): void {
    this.#health.heard(ASK, failed(failure), this.now);
  }

  takes(): void {
    this.#health.heard(ASK, success(undefined), this.now);
  }

  /** The same failure every minute. */
  keepsFailing(entry: Entry, failure: Failure, minutes: number): void {
    for (let minute = 0; minute < minutes; minute += 1) {
      this.fails(entry, failure);
      this.pass(MINUTE);
    }
  }

  pass(ms: number): void {
    for (let second = 0; second < ms; second += SECOND) {
      this.now += SECOND;
      this.#health.tick(this.now);
    }
  }

  get isSilent(): boolean {
    return this.#health.isSilent(this.now);
  }

  get changesInMs(): number | undefined {
    const at = this.#health.changesAt(this.now);
    return at === undefined ? undefined : at - this.now;
  }

  get isUnauthorized(): boolean {
    return this.#health.isUnauthorized;
  }

  get pauseMs(): number {
    return Math.max(0, this.#health.pausedUntil - this.now);
  }
}

describe('a help desk is silent', () => {
  test.each([broken, noAnswer, unreachable, unauthorized])(
    'after a minute of one ending that fails ($kind)',
    (failure) => {
      const desk = new Desk(ENDING);
      desk.fails(ENDING, failure);
      expect(desk.changesInMs).toBe(MINUTE);
      desk.pass(59 * SECOND);
      expect(desk.isSilent).toBe(false);
      desk.pass(SECOND);
      expect(desk.isSilent).toBe(true);
    },
  );

  test.each([noAnswer, unreachable])('for as long as nothing answers its only report ($kind)', (failure) => {
    const desk = new Desk(ENDING);
    desk.keepsFailing(ENDING, failure, 60);
    expect(desk.isSilent).toBe(true);
    expect(desk.changesInMs).toBeUndefined();
  });

  test('for as long as two endings fail, whatever the answer', () => {
    const desk = new Desk(ENDING, ANOTHER);
    for (let minute = 0; minute < 60; minute += 1) {
      desk.fails(ANOTHER, broken);
      desk.keepsFailing(ENDING, broken, 1);
    }
    expect(desk.isSilent).toBe(true);
    expect(desk.changesInMs).toBeUndefined();
  });

  test('again where the report it stumbled over gets no answer any more', () => {
    const desk = new Desk(ENDING);
    desk.fails(ENDING, broken);
    desk.takes();
    desk.keepsFailing(ENDING, broken, 10);
    expect(desk.isSilent).toBe(false);
    desk.keepsFailing(ENDING, unreachable, 60);
    expect(desk.isSilent).toBe(true);
    expect(desk.changesInMs).toBeUndefined();
  });
});

describe('a silent help desk has a second chance', () => {
  test('after a minute, where there is nothing to tell it', () => {
    const desk = new Desk();
    desk.failsToAnswer(noAnswer);
    desk.pass(2 * MINUTE - SECOND);
    expect(desk.isSilent).toBe(true);
    desk.pass(SECOND);
    expect(desk.isSilent).toBe(false);
  });

  test('after five minutes of faults for the only report, however long it was silent before', () => {
    const desk = new Desk(ENDING);
    desk.keepsFailing(ENDING, noAnswer, 60);
    desk.keepsFailing(ENDING, broken, 5);
    expect(desk.isSilent).toBe(false);
    const early = new Desk(ENDING);
    early.keepsFailing(ENDING, noAnswer, 60);
    early.keepsFailing(ENDING, broken, 4);
    expect(early.isSilent).toBe(true);
  });

  test('and keeps it while that report alone fails', () => {
    const desk = new Desk(ENDING);
    desk.keepsFailing(ENDING, broken, 7);
    for (let minute = 0; minute < 60; minute += 1) {
      desk.keepsFailing(ENDING, broken, 1);
      expect(desk.isSilent).toBe(false);
    }
  });

  test('and keeps it where the next that is sent is only too much', () => {
    const desk = new Desk(ENDING);
    desk.keepsFailing(ENDING, broken, 7);
    desk.failsToAnswer(throttled(SECOND));
    desk.pass(SECOND);
    desk.keepsFailing(ENDING, broken, 4);
    expect(desk.isSilent).toBe(false);
  });

  test('and no other, where the next that is sent fails as well', () => {
    const desk = new Desk(ENDING);
    desk.keepsFailing(ENDING, broken, 7);
    expect(desk.isSilent).toBe(false);
    desk.failsToAnswer(broken);
    desk.owed.push(ANOTHER);
    for (let minute = 0; minute < 60; minute += 1) {
      desk.fails(ANOTHER, broken);
      desk.keepsFailing(ENDING, broken, 1);
      expect(desk.isSilent).toBe(true);
    }
  });
});

describe('an ending over which the help desk stumbles', () => {
  test('says nothing of it once something else was taken', () => {
    const desk = new Desk(ENDING);
    desk.fails(ENDING, broken);
    desk.takes();
    desk.keepsFailing(ENDING, broken, 60);
    expect(desk.isSilent).toBe(false);
    expect(desk.fails(ENDING, broken)).toBe('again');
  });

  test('keeps nobody from seeing that another may be one, too', () => {
    const desk = new Desk(ENDING, ANOTHER);
    desk.fails(ENDING, broken);
    desk.takes();
    for (let minute = 0; minute < 6; minute += 1) {
      desk.fails(ENDING, broken);
      desk.keepsFailing(ANOTHER, broken, 1);
    }
    expect(desk.isSilent).toBe(false);
  });

  test('does not hide that the token is refused', () => {
    const desk = new Desk(ENDING);
    desk.fails(ENDING, broken);
    desk.takes();
    desk.fails(ENDING, unauthorized);
    desk.takes();
    desk.fails(ENDING, unauthorized);
    expect(desk.isUnauthorized).toBe(true);
    expect(desk.pauseMs).toBe(MINUTE);
  });
});

describe('the link of a recording', () => {
  test.each([broken, noAnswer, unreachable, unauthorized])(
    'says nothing of the help desk when it fails ($kind)',
    (failure) => {
      const desk = new Desk(REPAIRED, MADE);
      for (const link of [REPAIRED, MADE]) desk.keepsFailing(link, failure, 10);
      expect([desk.isSilent, desk.changesInMs, desk.isUnauthorized, desk.pauseMs]).toEqual([
        false,
        undefined,
        false,
        0,
      ]);
    },
  );

  test('pauses everything when the help desk says that it is too much', () => {
    const desk = new Desk(REPAIRED);
    desk.fails(REPAIRED, throttled(30 * SECOND));
    expect(desk.pauseMs).toBe(30 * SECOND);
  });

  test('does not take the second chance from a silent help desk', () => {
    const desk = new Desk(REPAIRED);
    desk.failsToAnswer(noAnswer);
    desk.pass(2 * MINUTE);
    expect(desk.isSilent).toBe(false);
  });

  test.each([REPAIRED, MADE])('is hopeless when refused, seq $seq', (link) => {
    expect(new Desk(link).fails(link, refused)).toBe('hopeless');
  });

  test.each([REPAIRED, MADE])('is hopeless when the token is good for other things, seq $seq', (link) => {
    const desk = new Desk(link);
    expect([desk.fails(link, unauthorized), desk.fails(link, unauthorized)]).toEqual(['again', 'again']);
    desk.takes();
    expect(desk.fails(link, unauthorized)).toBe('hopeless');
  });

  test.each([REPAIRED, MADE])(
    'is not, where it was a fault before that the token is refused, seq $seq',
    (link) => {
      const desk = new Desk(link);
      desk.fails(link, broken);
      desk.takes();
      expect([desk.fails(link, broken), desk.fails(link, unauthorized)]).toEqual(['again', 'again']);
      expect(desk.fails(link, unauthorized)).toBe('again');
    },
  );

  test('that only repairs another is hopeless at the tenth fault in between other things, and not by an outage', () => {
    const desk = new Desk(REPAIRED);
    desk.keepsFailing(REPAIRED, broken, 60);
    for (let time = 1; time < 10; time += 1) {
      desk.takes();
      expect([desk.fails(REPAIRED, broken), desk.fails(REPAIRED, broken)]).toEqual(['again', 'again']);
    }
    desk.takes();
    expect(desk.fails(REPAIRED, broken)).toBe('hopeless');
    desk.takes();
    expect(desk.fails(REPAIRED, broken)).toBe('again');
  });

  test('of a call that was made is never hopeless for faults', () => {
    const desk = new Desk(MADE);
    for (let time = 0; time < 100; time += 1) {
      desk.takes();
      expect(desk.fails(MADE, broken)).toBe('again');
    }
  });
});

test('one answer ends the silence, and that the token was refused', () => {
  const desk = new Desk(ENDING);
  desk.fails(ENDING, unauthorized);
  desk.pass(2 * MINUTE);
  expect([desk.isSilent, desk.isUnauthorized]).toEqual([true, true]);
  desk.takes();
  expect([desk.isSilent, desk.isUnauthorized]).toEqual([false, false]);
});

test('an ending for which the token is refused is told again for ever, and pauses everything', () => {
  const desk = new Desk(ENDING);
  for (let time = 0; time < 20; time += 1) {
    expect(desk.fails(ENDING, unauthorized)).toBe('again');
    expect(desk.isUnauthorized).toBe(true);
    expect(desk.pauseMs).toBe(MINUTE);
    desk.pass(2 * MINUTE);
    desk.takes();
  }
});
