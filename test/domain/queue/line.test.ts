import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call/call.ts';
import { headsOf, newcomersOf } from '../../../src/domain/queue/line.ts';
import { aCall } from '../builders.ts';

const first = aCall().withId('first').enteredAt(1_000);
const second = aCall().withId('second').enteredAt(2_000);
const third = aCall().withId('third').enteredAt(3_000);

const headIds = (calls: readonly Call[]) =>
  Object.fromEntries([...headsOf(calls)].map(([queue, call]) => [queue, call.callId]));
const newcomerIds = (calls: readonly Call[]) => newcomersOf(calls).map((call) => call.callId);

describe('the head of a queue', () => {
  it('is the caller who came first, in whatever order they are told', () => {
    expect(headIds([third.waiting(), first.waiting(), second.waiting()])).toEqual({ support: 'first' });
  });

  it('is one for each queue', () => {
    const calls = [first.waiting(), second.inQueue('sales').waiting(), third.inQueue('sales').waiting()];
    expect(headIds(calls)).toEqual({ support: 'first', sales: 'second' });
  });

  it('is the caller back from an offer that failed, at their old place', () => {
    expect(headIds([second.waiting(), first.waitingAgainAfter('1001')])).toEqual({ support: 'first' });
  });

  it('is nobody who is offered, talks, leaves or has ended', () => {
    const others = [
      first.offeredTo('1001'),
      first.withId('a').talkingTo('1002'),
      first.withId('b').leaving('closed'),
      first.withId('c').ended('lost'),
    ];
    expect(headIds([...others, third.waiting()])).toEqual({ support: 'third' });
    expect(headIds(others)).toEqual({});
  });

  it('is the same of two who came at one instant, in whatever order they are told', () => {
    const twins = [aCall().withId('b').waiting(), aCall().withId('a').waiting()];
    expect(headIds(twins)).toEqual({ support: 'a' });
    expect(headIds(twins.toReversed())).toEqual({ support: 'a' });
  });
});

describe('the newcomers', () => {
  it('are those of whom the help desk has not surely heard, first come first', () => {
    const calls = [
      third.unasked().waiting(),
      second.heard().waiting(),
      first.asked().waiting(),
      first.withId('gone').unasked().ended('canceled'),
      first.withId('leaving').asked().leaving('unreachable'),
    ];
    expect(newcomerIds(calls)).toEqual(['first', 'third']);
  });

  it('are in one order though they came at one instant', () => {
    const twins = [aCall().withId('b').unasked().waiting(), aCall().withId('a').unasked().waiting()];
    expect(newcomerIds(twins)).toEqual(['a', 'b']);
    expect(newcomerIds(twins.toReversed())).toEqual(['a', 'b']);
  });
});
