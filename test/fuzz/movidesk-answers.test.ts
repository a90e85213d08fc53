import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { excerptWithout } from '../../src/adapters/kit/excerpt.ts';
import type { Failure, Outcome } from '../../src/ports/failure.ts';
import {
  aClient,
  aReceivedCall,
  canceled,
  completed,
  lost,
  madeCallLink,
  transfered,
} from '../adapters/movidesk/builders.ts';
import { property } from './campaign.ts';
import { answer, NUMBER, TOKEN } from './movidesk/answers.ts';
import { HostileFarSide } from './movidesk/far-side.ts';

const TIMEOUT_MS = 300;
// The machine may be busy; a request that is not given up takes minutes.
const LATE_MS = 3_000;

let farSide: HostileFarSide;
let client: ReturnType<typeof aClient>;
beforeAll(async () => {
  farSide = await HostileFarSide.listen();
  // One for all answers, as in life: what one leaves behind is there when the next is awaited.
  client = aClient({ baseUrl: farSide.url, token: TOKEN, timeoutMs: TIMEOUT_MS });
});
afterAll(async () => {
  await client.close();
  await farSide.close();
});

property(
  'whatever Movidesk answers, a question is answered in time, and an extension is digits that were in it',
  {
    runs: 500,
    of: answer,
    check: async (said) => {
      farSide.says(said);
      const outcome = await inTime(client.ask(aReceivedCall({ clientNumber: `+${NUMBER}` })));
      expectHarmless(outcome);
      if (!outcome.ok) return;
      if (outcome.value.kind === 'extension') {
        expect(outcome.value.extension).toMatch(/^[0-9]{2,20}$/);
        // A number of JSON may be written in another way.
        if (!/[eE]/.test(String(said.body))) expect(String(said.body)).toContain(outcome.value.extension);
      }
      if (outcome.value.kind !== 'unknown') return;
      expectOneLine(outcome.value.body);
      expect(outcome.value.body).not.toContain(NUMBER);
    },
  },
);

property('whatever Movidesk answers, a report is delivered or not, in time', {
  runs: 200,
  of: fc.tuple(answer, fc.constantFrom(transfered, completed, lost, canceled, madeCallLink)),
  check: async ([said, report]) => {
    farSide.says(said);
    expectHarmless(await inTime(client.report(report)));
  },
});

property('however a secret is written in what is shown of an answer, it is not shown', {
  runs: 600,
  of: fc.record({
    secret: fc.stringMatching(/^[!-)+-~][ -)+-~]{6,30}[!-)+-~]$/),
    before: fc.string({ unit: 'binary', maxLength: 250 }),
    spelling: fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.toLowerCase(),
      encodeURIComponent,
      (text: string) => encodeURIComponent(text).toLowerCase(),
      (text: string) => JSON.stringify(text).slice(1, -1),
    ),
  }),
  check: ({ secret, before, spelling }) => {
    const shown = excerptWithout([secret])(`${before}${spelling(secret)}${before}`).toLowerCase();
    expect(shown).not.toContain(spelling(secret).toLowerCase());
    expect(shown).not.toContain(secret.toLowerCase());
    expectOneLine(shown);
  },
});

async function inTime<Value>(outcome: Promise<Value>): Promise<Value> {
  const startedAt = performance.now();
  const value = await outcome;
  expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS + LATE_MS);
  return value;
}

const KINDS: readonly Failure['kind'][] = [
  ...(['throttled', 'unauthorized', 'broken', 'refused', 'unreachable', 'unknown-outcome'] as const),
];

/** Nothing secret, nothing that would spoil a log, and no wait that never ends. */
function expectHarmless(outcome: Outcome<unknown>): void {
  expect(JSON.stringify(outcome).toLowerCase()).not.toContain(TOKEN);
  if (outcome.ok) return;
  const { failure } = outcome;
  expect(KINDS).toContain(failure.kind);
  expectOneLine(failure.cause);
  if (failure.kind !== 'throttled' || failure.retryAfterMs === undefined) return;
  expect(failure.retryAfterMs).toBeGreaterThanOrEqual(0);
  expect(failure.retryAfterMs).toBeLessThanOrEqual(3_600_000);
}

function expectOneLine(text: string): void {
  expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(text.length).toBeLessThan(300);
  expect(text.isWellFormed()).toBe(true);
}
