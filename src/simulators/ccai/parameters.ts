import type { CallKind, RecordingPermission } from './state/calls.ts';

export type Body = Readonly<Record<string, unknown>>;

type ParameterType = 'text' | 'integer' | 'permission' | 'boolean';

const COMMON = {
  call_type: 'text',
  ticket_id: 'text',
  end_user_number: 'text',
  lang: 'text',
} as const;

/** The document's tables. */
const PARAMETERS = {
  outbound: { ...COMMON, agent_email: 'text', outbound_number: 'text' },
  incoming: { ...COMMON, menu_id: 'integer', outbound_number: 'text', recording_permission: 'permission' },
  scheduled: {
    ...COMMON,
    menu_id: 'integer',
    call_id: 'integer',
    scheduled_at: 'text',
    recording_permission: 'permission',
  },
  flags: {
    verified_customer: 'boolean',
    bad_actor: 'boolean',
    repeat_customer: 'boolean',
    repeat_customers: 'boolean',
  },
} as const satisfies Readonly<Record<CallKind | 'flags', Readonly<Record<string, ParameterType>>>>;

const PERMISSIONS: Readonly<Record<string, RecordingPermission>> = {
  recording_permission_not_asked: 'not_asked',
  recording_permission_granted: 'granted',
  recording_permission_denied: 'denied',
};

/** What in a body the document's tables do not have: a careful client sends nothing of the kind. */
export function breachesIn(body: Body, of: CallKind | 'flags'): readonly string[] {
  const table: Readonly<Record<string, ParameterType>> = PARAMETERS[of];
  return Object.entries(body).flatMap(([name, value]) => {
    const type = Object.hasOwn(table, name) ? table[name] : undefined;
    if (type === undefined) return [`${name} is no parameter`];
    return isOf(type, value) ? [] : [`${name} is no ${type}`];
  });
}

/** A text, or a number where the platform takes one for it; nothing where it is left out or empty. */
export function textIn(body: Body, name: string): string | undefined {
  const value = body[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** "Default: en". */
export function languageIn(body: Body): string {
  return textIn(body, 'lang') ?? 'en';
}

/** Not asked is the default, and stands for whatever cannot be read. */
export function permissionIn(body: Body): RecordingPermission {
  return PERMISSIONS[textIn(body, 'recording_permission') ?? ''] ?? 'not_asked';
}

function isOf(type: ParameterType, value: unknown): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'permission':
      return typeof value === 'string' && Object.hasOwn(PERMISSIONS, value);
  }
}
