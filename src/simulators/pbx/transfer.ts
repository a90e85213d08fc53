import { type Channel, channelHeaders } from './channel.ts';
import { PHONES_CONTEXT } from './dialplan/contexts.ts';
import { extensionExists } from './dialplan/dialplan.ts';
import { QUEUE_PREFIX } from './dialplan/phones.ts';
import { at } from './dialplan/run.ts';
import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { putOnHold, sayUnhold, takeBack } from './hold.ts';
import { startOwnCall } from './own-call.ts';

interface Talk {
  readonly leg: Channel;
  readonly caller: Channel;
  readonly bridgeId: string;
}

/** By REFER. A target that does not exist: the REFER is refused, no event, and the call goes on. */
export function blindTransfer(
  exchange: Exchange,
  phone: Endpoint,
  target: string | { readonly queue: string },
): boolean {
  const exten = typeof target === 'string' ? target : QUEUE_PREFIX + target.queue;
  const talk = talkOf(exchange, phone);
  if (talk === undefined || !extensionExists(exchange, PHONES_CONTEXT, exten)) return false;
  const { leg, caller, bridgeId } = talk;
  sayUnhold(exchange, leg);
  exchange.publish({
    name: 'BlindTransfer',
    privilege: 'call,all',
    headers: [
      ['Result', 'Success'],
      ...channelHeaders(leg, 'Transferer'),
      ...channelHeaders(caller, 'Transferee'),
      ...exchange.bridges.headers(bridgeId),
      ['IsExternal', 'Yes'],
      ['Context', PHONES_CONTEXT],
      ['Extension', exten],
    ],
  });
  handOver(exchange, leg);
  caller.onHold = false;
  exchange.redirect(caller, at(PHONES_CONTEXT, exten));
  return true;
}

/** By REFER with Replaces: the agent's second call goes first, then both are joined. */
export function attendedTransfer(exchange: Exchange, phone: Endpoint, target: string): Promise<boolean> {
  const talk = talkOf(exchange, phone);
  if (talk === undefined) return Promise.resolve(false);
  putOnHold(exchange, talk.leg, talk.caller);
  return new Promise((resolve) => {
    let isHandedOver = false;
    startOwnCall({
      exchange,
      phone,
      number: target,
      onTalking: (own, other) => {
        exchange.clock.after(exchange.timing.consultMs, () => {
          isHandedOver =
            isStillTalking(exchange, talk) && exchange.isAlive(other) && own.bridgeId !== undefined;
          if (isHandedOver) join(exchange, talk, own, other);
        });
      },
      onEnd: () => {
        if (!isHandedOver) takeBack(exchange, talk.leg, talk.caller);
        resolve(isHandedOver);
      },
    });
  });
}

function join(exchange: Exchange, talk: Talk, own: Channel, other: Channel): void {
  const { leg, caller } = talk;
  const targetBridgeId = own.bridgeId;
  if (targetBridgeId === undefined) return;
  const headers = attendedHeaders(exchange, talk, own, other, targetBridgeId);
  takeBack(exchange, leg, caller);
  sayUnhold(exchange, own);
  exchange.bridges.leave(caller);
  exchange.bridges.leave(own);
  other.linkedid = caller.linkedid;
  exchange.inEitherOrder(
    () => exchange.bridges.enter(targetBridgeId, caller),
    () => exchange.publish({ name: 'AttendedTransfer', privilege: 'call,all', headers }),
  );
  caller.connected = other.caller;
  other.connected = caller.caller;
  exchange.requestHangup(own);
  handOver(exchange, leg);
}

function attendedHeaders(
  exchange: Exchange,
  talk: Talk,
  own: Channel,
  other: Channel,
  targetBridgeId: string,
) {
  return [
    ['Result', 'Success'],
    ...channelHeaders(talk.leg, 'OrigTransferer'),
    ...exchange.bridges.headers(talk.bridgeId, 'Orig'),
    ...channelHeaders(own, 'SecondTransferer'),
    ...exchange.bridges.headers(targetBridgeId, 'Second'),
    ...channelHeaders(talk.caller, 'Transferee'),
    ...channelHeaders(other, 'TransferTarget'),
    ['IsExternal', 'No'],
    ['DestType', 'Bridge'],
    ['DestBridgeUniqueid', targetBridgeId],
  ] as const;
}

/** The transferring phone leaves the bridge without taking the caller down. */
function handOver(exchange: Exchange, leg: Channel): void {
  exchange.bridges.leave(leg);
  exchange.soon(() => exchange.end(leg));
}

function talkOf(exchange: Exchange, phone: Endpoint): Talk | undefined {
  for (const leg of phone.legs) {
    const caller = exchange.bridges.peerOf(leg);
    // Callers have a voice; whom an agent called, or was called by inside the house, is not sent on here.
    if (caller?.voice !== undefined && leg.bridgeId !== undefined)
      return { leg, caller, bridgeId: leg.bridgeId };
  }
  return undefined;
}

function isStillTalking(exchange: Exchange, talk: Talk): boolean {
  return exchange.bridges.peerOf(talk.leg) === talk.caller;
}
