import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CcaiClient } from '../../../src/adapters/ccai/client.ts';
import { callOutThrough } from '../../../src/adapters/ccai/outbound.ts';
import type { CcaiRefusal } from '../../../src/adapters/ccai/refusal.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { CcaiSimulator } from '../../../src/simulators/ccai/simulator.ts';
import { failureIn, valueIn } from './ccai-server.ts';

const SUBDOMAIN = 'acme';
const TOKEN = 'c0ffee-api-token';
const NUMBER = '+5511987654321';
const IN_AN_HOUR = systemClock.now() + 3_600_000;

/** A platform of its own for each test, and a client of it that has not asked for anything yet. */
async function aPlatform(credential: { readonly subdomain?: string; readonly token?: string } = {}) {
  const simulator = await CcaiSimulator.start({
    subdomain: SUBDOMAIN,
    token: TOKEN,
    menus: [
      { id: 1, name: 'Support', types: ['ivr', 'mobile'], asksForRecording: true },
      { id: 2, name: 'Closed', types: ['ivr', 'mobile'], state: 'after-hours' },
      { id: 3, name: 'Moved', types: ['ivr', 'mobile'], state: 'manual-redirection' },
      { id: 4, name: 'Page', types: ['web'] },
      { id: 5, name: 'Voice', types: ['ivr'] },
    ],
    agents: [
      { id: 1, email: 'ana@example.com', firstName: 'Ana', lastName: 'A' },
      { id: 2, email: 'busy@example.com', firstName: 'B', lastName: 'B', state: 'unavailable' },
      { id: 3, email: 'trainee@example.com', firstName: 'C', lastName: 'C', state: 'no-access' },
      { id: 4, email: 'by-hand@example.com', firstName: 'D', lastName: 'D', state: 'acts-in-widget' },
    ],
    contacts: [{ id: 67, number: NUMBER, outContactId: '381630957514', tickets: ['71450'] }],
    outboundNumbers: ['+551132654321', '+551132654322'],
  });
  const client = new CcaiClient({
    baseUrl: simulator.baseUrl,
    subdomain: SUBDOMAIN,
    token: TOKEN,
    timeoutMs: 5_000,
    clock: systemClock,
    ...credential,
  });
  const close = async () => {
    await client.close();
    await simulator.close();
  };
  return { simulator, client, [Symbol.asyncDispose]: close };
}

describe('what the platform does, the client understands', () => {
  test('a call-back is created in its menu, in its language', async () => {
    await using platform = await aPlatform();
    const given = { menuId: 1, endUserNumber: NUMBER, lang: 'pt', recordingPermission: 'granted' } as const;
    expect(valueIn(await platform.client.incomingCall(given))).toMatchObject({
      kind: 'created',
      call: {
        id: 1,
        callType: 'Voice Inbound (API)',
        status: 'queued',
        lang: 'pt',
        recordingPermission: 'granted',
        selectedMenu: { id: 1, name: 'Support' },
        endUser: { id: 67, outContactId: '381630957514' },
      },
    });
    expect(platform.simulator.violations).toEqual([]);
  });

  test('a call is scheduled by menu, and another one after it', async () => {
    await using platform = await aPlatform();
    const at = { endUserNumber: NUMBER, scheduledAt: IN_AN_HOUR };
    const first = valueIn(await platform.client.scheduledCall({ menuId: 1, ...at }));
    expect(first).toMatchObject({ kind: 'created', call: { id: 1, scheduledAt: IN_AN_HOUR } });
    const second = valueIn(await platform.client.scheduledCall({ callId: 1, ...at }));
    expect(second).toMatchObject({ kind: 'created', call: { id: 2, selectedMenu: { id: 1 } } });
    expect(platform.simulator.violations).toEqual([]);
  });

  test('an agent calls a number, or whom a ticket belongs to', async () => {
    await using platform = await aPlatform();
    const callOut = callOutThrough({ client: platform.client, country: 'BR' });
    const wish = { agentEmail: 'ana@example.com', outboundNumber: undefined, lang: 'pt' };
    expect(await callOut({ ...wish, number: '11987654321', ticketId: undefined })).toMatchObject({
      outcome: 'created',
      ccaiCallId: 1,
    });
    expect(await callOut({ ...wish, number: undefined, ticketId: '71450' })).toMatchObject({
      outcome: 'created',
      ccaiCallId: 2,
    });
    expect(platform.simulator.violations).toEqual([]);
  });

  test('an agent must go on by hand, or choose a number', async () => {
    await using platform = await aPlatform();
    const byHand = { agentEmail: 'by-hand@example.com', endUserNumber: NUMBER };
    expect(valueIn(await platform.client.outboundCall(byHand))).toEqual({ kind: 'needs-agent' });
    platform.simulator.outboundNumbers.set(['+551132654321', '+551132654322']);
    const given = { agentEmail: 'ana@example.com', endUserNumber: NUMBER };
    expect(valueIn(await platform.client.outboundCall(given))).toMatchObject({
      kind: 'needs-outbound-number',
      request: given,
    });
  });

  test('flags are set and read back', async () => {
    await using platform = await aPlatform();
    await platform.client.incomingCall({ menuId: 1, endUserNumber: NUMBER });
    const flags = { verifiedCustomer: true, badActor: false, repeatCustomer: true };
    expect(valueIn(await platform.client.setCustomerFlags(1, flags))).toEqual({ kind: 'set' });
    expect(valueIn(await platform.client.customerFlags(1))).toEqual({ kind: 'flags', flags });
    const unknown = { kind: 'refused', why: { code: 'resource-not-found' } };
    expect(valueIn(await platform.client.customerFlags(99))).toEqual(unknown);
  });
});

describe('every refusal that the platform can give to what we send', () => {
  let platform: Awaited<ReturnType<typeof aPlatform>>;
  beforeAll(async () => {
    platform = await aPlatform();
  });
  afterAll(() => platform[Symbol.asyncDispose]());

  const back = (menuId: number, endUserNumber = NUMBER, lang = 'pt') =>
    platform.client.incomingCall({ menuId, endUserNumber, lang });
  const later = (menuId: number, endUserNumber = NUMBER, lang = 'pt') =>
    platform.client.scheduledCall({ menuId, endUserNumber, lang, scheduledAt: IN_AN_HOUR });
  const out = (agentEmail: string, endUserNumber = NUMBER) =>
    platform.client.outboundCall({ agentEmail, endUserNumber });

  test.each<[CcaiRefusal, () => ReturnType<typeof back | typeof later | typeof out>]>([
    [{ code: 'menu-not-found', menuId: 9999 }, () => back(9999)],
    [{ code: 'menu-not-ivr-or-mobile' }, () => back(4)],
    [{ code: 'menu-in-after-hours' }, () => back(2)],
    [{ code: 'menu-in-manual-redirection' }, () => back(3)],
    [{ code: 'language-not-available', lang: 'fr' }, () => back(1, NUMBER, 'fr')],
    [{ code: 'language-not-found', lang: 'xy' }, () => back(1, NUMBER, 'xy')],
    [{ code: 'end-user-number-not-well-formed' }, () => back(1, '+1 999-657-12')],
    [{ code: 'end-user-number-required' }, () => back(1, '')],
    [{ code: 'menu-not-well-formed' }, () => back(1.5)],
    [{ code: 'menu-required' }, () => back(Number.NaN)],
    [{ code: 'menu-not-found', menuId: 12 }, () => later(12)],
    [{ code: 'menu-not-mobile-or-web' }, () => later(5)],
    [{ code: 'menu-in-after-hours' }, () => later(2)],
    [{ code: 'language-not-available', lang: 'fr' }, () => later(4, NUMBER, 'fr')],
    [{ code: 'end-user-number-not-well-formed' }, () => later(4, '123')],
    [
      { code: 'scheduled-at-required' },
      () => platform.client.scheduledCall({ menuId: 4, endUserNumber: NUMBER, scheduledAt: Number.NaN }),
    ],
    [{ code: 'agent-email-required' }, () => out('')],
    [{ code: 'agent-email-not-valid' }, () => out('nobody@example.com')],
    [{ code: 'agent-not-available' }, () => out('busy@example.com')],
    [{ code: 'agent-without-access' }, () => out('trainee@example.com')],
    [{ code: 'end-user-number-not-well-formed' }, () => out('ana@example.com', '123123')],
    [{ code: 'number-or-ticket-required' }, () => out('ana@example.com', '')],
    [
      { code: 'contact-not-found' },
      () => platform.client.outboundCall({ agentEmail: 'ana@example.com', ticketId: '1' }),
    ],
  ])('%j', async (why, send) => {
    expect(valueIn(await send())).toEqual({ kind: 'refused', why });
  });
});

describe('faults on the way', () => {
  test('a wrong subdomain is told as such, and a wrong token needs a person', async () => {
    await using elsewhere = await aPlatform({ subdomain: 'acne' });
    const given = { menuId: 1, endUserNumber: NUMBER };
    expect(valueIn(await elsewhere.client.incomingCall(given))).toEqual({
      kind: 'refused',
      why: { code: 'resource-not-found' },
    });
    await using stranger = await aPlatform({ token: 'another' });
    expect(failureIn(await stranger.client.incomingCall(given)).kind).toBe('unauthorized');
  });

  test('a call that was created and not heard of is an unknown outcome, cut off or broken', async () => {
    await using platform = await aPlatform();
    const given = { menuId: 1, endUserNumber: NUMBER };
    for (const fault of [
      { cut: 'before' },
      { cut: 'midway' },
      { status: 500, heard: true },
      { status: 502, heard: true },
    ] as const) {
      platform.simulator.faults.add('any', fault);
      expect(failureIn(await platform.client.incomingCall(given)).kind).toBe('unknown-outcome');
    }
    expect(platform.simulator.calls).toHaveLength(4);
  });

  test('fifteen at once are paced so that the platform never says 429', async () => {
    await using platform = await aPlatform();
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => platform.client.incomingCall({ menuId: 1, endUserNumber: NUMBER })),
    );
    expect(answers.map((answer) => valueIn(answer).kind)).toEqual(
      Array.from({ length: 15 }, () => 'created'),
    );
    expect(platform.simulator.violations).toEqual([]);
  });
});
