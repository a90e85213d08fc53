import { describe, expect, test } from 'vitest';
import { EXAMPLES, type Example, FLAGS_ANSWER, FLAGS_REQUEST, SECTIONS } from './examples.ts';
import { aPlatform, type Platform } from './platform.ts';
import { STAGE_NAMES, type Stage, stageOf } from './stage.ts';

describe('the document’s examples', () => {
  test.each(EXAMPLES)('$name', async ({ section, example }) => {
    const stage = stageOf(section, example.title);
    await using platform = await aPlatform(stage.options);
    await stage.before?.(platform);
    const { status, json } = await platform.call(stage.request ?? example.request);
    expect({ status, answer: json }).toEqual({ status: example.status, answer: answerMeant(example, stage) });
  });

  test('all of them are here, and no stage is set for one that is not', () => {
    const counts = SECTIONS.map(([section, { examples }]) => [section, examples.length]);
    expect(Object.fromEntries(counts)).toEqual({
      'outbound-by-number': 13,
      'outbound-by-ticket': 12,
      incoming: 13,
      scheduled: 14,
    });
    expect(STAGE_NAMES.filter((name) => !EXAMPLES.some((example) => example.name === name))).toEqual([]);
  });

  test('only four of them are not played as they are printed, besides two words', () => {
    const reprinted = EXAMPLES.filter(({ section, example }) => stageOf(section, example.title).misprint);
    expect(reprinted.map(({ name }) => name)).toEqual([
      'outbound-by-number: Error : ticket ID or end-user number required',
      'outbound-by-number: Accepted : Need to choose an outbound number',
      'outbound-by-number: Prompt the call adapter by multiple outbound numbers',
      'outbound-by-ticket: Error : ticket ID or end-user number required',
      'outbound-by-ticket: Create an outbound call with end-user number',
    ]);
  });

  test.each(SECTIONS)(
    'the body beside the endpoint, %s, names known parameters only',
    async (_, { body }) => {
      await using platform = await aPlatform({
        contacts: [{ id: 1, number: '+1 202-555-0101', outContactId: null, tickets: ['76517', '123123'] }],
      });
      await platform.call(body);
      expect(platform.simulator.ledger).toHaveLength(1);
      expect(platform.simulator.violations).toEqual([]);
    },
  );
});

describe('the customer flags', () => {
  test('are booleans under the names of the example, and false at first', async () => {
    await using platform = await aPlatform();
    const path = await flagsOfOneCall(platform);
    const { status, json } = await platform.ask({ method: 'GET', path });
    expect(status).toBe(200);
    expect(typesIn(json)).toEqual(FLAGS_ANSWER);
    expect(json).toEqual({ verified_customer: false, bad_actor: false, repeat_customer: false });
  });

  test('are set by the names of the example, one or all', async () => {
    await using platform = await aPlatform();
    const path = await flagsOfOneCall(platform);
    const all = Object.fromEntries(Object.keys(FLAGS_REQUEST).map((name) => [name, true]));
    const set = { verified_customer: true, bad_actor: true, repeat_customer: true };
    expect(await platform.ask({ method: 'PATCH', path, body: all })).toMatchObject({
      status: 200,
      json: set,
    });
    await platform.ask({ method: 'PATCH', path, body: { bad_actor: false } });
    expect((await platform.ask({ method: 'GET', path })).json).toEqual({ ...set, bad_actor: false });
    expect(platform.simulator.violations).toEqual([]);
  });
});

/** What was printed, but for the keys that are misprinted. */
function answerMeant({ answer }: Example, { answer: mended }: Stage): unknown {
  return mended === undefined ? answer : { ...Object(answer), ...Object(mended) };
}

async function flagsOfOneCall({ call }: Platform): Promise<string> {
  const body = { call_type: 'Voice Inbound (API)', menu_id: 9, end_user_number: '+1 202-555-0101' };
  const { json } = await call(body);
  return `/calls/${Object(json).id}/customer_flag`;
}

function typesIn(json: unknown) {
  return Object.fromEntries(Object.entries(Object(json)).map(([name, value]) => [name, typeof value]));
}
