import { PASSED_ON } from '../../domain/identity.ts';
import type { CallToHear, CallToMake, Originated } from '../../ports/pbx.ts';
import type { ActionHeaders } from './action-headers.ts';
import { NOT_LINKED } from './answers.ts';
import {
  AGENT_VARIABLE,
  CALL_ID_VARIABLE,
  CALLER_ID_VARIABLE,
  CUSTOMER_VARIABLE,
  DEVICE_VARIABLE,
  DIAL_CONTEXT_VARIABLE,
  MADE_AGENT_CONTEXT,
  MADE_CONTEXT,
  MONITOR_CONTEXT,
  RING_SECONDS_VARIABLE,
} from './dialplan-names.ts';
import type { Answer } from './pending-actions.ts';

// What may stand in these headers at all: neither what ends a line, nor what parts one variable from the next (a comma),
// nor what the dialplan would read as more than text (`$`, `^`, `&`, `|`, brackets, quotes). What is dialled has a shape
// narrower still: a letter, a slash or an @ would make another destination of a number.
const EXTENSION = /^[0-9]{2,20}$/;
const NUMBER = /^\+?[0-9]{2,20}$/;
const NAME = /^[A-Za-z0-9_.-]+$/;
const DEVICE = /^[A-Za-z0-9_.@/:+-]*$/;

// The PBX takes a moment to ring, and must not give up before the dialplan does, which says why.
const MARGIN_MS = 5_000;

/** The first half of a Local channel waits until the agent has answered the second; then it dials the customer. */
export function originateCall(call: CallToMake): ActionHeaders | undefined {
  const { callId, agent, number, ringMs, dialContext, callerId = '' } = call;
  const isPlain = NUMBER.test(number) && NAME.test(dialContext) && (callerId === '' || NUMBER.test(callerId));
  if (!isPlain) return undefined;
  return originate(
    { callId, rung: agent, ringMs, context: MADE_CONTEXT, exten: number },
    {
      [CALL_ID_VARIABLE]: callId,
      [AGENT_VARIABLE]: agent,
      [RING_SECONDS_VARIABLE]: secondsOf(ringMs),
      [CUSTOMER_VARIABLE]: number,
      [CALLER_ID_VARIABLE]: callerId,
      [DIAL_CONTEXT_VARIABLE]: dialContext,
    },
  );
}

/** The same for a supervisor, who then hears the agent whose device this is. */
export function originateHearing(
  { callId, supervisor, agent, ringMs }: CallToHear,
  device: string,
): ActionHeaders | undefined {
  if (!EXTENSION.test(agent) || !DEVICE.test(device)) return undefined;
  return originate(
    { callId, rung: supervisor, ringMs, context: MONITOR_CONTEXT, exten: agent },
    {
      [RING_SECONDS_VARIABLE]: secondsOf(ringMs),
      [CUSTOMER_VARIABLE]: agent,
      [DEVICE_VARIABLE]: device,
    },
  );
}

interface Leg {
  readonly callId: string;
  /** Whose phone rings. */
  readonly rung: string;
  readonly ringMs: number;
  readonly context: string;
  readonly exten: string;
}

/** Nothing where a value is not plain. Those of the variables were looked at. */
function originate(
  { callId, rung, ringMs, context, exten }: Leg,
  variables: Readonly<Record<string, string>>,
): ActionHeaders | undefined {
  if (!NAME.test(callId) || !EXTENSION.test(rung)) return undefined;
  return {
    Action: 'Originate',
    // n: the two halves stay, so that the channel's identity is the call's until its end.
    Channel: `Local/${rung}@${MADE_AGENT_CONTEXT}/n`,
    ChannelId: callId,
    // Asterisk's own name for it has a semicolon. Where the agent passes the customer on into a queue, it is the caller.
    OtherChannelId: `${callId}${PASSED_ON}`,
    Context: context,
    Exten: exten,
    Priority: '1',
    Timeout: `${ringMs + MARGIN_MS}`,
    Variable: Object.entries(variables)
      .map(([name, value]) => `${name}=${value}`)
      .join(','),
    Async: 'true',
  };
}

const secondsOf = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1_000))}`;

export function originatedBy(answer: Answer): Originated {
  if (answer.kind === 'success') return { ok: true };
  if (answer.kind === 'error') {
    const problem = /permission denied/i.test(answer.message) ? 'forbidden' : 'refused';
    return { ok: false, problem, cause: answer.message };
  }
  const problem = answer === NOT_LINKED ? 'unlinked' : 'unknown-outcome';
  return { ok: false, problem, cause: answer.cause };
}

export const UNSENDABLE: Originated = {
  ok: false,
  problem: 'refused',
  cause: 'not sent: a value that is not plain',
};
