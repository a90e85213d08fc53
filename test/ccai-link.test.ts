import { describe, expect, test } from 'vitest';
import { readWish } from '../src/adapters/ccai/outbound-wish.ts';
import { ccaiLink } from '../src/ccai-link.ts';
import type { CallerHistories } from '../src/ports/caller-histories.ts';
import { ccaiOf, LEAST, loadCcai } from './config/ccai-builder.ts';
import { aCall } from './domain/builders.ts';
import { SUPPORT } from './domain/call-back/some-rules.ts';
import { MemoryLog } from './fakes/memory-log.ts';

const { callId } = aCall().withId('a').ended('lost');

/** As what the relay would call this number back, without anybody having looked at it. */
async function calledBackAs(number: string): Promise<string | undefined> {
  const asked: (string | undefined)[] = [];
  const store: CallerHistories = {
    callerHistory: async (_call, numberOf) => {
      asked.push(numberOf(number));
      return undefined;
    },
  };
  const { relay } = ccaiLink(ccaiOf(loadCcai(LEAST)), { store, log: new MemoryLog() });
  const loss = { queue: SUPPORT, ending: 'lost', reason: 'waited' } as const;
  await relay.review({ kind: 'call-back', callId, loss });
  await relay.close();
  expect(asked).toHaveLength(1);
  return asked[0];
}

test('a caller is called back in the country of the configuration', async () => {
  expect(await calledBackAs('011987654321')).toBe('+5511987654321');
});

describe('a number at which a call is dear', () => {
  test.each(['09001234567', '+449061234567', '+881612345678', '+979123456789'])(
    'is not called back though it has called: %s',
    async (number) => {
      expect(await calledBackAs(number)).toBeUndefined();
    },
  );

  test('is called where a person asks for it', () => {
    const wish = {
      agentEmail: 'ana@example.com',
      ticketId: undefined,
      outboundNumber: undefined,
      lang: undefined,
    };
    const reading = readWish({ ...wish, number: '+881612345678' }, 'BR');
    expect(reading).toMatchObject({ ok: true, arguments: { endUserNumber: '+881612345678' } });
  });
});
