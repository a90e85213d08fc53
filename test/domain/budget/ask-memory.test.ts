import { describe, expect, it } from 'vitest';
import type { AskMemory } from '../../../src/domain/budget/ask-memory.ts';
import {
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
    const memory = askStarted(askStarted(noAsks, ana, 'newcomer', 5), bia, 'blind', 9);
    expect([...memory.lastAskedAt]).toEqual([
      [ana, 5],
      [bia, 9],
    ]);
  });

  it.each(['blind', 'again'] as const)('for a head (%s) is remembered for all heads', (why) => {
    expect(askStarted(noAsks, ana, why, 9).lastHeadAskedAt).toBe(9);
  });

  it('for a newcomer does not push the heads back', () => {
    expect(askStarted(noAsks, ana, 'newcomer', 9).lastHeadAskedAt).toBe(-Infinity);
  });
});

describe('an extension that cannot take the call', () => {
  it('makes the call be asked about again at once', () => {
    expect([...inVain(noAsks, '1001').askAgain]).toEqual([ana]);
  });

  it('is no reason to hurry any more once the question is asked', () => {
    expect([...askStarted(inVain(noAsks, '1001'), ana, 'again', 9).askAgain]).toEqual([]);
  });

  it('named for the second time is no reason to hurry: one broken phone does not burn the budget', () => {
    const asked = askStarted(inVain(noAsks, '1001'), ana, 'again', 9);
    expect([...inVain(asked, '1001').askAgain]).toEqual([]);
  });

  it('is followed by another: that is a reason, each once', () => {
    const asked = askStarted(inVain(noAsks, '1001', '1002'), ana, 'again', 9);
    expect([...inVain(asked, '1003').askAgain]).toEqual([ana]);
    expect([...inVain(asked, '1001', '1002').askAgain]).toEqual([]);
  });

  it('says nothing about another call', () => {
    const memory = askedInVain(inVain(noAsks, '1001'), bia, extension('1001'));
    expect([...memory.askAgain]).toEqual([ana, bia]);
  });

  it('may be named again once nobody was free in between', () => {
    const asked = askStarted(inVain(noAsks, '1001'), ana, 'again', 9);
    expect([...inVain(nobodyNamed(asked, ana), '1001').askAgain]).toEqual([ana]);
  });
});

describe('the memory of questions', () => {
  it('is unchanged by an answer that names nobody when nobody was named in vain', () => {
    expect(nobodyNamed(noAsks, ana)).toBe(noAsks);
  });

  it('forgets a call that needs no more questions, and only that one', () => {
    const both = askedInVain(
      askStarted(inVain(askStarted(noAsks, ana, 'blind', 1), '1001'), bia, 'blind', 2),
      bia,
      extension('1001'),
    );
    const memory = forgetAsks(both, ana);
    expect([[...memory.lastAskedAt.keys()], [...memory.namedInVain.keys()], [...memory.askAgain]]).toEqual([
      [bia],
      [bia],
      [bia],
    ]);
    expect(memory.lastHeadAskedAt).toBe(2);
  });
});
