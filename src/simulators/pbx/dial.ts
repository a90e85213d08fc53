import { type Channel, ChannelState, channelHeaders } from './channel.ts';
import type { Cancel } from './clock.ts';
import type { DialplanThread } from './dialplan-thread.ts';
import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import {
  CALL_REJECTED,
  type HangupCause,
  NO_ROUTE,
  NORMAL_CLEARING,
  UNKNOWN_CAUSE,
  USER_BUSY,
} from './hangup-cause.ts';
import type { Header } from './packet.ts';

export interface DialRequest {
  readonly exchange: Exchange;
  readonly channel: Channel;
  readonly thread: DialplanThread;
  readonly target: Endpoint;
  readonly number: string;
  /** What DialBegin prints behind DialString. */
  readonly dialString: string;
  /** Where the new leg stands. */
  readonly context: string;
  readonly timeoutMs: number;
  /** Sent by the daemon, not dialled by a person. */
  readonly isOffer?: boolean;
  /** Between DialEnd and the bridge: the place of Dial's option `U`. */
  readonly onAnswer?: (leg: Channel) => void;
  /** Both are in the bridge. */
  readonly onTalking?: (leg: Channel) => void;
}

/** `${DIALSTATUS}` and `${HANGUPCAUSE}`; the DialEnd event says something else after a 603. */
export interface DialResult {
  readonly status: 'ANSWER' | 'NOANSWER' | 'BUSY' | 'CHANUNAVAIL';
  readonly cause: HangupCause;
}

interface Failure extends DialResult {
  readonly dialEnd: 'NOANSWER' | 'BUSY';
}

const NO_ANSWER: Failure = { status: 'NOANSWER', cause: UNKNOWN_CAUSE, dialEnd: 'NOANSWER' };
const BUSY: Failure = { status: 'BUSY', cause: USER_BUSY, dialEnd: 'BUSY' };
const DECLINED: Failure = { status: 'CHANUNAVAIL', cause: CALL_REJECTED, dialEnd: 'NOANSWER' };

/**
 * The Dial application: rings one far end and, once it answers, bridges until that far end is gone.
 * It asks nobody whether the phone is free. A phone without a registration gets no Dial events at all.
 */
export function dial(request: DialRequest): Promise<DialResult> {
  if (!request.target.isReachable) {
    request.channel.hangupCause = NO_ROUTE;
    return Promise.resolve({ status: 'CHANUNAVAIL', cause: NO_ROUTE });
  }
  return request.thread.block<DialResult>((settle) => new DialAttempt(request, settle).start());
}

class DialAttempt {
  private readonly request: DialRequest;
  private readonly settle: (result: DialResult) => void;
  private readonly leg: Channel;
  private isOver = false;
  private stopRinging: Cancel = () => {};

  constructor(request: DialRequest, settle: (result: DialResult) => void) {
    this.request = request;
    this.settle = settle;
    const { exchange, channel, target, number, context } = request;
    this.leg = exchange.createChannel({
      endpoint: target,
      state: ChannelState.down,
      caller: { number, name: target.party.name },
      connected: channel.caller,
      context,
      exten: number,
      linkedid: channel.linkedid,
    });
    this.leg.inheritFrom(channel);
    this.leg.isOffer = request.isOffer ?? false;
    this.leg.application = 'AppDial';
    this.leg.applicationData = '(Outgoing Line)';
  }

  start(): Cancel {
    const { exchange, target, timeoutMs, dialString } = this.request;
    this.tell('DialBegin', ['DialString', dialString]);
    const cancelTimeout = exchange.clock.after(timeoutMs, () => this.failed(NO_ANSWER));
    const cancelInvite = target.invite(this.leg, {
      ringing: () => this.ringing(),
      answered: () => this.answered(),
      rejected: (reason) => this.failed(reason === 'busy' ? BUSY : DECLINED),
    });
    this.stopRinging = () => {
      this.isOver = true;
      cancelTimeout();
      cancelInvite();
    };
    return () => this.interrupted();
  }

  private ringing(): void {
    if (this.isOver) return;
    const { exchange, channel, target } = this.request;
    this.leg.state = ChannelState.ringing;
    channel.connected = this.leg.caller;
    exchange.refresh(target);
    // The calling phone's own state is looked at when the far end rings, no sooner.
    this.refreshCaller();
  }

  private answered(): void {
    if (this.isOver) return;
    this.stopRinging();
    const { channel, onAnswer, onTalking } = this.request;
    this.leg.state = ChannelState.up;
    this.leg.exten = '';
    channel.connected = this.leg.caller;
    this.tell('DialEnd', ['DialStatus', 'ANSWER']);
    onAnswer?.(this.leg);
    this.bridge();
    channel.onPeerGone = () => this.settle({ status: 'ANSWER', cause: NORMAL_CLEARING });
    onTalking?.(this.leg);
  }

  private bridge(): void {
    const { exchange, channel, target } = this.request;
    channel.state = ChannelState.up;
    channel.hangupCause = NORMAL_CLEARING;
    this.leg.hangupCause = NORMAL_CLEARING;
    const bridgeId = exchange.bridges.create();
    exchange.inEitherOrder(
      () => exchange.bridges.enter(bridgeId, this.leg),
      () => exchange.refresh(target),
    );
    exchange.bridges.enter(bridgeId, channel);
    this.refreshCaller();
  }

  private failed(failure: Failure): void {
    if (this.isOver) return;
    this.stopRinging();
    const { exchange, channel } = this.request;
    this.tell('DialEnd', ['DialStatus', failure.dialEnd]);
    channel.hangupCause = failure.cause;
    this.leg.hangupCause = failure.cause;
    // The phone's own end comes on another thread: now, or just after what the dialplan does next.
    exchange.soon(() => exchange.end(this.leg));
    this.settle(failure);
  }

  private interrupted(): void {
    const { exchange, channel } = this.request;
    if (this.isOver) {
      exchange.leaveBridge(channel);
      return;
    }
    this.stopRinging();
    this.tell('DialEnd', ['DialStatus', 'CANCEL']);
    this.leg.hangupCause = NORMAL_CLEARING;
    exchange.soon(() => exchange.end(this.leg));
  }

  private refreshCaller(): void {
    const { exchange, channel } = this.request;
    const endpoint = exchange.endpoints.get(channel.device);
    if (endpoint !== undefined) exchange.refresh(endpoint);
  }

  private tell(event: string, last: Header): void {
    const { exchange, channel } = this.request;
    exchange.publishOn(channel, event, 'call,all', [...channelHeaders(this.leg, 'Dest'), last]);
  }
}
