import type { RequestEntry } from '../simulators/ccai/request-entry.ts';
import { CcaiSimulator } from '../simulators/ccai/simulator.ts';

const SUBDOMAIN = 'demo';
const TOKEN = 'demo-ccai-token-of-nobody';
const CALL_BACK_MENU = 9;
const SCHEDULE_MENU = 50;
// Long enough to call again and get through, short enough to be watched.
const DELAY_SECONDS = 8;

const RULES = `
- { reason: [holiday, closed], then: schedule, menuId: ${SCHEDULE_MENU}, lang: pt }
- { then: call-back, menuId: ${CALL_BACK_MENU}, scheduledMenuId: ${SCHEDULE_MENU}, lang: pt }
`;
const DAY = '"08:00-18:00"';
const OPENING_HOURS = `
- { monday: ${DAY}, tuesday: ${DAY}, wednesday: ${DAY}, thursday: ${DAY}, friday: ${DAY} }
`;

export const CCAI_WELCOME = `And some whom nobody takes: ${DELAY_SECONDS} seconds later a simulated CCAI Platform is asked to call them back.`;

/** What must not be seen in the demo's log, though it is nobody's. */
export const CCAI_SECRETS = [TOKEN] as const;

/** A CCAI Platform with one menu for call-backs and one for calls at the next opening. */
export function startDemoCcai(): Promise<CcaiSimulator> {
  return CcaiSimulator.start({
    subdomain: SUBDOMAIN,
    token: TOKEN,
    menus: [
      { id: CALL_BACK_MENU, name: 'Call-backs', types: ['ivr'] },
      { id: SCHEDULE_MENU, name: 'Calls at the next opening', types: ['web'] },
    ],
  });
}

/** The configuration that leads there. */
export function demoCcaiValues(
  { baseUrl }: CcaiSimulator,
  verifiedCustomers: readonly string[],
): Readonly<Record<string, string>> {
  return {
    CCAI_ENABLED: 'true',
    CCAI_BASE_URL: baseUrl,
    CCAI_SUBDOMAIN: SUBDOMAIN,
    CCAI_TOKEN: TOKEN,
    CCAI_DELAY_SECONDS: String(DELAY_SECONDS),
    CCAI_RULES: RULES,
    CCAI_OPENING_HOURS: OPENING_HOURS,
    CCAI_VERIFIED_CUSTOMERS: JSON.stringify(verifiedCustomers),
  };
}

/** Prints what CCAI Platform is asked, and what it answers, a line for each. Returns how to end it. */
export function watchDemoCcai(ccai: CcaiSimulator): () => void {
  return ccai.onRequest((entry) => console.log(`  CCAI: ${askedIn(entry)} → ${answeredIn(entry)}`));
}

function askedIn({ operation, method, path, body }: RequestEntry): string {
  const { menu_id: menu, end_user_number: number, scheduled_at: at, ...rest } = fieldsOf(body);
  switch (operation) {
    case 'incoming-call':
      return `call ${number} as soon as an agent is free, menu ${menu}`;
    case 'scheduled-call':
      return `call ${number} at ${at}, menu ${menu}`;
    case 'patch-flags':
      return `flag call ${path.split('/')[2]}: ${Object.keys(rest).join(', ')}`;
    default:
      return `${method} ${path}`;
  }
}

function answeredIn({ status, answer }: RequestEntry): string {
  const { id, message } = fieldsOf(answer);
  if (id !== undefined) return `${status}, call ${id}`;
  return message === undefined ? String(status) : `${status}, ${message}`;
}

const fieldsOf = (json: unknown): Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null ? { ...json } : {};

/** What came of it, at the end. */
export function ccaiSummary({ calls, violations }: CcaiSimulator): string {
  const scheduled = calls.filter(({ kind }) => kind === 'scheduled').length;
  return [
    `What the simulated CCAI Platform was asked for: ${calls.length} calls, ${scheduled} of them for the next opening.`,
    violations.length === 0
      ? 'Rules of its document broken: none.'
      : `Rules of its document broken:\n  ${violations.join('\n  ')}`,
  ].join('\n');
}
