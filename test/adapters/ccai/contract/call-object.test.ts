import { describe, expect, test } from 'vitest';
import { CALL_FIELDS } from '../../../../src/adapters/ccai/call-object.ts';
import { CALL_STATUSES, CALL_TYPES } from '../../../../src/adapters/ccai/definitions.ts';
import type { Kinds } from '../../../../src/adapters/ccai/kind.ts';
import { aPlatform, NUMBER } from './platform.ts';
import { PRINTED, READ } from './the-call.ts';

/** The call that the client hands out where the platform answers so. */
async function callRead(answer: unknown): Promise<unknown> {
  await using platform = await aPlatform();
  platform.simulator.faults.add('incoming-call', { status: 201, body: JSON.stringify(answer) });
  const outcome = await platform.client.incomingCall({ menuId: 9, endUserNumber: NUMBER });
  return outcome.ok && outcome.value.kind === 'created' ? outcome.value.call : outcome;
}

/** Every name in a table of fields, and in an answer. */
function namesIn(fields: Kinds): readonly string[] {
  return Object.entries(fields).flatMap(([name, kind]) => {
    const inner = kind.is === 'list' ? kind.of : kind;
    const below = inner.is === 'object' ? namesIn(inner.fields) : [];
    return [name, ...below.map((one) => `${name}.${one}`)];
  });
}

function namesShown(found: unknown): readonly string[] {
  const [first = found] = Array.isArray(found) ? found : [];
  if (typeof first !== 'object' || first === null) return [];
  return Object.entries(first).flatMap(([name, value]) => [
    name,
    ...namesShown(value).map((one) => `${name}.${one}`),
  ]);
}

describe('the call object', () => {
  test('arrives whole: each field that the document prints has its value', async () => {
    expect(await callRead(PRINTED)).toEqual(READ);
  });

  test('no field of the table is left out above, and none is printed that the table lacks', () => {
    expect([...namesShown(PRINTED)].sort()).toEqual([...namesIn(CALL_FIELDS)].sort());
  });
});

describe('its definitions', () => {
  const [printed] = PRINTED;

  test.each(CALL_STATUSES)('a call that is $title is known as such', async ({ title, wire }) => {
    expect(await callRead({ ...printed, status: wire })).toMatchObject({ status: wire });
    expect(await callRead({ ...printed, status: title })).toMatchObject({ status: wire });
  });

  test.each(CALL_TYPES)('a call of type $title, once $deprecated, is known as such', async (type) => {
    const { title, deprecated } = type;
    expect(await callRead({ ...printed, call_type: title })).toMatchObject({ callType: title });
    expect(await callRead({ ...printed, call_type: deprecated })).toMatchObject({ callType: title });
  });
});
