/** The answers of the document to a created call, in its own words. */

const NOTHING_YET = {
  connected_at: null,
  ends_at: null,
  wait_duration: 0,
  call_duration: 0,
  hold_duration: 0,
  rating: null,
  has_feedback: false,
  out_ticket_url: null,
  verified: false,
  recording_url: null,
  recording_permission: 'not_asked',
  voicemail_reason: 'not_voicemail',
  deflection: 'no_deflection',
  disconnected_by: 'disconnected_by_unknown',
  fail_reason: 'nothing',
  fail_details: null,
  support_number: null,
  photos: [],
  videos: [],
  transfers: [],
  deflection_details: [],
  answer_type: 'manual',
  outbound_number: '+1 339-219-5276',
};

const participant = (id: number, type: string, ids: Readonly<Record<string, number | null>>) => ({
  id,
  type,
  status: 'waiting',
  user_id: null,
  end_user_id: null,
  ...ids,
  call_duration: null,
  hold_duration: null,
  connected_at: null,
  ended_at: null,
  fail_reason: 'nothing',
});

/** "Create an outbound call with end_user_number". */
export const OUTBOUND_CALL = {
  ...NOTHING_YET,
  id: 397,
  lang: 'en',
  call_type: 'Voice Outbound (API)',
  status: 'assigned',
  created_at: '2019-06-07T01:27:30.406Z',
  queued_at: null,
  assigned_at: '2019-06-07T01:27:30.441Z',
  scheduled_at: null,
  voip_provider: 'voip_provider_twilio',
  out_ticket_id: null,
  selected_menu: null,
  menu_path: null,
  agent_info: {
    id: 1,
    agent_number: null,
    name: 'Admin UJET',
    last_name: 'UJET',
    first_name: 'Admin',
    avatar_url: 'https://somedomain.com/avatar.jpg',
  },
  end_user: null,
  participants: [
    participant(610, 'agent', { call_id: 397, user_id: 1 }),
    participant(611, 'end_user', { call_id: 397 }),
  ],
  offer_type: null,
  offer_events: [],
};

/** "Create an incoming call with end_user_number". */
export const INCOMING_CALL = {
  ...NOTHING_YET,
  id: 515,
  lang: 'en',
  call_type: 'Voice Inbound (API)',
  status: 'queued',
  created_at: '2019-09-10T00:19:14.000Z',
  queued_at: '2019-09-10T00:19:14.421Z',
  assigned_at: null,
  scheduled_at: null,
  out_ticket_id: null,
  selected_menu: {
    id: 9,
    name: 'Lock Star',
    parent_id: null,
    position: 0,
    deleted: false,
    menu_type: 'ivr_menu',
    output_msg: 'You selected Lock Star.',
    hidden: false,
  },
  menu_path: { items_count: 1, name: 'Lock Star', materialized_path: '9' },
  agent_info: null,
  end_user: { id: 75, identifier: null, out_contact_id: '389391400633' },
  participants: [participant(820, 'end_user', { call_id: 515, end_user_id: 75 })],
  offer_type: 'cascade',
  offer_events: [{ casting_time: '2019-09-10T00:19:14.000Z', group: 'Group 1' }],
};

/** "Create a scheduled call": the document calls it inbound, too. */
export const SCHEDULED_CALL = {
  ...INCOMING_CALL,
  queued_at: null,
  scheduled_at: '2019-09-15T00:19:14.421Z',
};

/** "Call object": every field, with a value of its kind. */
export const CALL_OBJECT = {
  ...OUTBOUND_CALL,
  id: 0,
  parent_id: 0,
  call_type: 'Voice Scheduled (API)',
  status: 'scheduled',
  rating: 0,
  has_feedback: true,
  verified: true,
  photos: [{ id: 0, photo_type: 'photo', url: 'string' }],
  videos: [{ id: 0, url: 'string' }],
  transfers: [
    {
      id: 0,
      status: 'transferring',
      fail_reason: 'nothing',
      created_at: '2018-06-07T19:49:52.896Z',
      from_menu: { items_count: 0, name: 'string', materialized_path: 'string' },
      to_menu: { items_count: 0, name: 'string', materialized_path: 'string' },
      from_agent: { id: 0, name: 'string' },
      to_agent: { id: 0, name: 'string' },
    },
  ],
};
