import { describe, expect, test } from 'vitest';
import { aPlatform } from './platform.ts';

const INCOMING = { call_type: 'Voice Inbound (API)', menu_id: 9, end_user_number: '+1 202-555-0101' };
const PATH = '/calls/1/customer_flag';

describe('customer flags', () => {
  test('hear the plural of the example alone, or whatever they are told to hear', async () => {
    await using byExample = await aPlatform();
    await byExample.call(INCOMING);
    const patch = { method: 'PATCH', path: PATH };
    const singular = await byExample.ask({ ...patch, body: { repeat_customer: true } });
    expect(singular.json).toMatchObject({ repeat_customer: false });
    await byExample.ask({ ...patch, body: { repeat_customer: true, repeat_customers: true } });
    expect(byExample.simulator.calls).toMatchObject([{ flags: { repeatCustomer: true } }]);
    await using other = await aPlatform({ readings: { repeatCustomerKeys: ['repeat_customer'] } });
    await other.call(INCOMING);
    expect((await other.ask({ ...patch, body: { repeat_customers: true } })).json).toMatchObject({
      repeat_customer: false,
    });
    expect((await other.ask({ ...patch, body: { repeat_customer: true } })).json).toMatchObject({
      repeat_customer: true,
    });
  });

  test('are refused as anything but booleans, and then none of them is set', async () => {
    await using platform = await aPlatform();
    await platform.call(INCOMING);
    const body = { verified_customer: true, bad_actor: 'true' };
    expect(await platform.ask({ method: 'PATCH', path: PATH, body })).toMatchObject({ status: 400 });
    expect(platform.simulator.calls).toMatchObject([{ flags: { verifiedCustomer: false, badActor: false } }]);
    expect(platform.simulator.violations).toEqual(['patch-flags: bad_actor is no boolean']);
  });

  test('can be set by hand', async () => {
    await using platform = await aPlatform();
    await platform.call(INCOMING);
    platform.simulator.setFlags(1, { badActor: true });
    const { json } = await platform.ask({ method: 'GET', path: PATH });
    expect(json).toEqual({ verified_customer: false, bad_actor: true, repeat_customer: false });
  });

  test.each(['GET', 'PATCH'])('of a call that is not there are not found by %s', async (method) => {
    await using platform = await aPlatform();
    const body = method === 'PATCH' ? { bad_actor: true } : undefined;
    expect(await platform.ask({ method, path: PATH, body })).toMatchObject({ status: 404 });
  });
});
