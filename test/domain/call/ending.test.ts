import { describe, expect, it } from 'vitest';
import { aCall, MORNING, someRules, whatFollows, whyIgnored } from '../builders.ts';
import { found, gone, variants } from './inputs.ts';

const kindsOf = (decision: ReturnType<typeof whatFollows>) => decision.reports.map((report) => report.kind);

describe('what the help desk hears of a caller who hangs up while waiting', () => {
  it.each([
    { hearing: 'unasked', reportUnheard: true, told: ['received', 'canceled'] },
    { hearing: 'unasked', reportUnheard: false, told: [] },
    { hearing: 'asked', reportUnheard: true, told: ['received', 'canceled'] },
    { hearing: 'asked', reportUnheard: false, told: ['received', 'canceled'] },
    { hearing: 'heard', reportUnheard: true, told: ['canceled'] },
    { hearing: 'heard', reportUnheard: false, told: ['canceled'] },
  ] as const)('$hearing, reportUnheard $reportUnheard: $told', ({ hearing, reportUnheard, told }) => {
    const call = { ...aCall().waiting(), hearing };
    const decision = whatFollows(call, gone, { rules: someRules({ reportUnheard }) });
    expect(kindsOf(decision)).toEqual(told);
    expect(decision.call).toMatchObject({ phase: 'ended', ending: 'canceled' });
  });
});

describe('what the help desk hears of a caller who is lost', () => {
  it.each([
    { hearing: 'unasked', reportUnheard: true, told: ['received', 'lost'] },
    { hearing: 'unasked', reportUnheard: false, told: ['received', 'lost'] },
    { hearing: 'asked', reportUnheard: true, told: ['received', 'lost'] },
    { hearing: 'asked', reportUnheard: false, told: ['received', 'lost'] },
    { hearing: 'heard', reportUnheard: true, told: ['lost'] },
    { hearing: 'heard', reportUnheard: false, told: ['lost'] },
  ] as const)('$hearing, reportUnheard $reportUnheard: $told', ({ hearing, reportUnheard, told }) => {
    const call = { ...aCall().leaving('unreachable'), hearing };
    const rules = someRules({ reportUnheard });
    expect(kindsOf(whatFollows(call, gone, { rules }))).toEqual(told);
    expect(kindsOf(whatFollows(call, found('fallback', true), { rules }))).toEqual(told);
  });
});

describe('a caller registered after they left', () => {
  it('is received when they came, with queue and number, and then ended', () => {
    const { reports, call } = whatFollows(aCall().unasked().waiting(), gone);
    const { callId } = call;
    expect(reports).toEqual([
      {
        kind: 'received',
        callId,
        queue: call.queue,
        helpDeskQueueId: 7,
        clientNumber: '+5547999990000',
        at: MORNING,
        mayHoldAgent: false,
      },
      { kind: 'canceled', callId, at: gone.at },
    ]);
  });
});

describe('a caller who left during their first poll', () => {
  it('is registered with haste, for an agent may be held for them', () => {
    const { reports } = whatFollows(aCall().asked().waiting(), gone);
    expect(reports).toMatchObject([{ kind: 'received', mayHoldAgent: true }, { kind: 'canceled' }]);
  });
});

describe('an ended call', () => {
  const inputs = Object.values(variants).flat();

  it.each(['completed', 'lost', 'canceled'] as const)('that was %s ignores everything', (ending) => {
    const reasons = inputs.map((input) => whyIgnored(aCall().ended(ending), input));
    expect(new Set(reasons)).toEqual(new Set(['the call has ended']));
  });
});
