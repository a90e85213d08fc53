import { callStatus, callType, recordingPermission } from './definitions.ts';
import { anything, boolean, instant, list, number, object, text } from './kind.ts';
import { isRecord, readFields } from './reading.ts';
import type { ReadFields } from './table-types.ts';

const AGENT = object({
  id: number,
  name: text,
  last_name: text,
  first_name: text,
  agent_number: text,
  avatar_url: text,
});

const MENU_PATH = object({ items_count: number, name: text, materialized_path: text });

/**
 * The call object: every field that the document's object has, and those that only its examples have (the last five).
 * What the document calls by a word without listing the words is text.
 */
export const CALL_FIELDS = {
  id: number,
  parent_id: number,
  lang: text,
  call_type: callType,
  status: callStatus,
  created_at: instant,
  queued_at: instant,
  assigned_at: instant,
  connected_at: instant,
  ends_at: instant,
  scheduled_at: instant,
  // Nobody says the unit of the three.
  wait_duration: number,
  call_duration: number,
  hold_duration: number,
  rating: number,
  has_feedback: boolean,
  voip_provider: text,
  out_ticket_id: text,
  out_ticket_url: text,
  verified: boolean,
  recording_url: text,
  recording_permission: recordingPermission,
  voicemail_reason: text,
  deflection: text,
  disconnected_by: text,
  fail_details: text,
  fail_reason: text,
  support_number: text,
  selected_menu: object({
    id: number,
    name: text,
    parent_id: number,
    position: number,
    deleted: boolean,
    // "string" in the object, false in every example.
    hidden: boolean,
    menu_type: text,
    output_msg: text,
  }),
  menu_path: MENU_PATH,
  agent_info: AGENT,
  end_user: object({ id: number, identifier: text, out_contact_id: text }),
  photos: list(object({ id: number, photo_type: text, url: text })),
  videos: list(object({ id: number, url: text })),
  transfers: list(
    object({
      id: number,
      status: text,
      fail_reason: text,
      created_at: instant,
      from_menu: MENU_PATH,
      to_menu: MENU_PATH,
      from_agent: AGENT,
      to_agent: AGENT,
    }),
  ),
  participants: list(
    object({
      id: number,
      type: text,
      status: text,
      call_id: number,
      user_id: number,
      end_user_id: number,
      call_duration: number,
      hold_duration: number,
      connected_at: instant,
      ended_at: instant,
      fail_reason: text,
    }),
  ),
  deflection_details: list(anything),
  offer_type: text,
  offer_events: list(object({ casting_time: instant, group: text })),
  answer_type: text,
  outbound_number: text,
} as const;

export type CcaiCall = ReadFields<typeof CALL_FIELDS>;

/** The call in an answer, which the document's object wraps in a list and its examples do not. It never throws. */
export function callFrom(found: unknown): CcaiCall {
  const [first = found] = Array.isArray(found) ? found : [];
  return readFields(CALL_FIELDS, first);
}

/** Whether an answer tells of a call at all. */
export function isCall(found: unknown): boolean {
  return (isRecord(found) || Array.isArray(found)) && callFrom(found).id !== null;
}
