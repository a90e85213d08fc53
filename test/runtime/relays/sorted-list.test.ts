import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedList } from '../../../src/runtime/relays/sorted-list.ts';

test('whatever is put in and taken out, what is there is there once and in order', () =>
  fc.assert(
    fc.property(
      fc.array(fc.record({ isPut: fc.boolean(), value: fc.integer({ min: 0, max: 30 }) })),
      (turns) => {
        const list = new SortedList<number>((one, other) => one - other);
        const expected = new Set<number>();
        for (const { isPut, value } of turns) {
          if (isPut) list.put(value);
          else list.remove(value);
          if (isPut) expected.add(value);
          else expected.delete(value);
        }
        const sorted = [...expected].sort((one, other) => one - other);
        expect(list.all()).toEqual(sorted);
        expect([list.first, list.size]).toEqual([sorted[0], sorted.length]);
      },
    ),
  ));
