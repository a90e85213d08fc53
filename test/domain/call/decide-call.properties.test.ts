import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call, CallRules } from '../../../src/domain/call/call.ts';
import { deadlineOf } from '../../../src/domain/call/deadline.ts';
import { decide } from '../../../src/domain/call/decide-call.ts';
import type { CallInput } from '../../../src/domain/call/input.ts';
import { isEnding } from '../../../src/domain/outbox/entry.ts';
import type { Report } from '../../../src/domain/outbox/report.ts';
import { aCall, MORNING, someRules } from '../builders.ts';
import { frozen } from '../frozen.ts';
import { checked, gone, variants } from './inputs.ts';

/** One input at one instant; some depend on where the call stands, so that runs get far. */
interface Step {
  readonly afterMs: number;
  readonly input: (call: Call) => CallInput;
}

const anyInput = fc.constantFrom(...Object.values(variants).flat());
const hostileInput: fc.Arbitrary<CallInput> = fc
  .string({ unit: 'binary' })
  .chain((text) =>
    fc.constantFrom<CallInput>(
      { ...gone, recording: text, cause: text },
      { kind: 'message-left', file: text },
      { kind: 'answered', by: { context: 'agent', extension: undefined }, recording: text },
      { kind: 'offer-failed', extension: undefined, dialStatus: text, hangupCause: text },
      { kind: 'transferred', how: 'blind', target: text },
    ),
  );
const fitting: fc.Arbitrary<Step['input']> = fc.constantFrom(
  (call: Call): CallInput => ({ kind: 'deadline', of: deadlineOf(call, someRules()) ?? 0 }),
  (call: Call): CallInput => checked(call.phase === 'offered' ? call.offer.extension : '1001'),
);
const step: fc.Arbitrary<Step> = fc.record({
  afterMs: fc.constantFrom(0, 1, 400, 5_000, 25_000, 300_000),
  input: fc.oneof(
    { weight: 6, arbitrary: anyInput.map((input) => () => input) },
    { weight: 3, arbitrary: fitting },
    { weight: 1, arbitrary: hostileInput.map((input) => () => input) },
  ),
});
// Endings are common among the inputs; without enough steps that lead elsewhere most runs would be over at once.
const lively = step.filter(({ input }) => {
  const { kind } = input(aCall().waiting());
  return kind !== 'gone' && kind !== 'entered-again' && kind !== 'missed-hangup';
});
const steps = fc
  .tuple(fc.array(lively, { maxLength: 8 }), fc.array(step, { maxLength: 12 }))
  .map(([beginning, rest]) => [...beginning, ...rest]);
const start = fc.constantFrom<Call>(
  aCall().unasked().waiting(),
  aCall().asked().waiting(),
  aCall().heard().waiting(),
);
const rules = fc.record({ reportUnheard: fc.boolean() }).map((changes) => someRules(changes));

interface Committed {
  readonly input: CallInput;
  readonly now: number;
}
interface Life {
  readonly call: Call;
  readonly told: readonly Report[];
  readonly committed: readonly Committed[];
}

/** Runs a call through its inputs, everything frozen, and collects what was committed. */
function live(born: Call, inputs: readonly Step[], by: CallRules): Life {
  let now = MORNING;
  let call = frozen(born);
  const told: Report[] = [];
  const committed: Committed[] = [];
  for (const { afterMs, input } of inputs) {
    now += afterMs;
    const happened = frozen(input(call));
    const context = frozen({ now, rules: by });
    const decision = decide(call, happened, context);
    expect(decide(call, happened, context)).toEqual(decision);
    if (decision.kind === 'ignored') continue;
    committed.push({ input: happened, now });
    told.push(...decision.reports);
    call = frozen(decision.call);
  }
  return { call, told, committed };
}

function everyLife(law: (life: Life, born: Call, by: CallRules) => void): void {
  fc.assert(
    fc.property(start, steps, rules, (born, inputs, by) => {
      law(live(born, inputs, by), born, by);
    }),
    { numRuns: 2_000 },
  );
}

const positions = (told: readonly Report[], kind: Report['kind']) =>
  told.flatMap((report, at) => (report.kind === kind ? [at] : []));

describe('whatever happens to a caller', () => {
  it('the help desk hears at most one ending, and nothing after it', () => {
    everyLife(({ told }) => {
      const first = told.findIndex(isEnding);
      if (first !== -1) expect(told.slice(first)).toHaveLength(1);
    });
  });

  it('an ended call has told its own ending, unless it was never asked about and nobody wants to know', () => {
    everyLife(({ call, told }, _, { reportUnheard }) => {
      const endings = told.filter(isEnding).map((report) => report.kind);
      if (call.phase !== 'ended') expect(endings).toEqual([]);
      else if (call.hearing !== 'unasked' || reportUnheard) expect(endings).toEqual([call.ending]);
      else expect(['canceled', 'lost']).toContain(call.ending);
    });
  });

  it('an agent’s screen opens at most once', () => {
    everyLife(({ told }) => expect(positions(told, 'transfered').length).toBeLessThanOrEqual(1));
  });

  it('completed is told exactly of those who were transfered before, canceled and lost never', () => {
    everyLife(({ told }) => {
      const [transfered] = positions(told, 'transfered');
      const [completed] = positions(told, 'completed');
      if (completed !== undefined) expect(transfered).toBeLessThan(completed);
      if (transfered === undefined) return;
      expect(told.slice(transfered + 1).map((report) => report.kind)).not.toContain('canceled');
      expect(told.slice(transfered + 1).map((report) => report.kind)).not.toContain('lost');
    });
  });

  it('the help desk is told nothing of a caller of whom it has not heard', () => {
    everyLife(({ told, call, committed }, born) => {
      const answers = ['agent-named', 'nobody-free', 'no-agent'];
      const answered = committed.some(({ input }) => answers.includes(input.kind));
      const isRegistered = born.hearing === 'heard' || answered;
      expect(positions(told, 'received')).toEqual(isRegistered || told.length === 0 ? [] : [0]);
      if (call.phase === 'talking') expect(call.hearing).toBe('heard');
    });
  });

  it('a caller who is gone has ended, in whatever phase they were', () => {
    everyLife(({ call }, _, by) => {
      const decision = decide(call, gone, { now: MORNING, rules: by });
      expect(decision.kind).toBe(call.phase === 'ended' ? 'ignored' : 'decided');
      if (decision.kind === 'decided') expect(decision.call.phase).toBe('ended');
    });
  });

  it('an ended call ignores everything', () => {
    everyLife(({ call }, _, by) => {
      if (call.phase !== 'ended') return;
      const context = { now: MORNING, rules: by };
      for (const input of Object.values(variants).flat())
        expect(decide(call, input, context).kind).toBe('ignored');
    });
  });

  it('replaying what was committed gives the same call and the same reports', () => {
    everyLife(({ call, told, committed }, born, by) => {
      const again = live(
        born,
        committed.map(({ input, now }, at) => ({
          afterMs: now - (committed[at - 1]?.now ?? MORNING),
          input: () => input,
        })),
        by,
      );
      expect(again).toEqual({ call, told, committed });
    });
  });

  it('a deadline is acted on in its time, and leads to a later one or none', () => {
    everyLife(({ call }, _, by) => {
      let current = call;
      let now = deadlineOf(current, by) ?? MORNING;
      for (let turn = 0; turn < 4; turn++) {
        const of = deadlineOf(current, by);
        if (of === undefined) return;
        now = Math.max(now, of);
        const decision = decide(current, { kind: 'deadline', of }, { now, rules: by });
        if (decision.kind === 'ignored') throw new Error(`${current.phase} ignored its own deadline`);
        current = decision.call;
        const next = deadlineOf(current, by);
        if (next === undefined || next > now) return;
      }
      throw new Error('deadlines came round and round at one instant');
    });
  });
});

describe('the runs of these laws', () => {
  it('reach every phase, and every ending', () => {
    const seen = new Set<string>();
    everyLife(({ call }) => seen.add(call.phase === 'ended' ? call.ending : call.phase));
    expect([...seen].sort()).toEqual([
      'canceled',
      'completed',
      'leaving',
      'lost',
      'offered',
      'talking',
      'waiting',
    ]);
  });
});
