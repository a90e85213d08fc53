import { CALL_FIELDS } from '../../../src/adapters/ccai/call-object.ts';
import type { CustomerFlags } from '../../../src/adapters/ccai/customer-flags.ts';
import { CALL_STATUSES, CALL_TYPES, type CallType } from '../../../src/adapters/ccai/definitions.ts';
import type { Kind } from '../../../src/adapters/ccai/kind.ts';
import type { Chapter, Use } from '../coverage/row.ts';
import { CLIENT_ONLY, casesOf, valueText } from './operations.ts';
import { ORDER, TABLE } from './sources.ts';

const CALL_OBJECT_TEST = 'test/adapters/ccai/contract/call-object.test.ts';

const FIELD_USES: Readonly<Partial<Record<keyof typeof CALL_FIELDS, Use>>> = {
  id: {
    ...{ file: ORDER, words: 'answer.value.call.id' },
    purpose: 'kept with our call: `calls show ID`',
  },
};

/** A field with what is below it: `photos[].id: number`. */
function fieldsIn(name: string, kind: Kind): readonly string[] {
  if (kind.is === 'list') return fieldsIn(`${name}[]`, kind.of);
  if (kind.is !== 'object') return [`${name}: ${valueText(kind)}`];
  return Object.entries(kind.fields).flatMap(([below, inner]) => fieldsIn(`${name}.${below}`, inner));
}

export const fieldsChapter: Chapter = {
  title: 'Fields of the call object',
  unused: CLIENT_ONLY,
  rows: Object.entries(CALL_FIELDS).map(([name, kind]) => ({
    title: name,
    wire: fieldsIn(name, kind),
    use: Object.entries(FIELD_USES).find(([used]) => used === name)?.[1],
    // It fails where one field of the table does not arrive.
    test: { file: CALL_OBJECT_TEST, words: 'toEqual(READ)' },
  })),
};

export const statusesChapter: Chapter = {
  title: 'Statuses of a call',
  unused: CLIENT_ONLY,
  rows: CALL_STATUSES.map(({ title, wire }) => ({
    ...{ title, wire: [wire], use: undefined },
    test: { file: CALL_OBJECT_TEST, words: 'test.each(CALL_STATUSES)' },
  })),
};

const TYPE_PURPOSES: Readonly<Record<CallType, string>> = {
  'Voice Outbound (API)': 'asked for where an agent is to call out',
  'Voice Inbound (API)': 'asked for where a lost caller is called back',
  'Voice Scheduled (API)': 'asked for where a lost caller is called at the next opening',
};

export const typesChapter: Chapter = {
  title: 'Types of a call',
  unused: CLIENT_ONLY,
  rows: CALL_TYPES.map(({ title, deprecated }) => ({
    title,
    // The second, deprecated, is understood and never sent.
    wire: [title, deprecated],
    use: { purpose: TYPE_PURPOSES[title], file: TABLE, words: `callType: '${title}'` },
    test: { file: CALL_OBJECT_TEST, words: 'test.each(CALL_TYPES)' },
  })),
};

const FLAGS: Readonly<Record<keyof CustomerFlags, string>> = {
  verifiedCustomer: 'verified_customer',
  badActor: 'bad_actor',
  repeatCustomer: 'repeat_customer',
};

export const flagsChapter: Chapter = {
  title: 'Customer flags, as they are read',
  unused: CLIENT_ONLY,
  rows: Object.entries(FLAGS).map(([ours, name]) => ({
    ...{ title: name, wire: [`${name}: boolean`], use: undefined },
    test: { ...casesOf('customerFlags'), words: `${ours}:` },
  })),
};
