import { describe, expect, test } from 'vitest';
import { aPlatform, THEN } from './platform.ts';

const INCOMING = { call_type: 'Voice Inbound (API)', menu_id: 9, end_user_number: '+55 11 5555-0101' };
const TOMORROW = '2019-09-11T12:00:00Z';
const SCHEDULED = { ...INCOMING, call_type: 'Voice Scheduled (API)', scheduled_at: TOMORROW };
const AFTER_HOURS = "400 Menu is in 'after hours' state, can't accept incoming calls";

describe('an incoming call', () => {
  test('makes an end user of who calls for the first time, and knows them the second time', async () => {
    await using platform = await aPlatform();
    const first = await platform.call(INCOMING);
    const second = await platform.call({ ...INCOMING, end_user_number: '+551155550101' });
    const endUser = { end_user: { id: 76, out_contact_id: null }, participants: [{ end_user_id: 76 }] };
    expect(first.json).toMatchObject({ id: 1, ...endUser });
    // Asked twice it is created twice: nobody at the platform takes the second for a repetition.
    expect(second.json).toMatchObject({ id: 2, ...endUser });
  });

  test('is permitted in IVR and mobile menus, and in no other', async () => {
    await using platform = await aPlatform();
    platform.simulator.menus.set({ id: 10, name: 'App', types: ['mobile'] });
    expect((await platform.call({ ...INCOMING, menu_id: 10 })).json).toMatchObject({
      selected_menu: { id: 10, menu_type: 'mobile_menu' },
      menu_path: { name: 'App', materialized_path: '10' },
    });
    platform.simulator.menus.change(10, { types: ['web'] });
    expect(await platform.verdictOn({ ...INCOMING, menu_id: 10 })).toBe(
      '400 Only IVR and mobile menu IDs are permitted',
    );
    platform.simulator.menus.remove(10);
    expect(await platform.verdictOn({ ...INCOMING, menu_id: 10 })).toBe('400 menu_id 10 is not found');
    expect(await platform.verdictOn({ ...INCOMING, menu_id: '9' })).toBe('400 menu_id is not well formed');
  });

  test('says the permission to record only where the menu asks for it', async () => {
    await using platform = await aPlatform();
    const granted = { ...INCOMING, recording_permission: 'recording_permission_granted' };
    expect((await platform.call(granted)).json).toMatchObject({ recording_permission: 'not_asked' });
    platform.simulator.menus.change(9, { asksForRecording: true });
    expect((await platform.call(granted)).json).toMatchObject({ recording_permission: 'granted' });
    expect((await platform.call(INCOMING)).json).toMatchObject({ recording_permission: 'not_asked' });
  });

  test('is refused a language that is not served, until it is', async () => {
    await using platform = await aPlatform();
    const french = { ...INCOMING, lang: 'fr' };
    expect(await platform.verdictOn(french)).toBe("400 Language 'fr' is not available");
    platform.simulator.languages.set(['fr']);
    expect(await platform.verdictOn(french)).toBe('201');
    // English is the default.
    expect(await platform.verdictOn(INCOMING)).toBe("400 Language 'en' is not available");
  });

  test.each([
    'anonymous',
    '11 5555-0101',
    '+55 11 555-010',
    '+1 202-555-01011',
    '+0 202-555-0101',
    '+1234567',
  ])('is refused for %s', async (end_user_number) => {
    await using platform = await aPlatform();
    const verdict = await platform.verdictOn({ ...INCOMING, end_user_number });
    expect(verdict).toBe('400 end_user_number is not well formed');
  });

  test('of a ticket that nobody knows finds no contact', async () => {
    await using platform = await aPlatform();
    expect(await platform.verdictOn({ ...INCOMING, ticket_id: '1' })).toBe('400 Contact not found');
  });
});

describe('a menu after hours', () => {
  test('takes calls again at its next opening, and is scheduled for from then on', async () => {
    await using platform = await aPlatform();
    platform.simulator.menus.change(9, { state: { afterHoursUntil: THEN + 60_000 } });
    expect(await platform.verdictOn(INCOMING)).toBe(AFTER_HOURS);
    const early = { ...SCHEDULED, scheduled_at: new Date(THEN + 59_999).toISOString() };
    expect(await platform.verdictOn(early)).toBe(AFTER_HOURS);
    expect(await platform.verdictOn(SCHEDULED)).toBe('201');
    await platform.clock.pass(60_000);
    expect(await platform.verdictOn(INCOMING)).toBe('201');
  });

  test('for good takes none, not even one that is scheduled', async () => {
    await using platform = await aPlatform();
    platform.simulator.menus.change(9, { state: 'after-hours' });
    expect(await platform.verdictOn(SCHEDULED)).toBe(AFTER_HOURS);
  });
});

describe('a scheduled call', () => {
  test('by an earlier call goes to its menu, unless another is named, and is linked to it', async () => {
    await using platform = await aPlatform();
    platform.simulator.menus.set({ id: 11, name: 'App', types: ['mobile'] });
    await platform.call(INCOMING);
    const { menu_id: _, ...followUp } = { ...SCHEDULED, call_id: 1 };
    expect((await platform.call(followUp)).json).toMatchObject({ selected_menu: { id: 9 } });
    const elsewhere = { ...followUp, menu_id: 11 };
    expect((await platform.call(elsewhere)).json).toMatchObject({ selected_menu: { id: 11 } });
    expect(platform.simulator.calls.map(({ parentId }) => parentId)).toEqual([undefined, 1, 1]);
    expect(await platform.verdictOn({ ...followUp, call_id: 77 })).toBe('400 call_id 77 is not found');
  });

  test.each([
    '2019-09-10T00:19:14.421Z',
    '2019-09-09T12:00:00Z',
    '2019-09-11 12:00',
    '2019-09-11T12:00:00',
    'soon',
  ])('is refused for %s, which is no time to come', async (scheduled_at) => {
    await using platform = await aPlatform();
    const verdict = await platform.verdictOn({ ...SCHEDULED, scheduled_at });
    expect(verdict).toBe('400 scheduled_at must be a valid future time');
  });

  test('may come in another zone', async () => {
    await using platform = await aPlatform();
    const { json } = await platform.call({ ...SCHEDULED, scheduled_at: '2019-09-11T09:00:00-03:00' });
    expect(json).toMatchObject({ scheduled_at: '2019-09-11T12:00:00.000Z' });
    expect(platform.simulator.calls).toMatchObject([{ scheduledAt: Date.parse(TOMORROW) }]);
  });

  test('shows itself as an inbound one, or by the letter of the definitions as what it is', async () => {
    await using platform = await aPlatform();
    const inbound = { call_type: 'Voice Inbound (API)', status: 'queued' };
    expect((await platform.call(SCHEDULED)).json).toMatchObject(inbound);
    await using other = await aPlatform({ readings: { scheduledShows: 'scheduled' } });
    const scheduled = { call_type: 'Voice Scheduled (API)', status: 'scheduled' };
    expect((await other.call({ ...SCHEDULED, call_type: 'ScheduledCall' })).json).toMatchObject(scheduled);
    expect((await other.call(INCOMING)).json).toMatchObject(inbound);
  });
});
