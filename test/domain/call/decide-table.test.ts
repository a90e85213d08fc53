import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call/call.ts';
import { decide } from '../../../src/domain/call/decide-call.ts';
import type { CallInput } from '../../../src/domain/call/input.ts';
import { aCall, NOW, someRules } from '../builders.ts';
import { variants } from './inputs.ts';

/**
 * The table above `decide` is what people read at night, so it must be what the machine does: a cell with `·` ignores
 * every variant of its input, and any other cell does something with at least one.
 */
const columns = ['waiting', 'offered', 'talking', 'leaving'] as const;
type Column = (typeof columns)[number];

const callsIn: { readonly [Phase in Column]: readonly Call[] } = {
  waiting: [
    aCall().unasked().waiting(),
    aCall().asked().waiting(),
    aCall().waiting(),
    aCall().waitingAgainAfter('1001'),
  ],
  offered: [
    aCall().offeredTo('1001', 'checking'),
    aCall().offeredTo('1001', 'moving'),
    aCall().offeredTo('1001', 'ringing'),
    aCall().offeredTo('1001', 'overdue'),
  ],
  talking: [aCall().talkingTo('1001')],
  leaving: [
    aCall().leaving('closed'),
    aCall().leaving('unreachable', { lookAt: undefined }),
    aCall().unasked().leaving('waited', { message: 'message.wav' }),
  ],
};

const rows = tableAbove('src/domain/call/decide-call.ts');
const cells = rows.flatMap(({ kind, does }) => columns.map((phase, at) => ({ kind, phase, cell: does[at] })));

describe('the table above decide', () => {
  it('has a row for every input', () => {
    expect(rows.map((row) => row.kind).sort()).toEqual(Object.keys(variants).sort());
  });

  it.each(cells.filter(({ cell }) => cell === '·'))('$phase ignores $kind', ({ kind, phase }) => {
    expect(outcomes(kind, phase)).not.toContain('decided');
  });

  it.each(cells.filter(({ cell }) => cell !== '·'))('$phase acts on $kind: $cell', ({ kind, phase }) => {
    expect(outcomes(kind, phase)).toContain('decided');
  });
});

function outcomes(kind: string, phase: Column): readonly string[] {
  const inputs: readonly CallInput[] = Object.entries(variants).find(([name]) => name === kind)?.[1] ?? [];
  const context = { now: NOW, rules: someRules() };
  return callsIn[phase].flatMap((call) => inputs.map((input) => decide(call, input, context).kind));
}

function tableAbove(path: string) {
  const lines = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8').split('\n');
  const table = lines.filter((line) => line.startsWith(' * |')).slice(2);
  return table.map((line) => {
    const [kind = '', ...does] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { kind, does };
  });
}
