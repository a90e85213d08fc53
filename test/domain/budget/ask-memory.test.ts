import { describe, expect, it } from 'vitest';
import type { AskMemory } from '../../../src/domain/budget/ask-memory.ts';
import {
  askAnswered,
  askedInVain,
  askStarted,
  forgetAsks,
  noAsks,
  nobodyNamed,
} from '../../../src/domain/budget/ask-memory.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import { extension } from '../builders.ts';

const ana = callIdFrom('ana');
const bia = callIdFrom('bia');
const inVain = (memory: AskMemory, ...numbers: readonly string[]) =>
  numbers.reduce((before, number) => askedInVain(before, ana, extension(number)), memory);

describe('a question to the help desk', () => {
  it('is remembered for its call', () => {
    const memory = askStarted(askStarted(noAsks, ana, 5), bia, 9);
    expect([...memory.lastAskedAt]).toEqual([
      [ana, 5],
      [bia, 9],
    ]);
  });

  it('is unanswered until its answer comes', () => {
    const both = askStarted(askStarted(noAsks, ana, 5), bia, 9);
    expect([...askAnswered(both, ana).unanswered]).toEqual([bia]);
  });
});

describe('an extension that cannot take the call', () => {
  it('makes the call be asked about again at once', () => {
    expect([...inVain(noAsks, '1001').askAgain]).toEqual([ana]);
  });

  it('is no reason to hurry any more once the question is asked', () => {
    expect([...askStarted(inVain(noAsks, '1001'), ana, 9).askAgain]).toEqual([]);
  });

  it('named for the second time is no reason to hurry: one broken phone does not burn the budget', () => {
    const asked = askStarted(inVain(noAsks, '1001'), ana, 9);
    expect([...inVain(asked, '1001').askAgain]).toEqual([]);
  });

  it('is followed by another: that is a reason, each once', () => {
    const asked = askStarted(inVain(noAsks, '1001', '1002'), ana, 9);
    expect([...inVain(asked, '1003').askAgain]).toEqual([ana]);
    expect([...inVain(asked, '1001', '1002').askAgain]).toEqual([]);
  });

  it('says nothing about another call', () => {
    const memory = askedInVain(inVain(noAsks, '1001'), bia, extension('1001'));
    expect([...memory.askAgain]).toEqual([ana, bia]);
  });

  it('may be named again once nobody was free in between', () => {
    const asked = askStarted(inVain(noAsks, '1001'), ana, 9);
    expect([...inVain(nobodyNamed(asked, ana), '1001').askAgain]).toEqual([ana]);
  });
});

describe('the memory of questions', () => {
  it('is unchanged by an answer that names nobody when nobody was named in vain', () => {
    expect(nobodyNamed(noAsks, ana)).toBe(noAsks);
  });

  it('forgets a call that needs no more questions, and only that one', () => {
    const both = askedInVain(
      askStarted(inVain(askStarted(noAsks, ana, 1), '1001'), bia, 2),
      bia,
      extension('1001'),
    );
    const { lastAskedAt, namedInVain, askAgain, unanswered } = forgetAsks(both, ana);
    for (const remembered of [lastAskedAt, namedInVain, askAgain, unanswered])
      expect([...remembered.keys()]).toEqual([bia]);
  });
});
