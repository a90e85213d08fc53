import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../../../src/adapters/ccai/operations.ts';
import type { Asking } from './contract.ts';
import { contractOf, OPERATION_NAMES } from './contracts.ts';
import { aPlatform, type Platform } from './platform.ts';

const ALL = OPERATION_NAMES.map((name) => {
  const operation = OPERATIONS[name];
  return { name, title: operation.title, operation, contract: contractOf(name) };
});

/** What came of it, and the platform for a look. */
async function played<Seen>(
  { stage, prepare, ask }: Asking,
  look: (outcome: unknown, platform: Platform, callsBefore: number) => Seen,
): Promise<Seen> {
  await using platform = await aPlatform(stage);
  await prepare?.(platform);
  const callsBefore = platform.simulator.calls.length;
  return look(await ask(platform), platform, callsBefore);
}

describe.each(ALL)('$title', ({ operation, contract }) => {
  const { whole, least } = contract;

  test('all that it takes travels under the names of the document, and is understood', async () => {
    await played(whole, (outcome, platform) => {
      const { method, path, body } = platform.simulator.ledger.at(-1) ?? {};
      expect({ method, path, body }).toEqual({
        method: operation.method,
        path: whole.path,
        body: whole.sent,
      });
      expect(outcome).toMatchObject({ ok: true });
      expect(whole.became(platform)).toMatchObject(whole.becomes);
      expect(platform.simulator.violations).toEqual([]);
    });
  });

  if (least !== undefined)
    test('what is left out is not sent', async () => {
      await played(least, (outcome, { simulator }) => {
        expect(simulator.ledger.at(-1)?.body).toEqual(least.sent);
        expect(outcome).toMatchObject({ ok: true });
        expect(simulator.violations).toEqual([]);
      });
    });

  test.each(Object.entries(contract.answers))('an answer of %s is told by its kind', async (_, answering) => {
    await played(answering, (outcome, { simulator }) => {
      expect(outcome).toMatchObject({ ok: true, value: answering.answer });
      expect(simulator.ledger.at(-1)?.status).toBe(answering.status);
      expect(simulator.violations).toEqual([]);
    });
  });

  test.each(Object.entries(contract.refusals))(
    '%s: nobody is called, and it is known why',
    async (code, refusing) => {
      const { says, status = 400, names = {} } = refusing;
      await played(refusing, (outcome, { simulator }, callsBefore) => {
        expect(outcome).toEqual({ ok: true, value: { kind: 'refused', why: { code, ...names } } });
        expect(simulator.ledger.at(-1)).toMatchObject({ status, answer: { message: says } });
        expect(simulator.calls).toHaveLength(callsBefore);
      });
    },
  );

  test('no row of the table is left out', () => {
    const body = 'body' in operation ? Object.keys(operation.body) : [];
    expect(Object.keys(whole.sent ?? {})).toEqual(expect.arrayContaining(body));
    expect(Object.keys(contract.answers).sort()).toEqual(Object.keys(operation.answers).sort());
    expect(Object.keys(contract.refusals).sort()).toEqual([...operation.refusals].sort());
  });
});
