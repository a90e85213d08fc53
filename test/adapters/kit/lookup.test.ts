import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { describe, expect, test } from 'vitest';
import { SharedLookup } from '../../../src/adapters/kit/lookup.ts';
import { ManualClock, settled } from '../../fakes/manual-clock.ts';

const FOUR = { address: '192.0.2.7', family: 4 };
const SIX = { address: '2001:db8::7', family: 6 };

/** A system that answers when, and what, the test says. */
class ScriptedResolver {
  readonly #questions: { readonly name: string; readonly answer: PromiseWithResolvers<LookupAddress[]> }[] =
    [];

  readonly resolve = (name: string): Promise<LookupAddress[]> => {
    const answer = Promise.withResolvers<LookupAddress[]>();
    this.#questions.push({ name, answer });
    return answer.promise;
  };

  /** All that was asked so far, answered or not. */
  get names(): readonly string[] {
    return this.#questions.map(({ name }) => name);
  }

  async answer(...addresses: LookupAddress[]): Promise<void> {
    this.#questions.at(-1)?.answer.resolve(addresses);
    await settled();
  }

  async fail(why: string): Promise<void> {
    this.#questions.at(-1)?.answer.reject(new Error(why));
    await settled();
  }
}

function aLookup() {
  const clock = new ManualClock();
  const resolver = new ScriptedResolver();
  const { lookup } = new SharedLookup({ clock, resolve: resolver.resolve });
  return { clock, resolver, lookup, ask: (name: string, options = {}) => asked(lookup, name, options) };
}

/** What was called back, in order; nothing as long as nobody was. */
function asked(lookup: LookupFunction, name: string, options: LookupOptions): readonly unknown[] {
  const heard: unknown[] = [];
  lookup(name, { all: true, ...options }, (error, address, family) => {
    heard.push(error === null ? address : error.message);
    if (family !== undefined) heard.push(family);
  });
  return heard;
}

describe('a name', () => {
  test('that everybody asks for at once is asked for once, and all get the answer', async () => {
    const { resolver, ask } = aLookup();
    const all = Array.from({ length: 60 }, () => ask('udesk.test'));
    await settled();
    expect(resolver.names).toEqual(['udesk.test']);
    expect(all.flat()).toEqual([]);
    await resolver.answer(SIX, FOUR);
    for (const heard of all) expect(heard).toEqual([[SIX, FOUR]]);
  });

  test('whose nameserver never answers is asked for once, however often they come back', async () => {
    const { clock, resolver, ask } = aLookup();
    for (let minute = 0; minute < 60; minute += 1) {
      expect(ask('udesk.test')).toEqual([]);
      await clock.pass(60_000);
    }
    expect(resolver.names).toEqual(['udesk.test']);
  });

  test('whose answer comes late is known to those who still wait, and to those who come back', async () => {
    const { clock, resolver, ask } = aLookup();
    const patient = ask('udesk.test');
    await clock.pass(20_000);
    await resolver.answer(FOUR);
    expect(patient).toEqual([[FOUR]]);
    const late = ask('udesk.test');
    await settled();
    expect(late).toEqual([[FOUR]]);
    expect(resolver.names).toHaveLength(1);
  });

  test('is known for half a minute, and then asked for again', async () => {
    const { clock, resolver, ask } = aLookup();
    ask('udesk.test');
    await settled();
    await resolver.answer(FOUR);
    await clock.pass(29_999);
    const before = ask('udesk.test');
    await settled();
    expect(before).toEqual([[FOUR]]);
    await clock.pass(1);
    const after = ask('udesk.test');
    await settled();
    expect(resolver.names).toHaveLength(2);
    await resolver.answer(SIX);
    expect(after).toEqual([[SIX]]);
  });

  test('that is not found is not asked for again for three seconds, and found when it is there', async () => {
    const { clock, resolver, ask } = aLookup();
    const first = ask('udesk.test');
    await settled();
    await resolver.fail('getaddrinfo EAI_AGAIN udesk.test');
    expect(first).toEqual(['getaddrinfo EAI_AGAIN udesk.test']);
    await clock.pass(2_999);
    const soon = ask('udesk.test');
    await settled();
    expect(soon).toEqual(['getaddrinfo EAI_AGAIN udesk.test']);
    expect(resolver.names).toHaveLength(1);
    await clock.pass(1);
    const later = ask('udesk.test');
    await settled();
    await resolver.answer(FOUR);
    expect(later).toEqual([[FOUR]]);
  });

  test('for which a thousand wait already lets nobody else wait, and all of them hear the answer', async () => {
    const { resolver, ask } = aLookup();
    const waiting = Array.from({ length: 1_000 }, () => ask('udesk.test'));
    const tooMany = ask('udesk.test');
    await settled();
    expect(tooMany).toEqual([expect.stringContaining('too many wait')]);
    await resolver.answer(FOUR);
    expect(waiting.filter((heard) => heard.length === 1)).toHaveLength(1_000);
    const next = ask('other.test');
    await settled();
    await resolver.answer(SIX);
    expect(next).toEqual([[SIX]]);
  });
});

describe('two names', () => {
  test('are asked for one after the other', async () => {
    const { resolver, ask } = aLookup();
    const rest = ask('udesk.test');
    const socket = ask('socket.test');
    await settled();
    expect(resolver.names).toEqual(['udesk.test']);
    await resolver.answer(FOUR);
    expect(resolver.names).toEqual(['udesk.test', 'socket.test']);
    expect(rest).toEqual([[FOUR]]);
    expect(socket).toEqual([]);
    await resolver.answer(SIX);
    expect(socket).toEqual([[SIX]]);
  });

  test('have their turn also after a failure, and the one that failed stands behind the other', async () => {
    const { clock, resolver, ask } = aLookup();
    ask('udesk.test');
    ask('socket.test');
    await settled();
    await resolver.fail('EAI_AGAIN');
    await clock.pass(3_000);
    ask('udesk.test');
    await settled();
    expect(resolver.names).toEqual(['udesk.test', 'socket.test']);
    await resolver.answer(SIX);
    expect(resolver.names).toEqual(['udesk.test', 'socket.test', 'udesk.test']);
  });

  test('are each known by their own answer', async () => {
    const { resolver, ask } = aLookup();
    ask('udesk.test');
    ask('socket.test');
    await settled();
    await resolver.answer(FOUR);
    await resolver.answer(SIX);
    const again = [ask('udesk.test'), ask('socket.test')];
    await settled();
    expect(again).toEqual([[[FOUR]], [[SIX]]]);
  });
});

describe('an address', () => {
  test.each([FOUR, SIX])('$address is its own answer, while a name waits', async (address) => {
    const { resolver, ask } = aLookup();
    ask('udesk.test');
    const heard = ask(address.address);
    await settled();
    expect(heard).toEqual([[address]]);
    expect(resolver.names).toEqual(['udesk.test']);
  });

  test.each([
    ['one of either family', {}, [SIX.address, 6]],
    ['one of the older', { family: 4 }, [FOUR.address, 4]],
    ['one of the newer', { family: 'IPv6' as const }, [SIX.address, 6]],
    ['all of the older', { all: true, family: 'IPv4' as const }, [[FOUR]]],
    ['all of either', { all: true, family: 0 as const }, [[SIX, FOUR]]],
  ])('%s can be asked for', async (_, options, expected) => {
    const { resolver, ask } = aLookup();
    const heard = ask('udesk.test', { all: false, ...options });
    await settled();
    await resolver.answer(SIX, FOUR);
    expect(heard).toEqual(expected);
  });

  test('of a family that the name has none of is one that is not found', async () => {
    const { resolver, ask } = aLookup();
    const heard = ask('udesk.test', { family: 6 });
    await settled();
    await resolver.answer(FOUR);
    expect(heard).toEqual(['getaddrinfo ENOTFOUND udesk.test']);
  });
});

test('without anything injected the system is asked', async () => {
  const { lookup } = new SharedLookup({ clock: new ManualClock() });
  const heard = await new Promise((resolve, reject) => {
    lookup('localhost', { all: true }, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
  expect(heard).toContainEqual({
    address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
    family: expect.any(Number),
  });
});
