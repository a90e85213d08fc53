import { describe, expect, expectTypeOf, test } from 'vitest';
import { CALL_FIELDS, type CcaiCall, callFrom } from '../../../src/adapters/ccai/call-object.ts';
import {
  CALL_STATUSES,
  CALL_TYPES,
  type CallStatus,
  type CallType,
} from '../../../src/adapters/ccai/definitions.ts';
import { CALL_OBJECT, INCOMING_CALL, OUTBOUND_CALL } from './document-calls.ts';

test('the call of an agent who calls out is understood, field by field', () => {
  const call = callFrom(OUTBOUND_CALL);
  expect(call).toMatchObject({
    id: 397,
    parentId: null,
    lang: 'en',
    callType: 'Voice Outbound (API)',
    status: 'assigned',
    createdAt: Date.parse('2019-06-07T01:27:30.406Z'),
    queuedAt: null,
    assignedAt: Date.parse('2019-06-07T01:27:30.441Z'),
    waitDuration: 0,
    rating: null,
    hasFeedback: false,
    voipProvider: 'voip_provider_twilio',
    recordingPermission: 'not-asked',
    selectedMenu: null,
    agentInfo: { id: 1, firstName: 'Admin', agentNumber: null },
    endUser: null,
    outboundNumber: '+1 339-219-5276',
  });
  expect(call.participants.map(({ id, type, callId, userId }) => ({ id, type, callId, userId }))).toEqual([
    { id: 610, type: 'agent', callId: 397, userId: 1 },
    { id: 611, type: 'end_user', callId: 397, userId: null },
  ]);
});

test('so is one that waits in a menu', () => {
  expect(callFrom(INCOMING_CALL)).toMatchObject({
    id: 515,
    callType: 'Voice Inbound (API)',
    status: 'queued',
    selectedMenu: { id: 9, name: 'Lock Star', hidden: false, deleted: false, menuType: 'ivr_menu' },
    menuPath: { itemsCount: 1, name: 'Lock Star', materializedPath: '9' },
    endUser: { id: 75, identifier: null, outContactId: '389391400633' },
    offerType: 'cascade',
    offerEvents: [{ castingTime: Date.parse('2019-09-10T00:19:14.000Z'), group: 'Group 1' }],
  });
});

test('the object of the document, wrapped in a list as there, has a value in every field of the kind that we expect', () => {
  const call = callFrom([CALL_OBJECT]);
  expect(call).toMatchObject({ id: 0, parentId: 0, callType: 'Voice Scheduled (API)', status: 'scheduled' });
  expect(call.photos).toEqual([{ id: 0, photoType: 'photo', url: 'string' }]);
  expect(call.videos).toEqual([{ id: 0, url: 'string' }]);
  expect(call.transfers).toMatchObject([
    { status: 'transferring', fromMenu: { itemsCount: 0 }, toAgent: { id: 0, lastName: null } },
  ]);
  const known = Object.keys(CALL_FIELDS);
  expect(Object.keys(CALL_OBJECT).filter((name) => !known.includes(name))).toEqual([]);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'x'],
  ['an empty list', []],
  ['a list of nothing', [null]],
  ['an empty object', {}],
  ['its own prototype', JSON.parse('{"__proto__":{"id":7},"constructor":1}')],
])('an answer that is %s costs nobody more than its values', (_what, found) => {
  const call = callFrom(found);
  expect(call.id).toBe(null);
  expect(call.participants).toEqual([]);
  expect(Object.values(call).every((value) => value === null || Array.isArray(value))).toBe(true);
});

test.each([
  ['id', { id: {} }],
  ['id', { id: 'abc' }],
  ['status', { status: 'levitating' }],
  ['status', { status: 7 }],
  ['createdAt', { created_at: 'yesterday' }],
  ['createdAt', { created_at: '2019-06-07 01:27' }],
  ['createdAt', { created_at: '2019-13-45T01:27:30Z' }],
  ['hasFeedback', { has_feedback: 'perhaps' }],
  ['selectedMenu', { selected_menu: [9] }],
  ['voicemailReason', { voicemail_reaso: 'not_voicemail' }],
] as const)('a wrong value is null, and the others stay: %s of %j', (field, wrong) => {
  const call = callFrom({ ...OUTBOUND_CALL, id: 397, voicemail_reason: undefined, ...wrong });
  expect(call[field]).toBe(null);
  expect(call.lang).toBe('en');
});

test('keys that nobody knows yet are ignored, and elements that are none are left out', () => {
  const call = callFrom({
    id: 1,
    sentiment: 'bored',
    photos: [{ id: 2, likes: 3 }, null, 'x'],
    videos: 'none',
  });
  expect(call).not.toHaveProperty('sentiment');
  expect(call.photos).toEqual([{ id: 2, photoType: null, url: null }]);
  expect(call.videos).toEqual([]);
});

test('ids are understood as text where they are numbers, and the other way round', () => {
  expect(callFrom({ id: '397', out_ticket_id: 71450 })).toMatchObject({ id: 397, outTicketId: '71450' });
});

describe('the definitions of the document', () => {
  test.each(CALL_STATUSES)('the status $title is the same as $wire', ({ title, wire }) => {
    expect(callFrom({ status: title }).status).toBe(wire);
    expect(callFrom({ status: wire }).status).toBe(wire);
  });

  test.each(CALL_TYPES)('the type $title was $deprecated once', ({ title, deprecated }) => {
    expect(callFrom({ call_type: title }).callType).toBe(title);
    expect(callFrom({ call_type: deprecated }).callType).toBe(title);
  });

  test('sixteen statuses and three types, each a word of its own', () => {
    expect(new Set(CALL_STATUSES.map(({ wire }) => wire)).size).toBe(16);
    expect(CALL_TYPES).toHaveLength(3);
  });

  test.each(['granted', 'denied'])(
    'a permission is known with and without what stands before it: %s',
    (word) => {
      expect(callFrom({ recording_permission: word }).recordingPermission).toBe(word);
      expect(callFrom({ recording_permission: `recording_permission_${word}` }).recordingPermission).toBe(
        word,
      );
    },
  );
});

test('the types follow from the table', () => {
  expectTypeOf<CcaiCall['id']>().toEqualTypeOf<number | null>();
  expectTypeOf<CcaiCall['status']>().toEqualTypeOf<CallStatus | null>();
  expectTypeOf<CcaiCall['callType']>().toEqualTypeOf<CallType | null>();
  expectTypeOf<CallType>().toEqualTypeOf<
    'Voice Outbound (API)' | 'Voice Inbound (API)' | 'Voice Scheduled (API)'
  >();
  expectTypeOf<CcaiCall['recordingPermission']>().toEqualTypeOf<'not-asked' | 'granted' | 'denied' | null>();
  expectTypeOf<CcaiCall['participants'][number]['endUserId']>().toEqualTypeOf<number | null>();
  expectTypeOf<CcaiCall['menuPath']>().toEqualTypeOf<{
    readonly itemsCount: number | null;
    readonly name: string | null;
    readonly materializedPath: string | null;
  } | null>();
});
