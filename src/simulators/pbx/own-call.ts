import { type Channel, ChannelState } from './channel.ts';
import { type DialResult, dial } from './dial.ts';
import { PHONES_CONTEXT } from './dialplan/contexts.ts';
import { DialplanThread, Interrupted } from './dialplan-thread.ts';
import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { NORMAL_CLEARING } from './hangup-cause.ts';

export interface OwnCall {
  readonly exchange: Exchange;
  readonly phone: Endpoint;
  readonly number: string;
  /** The other side has answered and both are in the bridge. */
  readonly onTalking?: (own: Channel, other: Channel) => void;
  /** The call is over, or never came about. */
  readonly onEnd?: (result: DialResult | undefined) => void;
}

/** The agent dials: a new channel of the phone runs Dial to a colleague or to the line out. */
export function startOwnCall(call: OwnCall): Channel {
  const { exchange, phone, number } = call;
  const channel = exchange.createChannel({
    endpoint: phone,
    state: ChannelState.ring,
    caller: phone.party,
    context: PHONES_CONTEXT,
    exten: number,
  });
  channel.hangupCause = NORMAL_CLEARING;
  void run(call, channel);
  return channel;
}

async function run(call: OwnCall, channel: Channel): Promise<void> {
  const { exchange } = call;
  channel.thread = new DialplanThread();
  const result = await ring(call, channel, channel.thread);
  exchange.soon(() => exchange.end(channel));
  call.onEnd?.(result);
}

async function ring(
  call: OwnCall,
  channel: Channel,
  thread: DialplanThread,
): Promise<DialResult | undefined> {
  const { exchange, number, onTalking } = call;
  const colleague = exchange.endpoints.get(`PJSIP/${number}`);
  const target = colleague ?? exchange.endpoints.get('PJSIP/pstn');
  if (target === undefined) return undefined;
  channel.application = 'Dial';
  channel.applicationData = target.device;
  try {
    return await dial({
      exchange,
      channel,
      thread,
      target,
      number,
      dialString: colleague === undefined ? `${number}@pstn` : number,
      context: colleague === undefined ? 'from-trunk' : PHONES_CONTEXT,
      timeoutMs: exchange.timing.phonesRingSeconds * 1_000,
      onTalking: (leg) => onTalking?.(channel, leg),
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return undefined;
  }
}
