import { type Channel, ChannelState } from './channel.ts';
import { DeadEnd } from './dead-end.ts';
import { type DialRequest, dial } from './dial.ts';
import { MADE_AGENT_CONTEXT, MADE_CONTEXT } from './dialplan/contexts.ts';
import { noteAnswer, noteEnd } from './dialplan/diary.ts';
import { type Run, userEvent } from './dialplan/run.ts';
import { DialplanThread, Interrupted } from './dialplan-thread.ts';
import type { Exchange } from './exchange.ts';

/** What Originate asks for. */
export interface MadeCallWish {
  readonly callId: string;
  /** The identity of the half that rings the agent. */
  readonly otherId: string;
  readonly agent: string;
  readonly number: string;
  readonly variables: ReadonlyMap<string, string>;
}

/** The two halves of a Local channel: the second rings the agent, and once they have answered the first dials out. */
export function startMadeCall(exchange: Exchange, wish: MadeCallWish): void {
  const { callId, otherId, agent, number } = wish;
  const second = half(exchange, wish, { uniqueid: otherId, context: MADE_AGENT_CONTEXT, exten: agent });
  const first = half(exchange, wish, { uniqueid: callId, context: MADE_CONTEXT, exten: number });
  // Where the agent passes the customer on into a queue it is the caller there, with a diary of its own.
  second.channel.variables.set('MOVIDESK_CALL_ID', '');
  void ringAgent(second, first, wish);
}

function half(
  exchange: Exchange,
  { variables }: MadeCallWish,
  place: { uniqueid: string; context: string; exten: string },
): Run {
  const channel = exchange.createChannel({
    ...place,
    endpoint: new DeadEnd('local'),
    state: ChannelState.down,
    caller: { number: '', name: '' },
  });
  for (const [name, value] of variables) channel.variables.set(name, value);
  const thread = new DialplanThread();
  channel.thread = thread;
  return { exchange, channel, thread };
}

async function ringAgent(second: Run, first: Run, { agent, callId }: MadeCallWish): Promise<void> {
  const ringMs = Number(second.channel.variables.get('MOVIDESK_RING_SECONDS')) * 1_000;
  await dialled(
    second,
    { name: agent, number: agent, timeoutMs: ringMs },
    { onTalking: () => void dialOut(first, second) },
  );
  over(second, callId);
  over(first, callId);
}

async function dialOut(first: Run, second: Run): Promise<void> {
  const { exchange, channel } = first;
  const agent = channel.variables.get('MOVIDESK_AGENT') ?? '';
  const callId = channel.variables.get('MOVIDESK_CALL_ID') ?? '';
  channel.state = ChannelState.up;
  channel.variables.set('MOVIDESK_RECORDING', `${callId}-${agent}-${exchange.epochSeconds}.wav`);
  const outside = {
    name: 'pstn',
    number: channel.exten,
    timeoutMs: exchange.timing.phonesRingSeconds * 1_000,
  };
  await dialled(first, outside, { onAnswer: () => noteAnswer(first, agent) });
  over(first, callId);
  exchange.requestHangup(second.channel);
}

/** Until the far end, or this half, is gone. */
async function dialled(
  { exchange, channel, thread }: Run,
  { name, number, timeoutMs }: { name: string; number: string; timeoutMs: number },
  hooks: Pick<DialRequest, 'onAnswer' | 'onTalking'>,
): Promise<void> {
  const target = exchange.endpoints.get(`PJSIP/${name}`);
  if (target === undefined) return;
  const { context } = channel;
  try {
    await dial({
      exchange,
      channel,
      thread,
      target,
      number,
      dialString: number,
      context,
      timeoutMs,
      ...hooks,
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
}

/** The hangup handler, and the end of a half that is not over yet. */
function over(run: Run, callId: string): void {
  const { exchange, channel, thread } = run;
  if (!exchange.isAlive(channel) || isOver(channel)) return;
  channel.variables.set(OVER, 'yes');
  thread.interrupt({ kind: 'hangup' });
  if (channel.context === MADE_CONTEXT) noteEnd(run);
  userEvent(run, 'MovideskMade', [['CallId', callId]]);
  exchange.soon(() => exchange.end(channel));
}

const OVER = 'OVER';
const isOver = (channel: Channel): boolean => channel.variables.has(OVER);
