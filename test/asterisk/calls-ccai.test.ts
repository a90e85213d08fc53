import { expect, test } from 'vitest';
import { OUTBOUND_TOKEN, owedIn, relaysOf } from './lab/lab-ccai.ts';
import { givesUp, loses } from './lab/losses.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();
const EXTENSIONS = ['1001', '1002'];
const ANSWER = { does: 'answer', afterMs: 200 } as const;

/** Agents are logged in to Movidesk, or none is. */
function setOnline({ movidesk }: Scene, online: boolean): void {
  for (const extension of EXTENSIONS) movidesk.setOnline(extension, online);
}

/** What became of each call-back, and why. */
const callBacksOf = ({ bridge }: Scene, ...callIds: readonly string[]) =>
  callIds
    .flatMap((callId) => relaysOf(bridge.storePath, callId))
    .map(({ state, cause, attempts }) => ({ state, cause, attempts }));

const asksForCall = (body: object) => ({ asked: 'POST /calls', body });

test('each caller is called back as the reason for which they were lost wants it, and a withheld number is not', async () => {
  const scene = await pbx.open({ ccai: {}, maxWaitSeconds: 6 });
  const { lab, movidesk, ccai, bridge } = scene;
  for (const extension of EXTENSIONS) movidesk.setOnPhone(extension, false);
  // Each number is spelled as some trunk does.
  const waits = await lab.caller('support', { number: '5511987650071' });
  await givesUp(scene, '11987650072');
  await scene.isIn(waits, 'movidesk-lost', 20_000);
  await waits.hangUp();
  await scene.ended(scene.callId(waits));
  setOnline(scene, false);
  await loses(scene, '011987650073');
  movidesk.setCalendar(1, 'closed');
  await loses(scene, '+5511987650074');
  movidesk.setCalendar(2, 'holiday');
  await loses(scene, '005511987650075', 'q_sales');
  const withheld = await loses(scene, 'anonymous');

  await ccai.toldAll(bridge.storePath);
  expect(ccai.asked).toEqual([
    asksForCall({
      call_type: 'Voice Inbound (API)',
      menu_id: 9,
      end_user_number: '+5511987650072',
      lang: 'en',
      recording_permission: 'recording_permission_denied',
    }),
    asksForCall({
      call_type: 'Voice Inbound (API)',
      menu_id: 12,
      end_user_number: '+5511987650071',
      lang: 'es',
      outbound_number: '+551132654321',
      recording_permission: 'recording_permission_granted',
    }),
    asksForCall({
      call_type: 'Voice Inbound (API)',
      menu_id: 9,
      end_user_number: '+5511987650073',
      lang: 'pt',
      recording_permission: 'recording_permission_not_asked',
    }),
    asksForCall({
      call_type: 'Voice Scheduled (API)',
      menu_id: 50,
      end_user_number: '+5511987650074',
      // The day before is a holiday.
      scheduled_at: new Date(ccai.openings.support.nextDayAt).toISOString(),
      lang: 'pt',
      recording_permission: 'recording_permission_not_asked',
    }),
    asksForCall({
      call_type: 'Voice Scheduled (API)',
      menu_id: 51,
      end_user_number: '+5511987650075',
      scheduled_at: new Date(ccai.openings.sales.at).toISOString(),
      lang: 'en',
      recording_permission: 'recording_permission_denied',
    }),
  ]);
  expect(ccai.simulator.ledger.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  expect(callBacksOf(scene, withheld)).toEqual([
    { state: 'dropped', cause: 'the number is withheld, or none that can be called', attempts: 0 },
  ]);
});

test('a caller who calls again and gets through is not called back, though they talk for longer than the delay', async () => {
  const scene = await pbx.open({ ccai: { delaySeconds: 5 }, serving: ['1001'] });
  const { lab, ccai, bridge } = scene;
  const phone = await lab.phone('1001', ANSWER);
  setOnline(scene, false);
  const lost = await loses(scene, '5511987650081');
  setOnline(scene, true);
  const again = await lab.caller('support', { number: '11987650081' });
  await scene.talk(again, phone);
  await waitFor('the delay to be over', () =>
    owedIn(bridge.storePath).some(({ cause }) => cause === 'they are calling at this moment'),
  );
  await again.hangUp();
  expect((await scene.ended(scene.callId(again))).ending).toBe('completed');
  await ccai.toldAll(bridge.storePath);
  expect(callBacksOf(scene, lost)).toEqual([
    { state: 'dropped', cause: 'they were answered since', attempts: 0 },
  ]);
  expect(ccai.asked).toEqual([]);
});

test('a caller who is lost again, before and after a call-back was asked for, is called back once', async () => {
  const scene = await pbx.open({ ccai: { delaySeconds: 4 } });
  const { ccai, bridge } = scene;
  setOnline(scene, false);
  const first = await loses(scene, '5511987650082');
  const second = await loses(scene, '011987650082');
  await ccai.toldAll(bridge.storePath);
  const third = await loses(scene, '5511987650082');
  await ccai.toldAll(bridge.storePath);
  expect(ccai.simulator.calls.map(({ number }) => number)).toEqual(['+5511987650082']);
  expect(ccai.asked).toHaveLength(1);
  const became = [first, second, third].map(
    (callId) => callBacksOf(scene, callId).map(({ state, cause }) => cause ?? state)[0],
  );
  // Of the first two the second decides, unless so much time went by between them that the first was told.
  expect(became.slice(0, 2)).toContain('delivered');
  expect(became.find((one) => one !== 'delivered')).toMatch(/^they (were lost anew|are called back already)/);
  expect(became[2]).toBe('they are called back already');
});

test('the id of the call over there stands in calls show, and what is known of the caller is told of it', async () => {
  const badActors = ['+55 11 98765-0092'];
  const scene = await pbx.open({ ccai: { delaySeconds: 0, repeatCustomerDays: 30, badActors } });
  const { movidesk, ccai, bridge } = scene;
  for (const extension of EXTENSIONS) movidesk.setOnPhone(extension, false);
  const leftAlone = await givesUp(scene, '5511987650091', 'q_sales');
  setOnline(scene, false);
  const repeated = await loses(scene, '011987650091');
  await ccai.toldAll(bridge.storePath);
  await loses(scene, '5511987650092');
  await ccai.toldAll(bridge.storePath);
  await loses(scene, '5511987650093');
  await ccai.toldAll(bridge.storePath);

  expect(relaysOf(bridge.storePath, leftAlone)).toEqual([]);
  const made = asksForCall(expect.objectContaining({ call_type: 'Voice Inbound (API)' }));
  expect(ccai.asked).toEqual([
    made,
    { asked: 'PATCH /calls/515/customer_flag', body: { repeat_customer: true, repeat_customers: true } },
    made,
    { asked: 'PATCH /calls/516/customer_flag', body: { bad_actor: true } },
    made,
  ]);
  const none = { verifiedCustomer: false, badActor: false, repeatCustomer: false };
  expect(ccai.simulator.calls.map(({ id, number, flags }) => ({ id, number, flags }))).toEqual([
    { id: 515, number: '+5511987650091', flags: { ...none, repeatCustomer: true } },
    { id: 516, number: '+5511987650092', flags: { ...none, badActor: true } },
    { id: 517, number: '+5511987650093', flags: none },
  ]);
  const shown = await bridge.command('calls', 'show', repeated);
  expect(shown).toMatch(/^\d+ +ccai +call-back +\S+Z +515$/m);
  expect(shown).toMatch(/^\d+ +ccai +customer-flags +\S+Z *$/m);
});

test('a program that has the token has an agent call out, and one without it is sent away', async () => {
  const { ccai, bridge } = await pbx.open({ ccai: {} });
  const ask = (headers: Readonly<Record<string, string>>) =>
    ccai.fetch('/ccai/outbound', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ agentEmail: 'ana@example.com', number: '(11) 98765-0095', lang: 'pt' }),
    });
  expect((await ask({})).status).toBe(401);
  expect((await ask({ authorization: `Bearer ${OUTBOUND_TOKEN}x` })).status).toBe(401);
  expect(ccai.asked).toEqual([]);

  const answer = await ask({ authorization: `Bearer ${OUTBOUND_TOKEN}` });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ outcome: 'created', code: 'created', ccaiCallId: 515 });
  expect(ccai.asked).toEqual([
    asksForCall({
      call_type: 'Voice Outbound (API)',
      agent_email: 'ana@example.com',
      end_user_number: '+5511987650095',
      lang: 'pt',
    }),
  ]);
  expect(ccai.simulator.calls).toMatchObject([{ id: 515, kind: 'outbound', number: '+5511987650095' }]);
  for (const secret of ['987650095', '98765-0095', 'ana@example.com'])
    expect(bridge.output).not.toContain(secret);
});
