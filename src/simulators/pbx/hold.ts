import type { Channel } from './channel.ts';
import type { Exchange } from './exchange.ts';
import type { Header } from './packet.ts';

/** A phone puts the other side on hold: its own channel says so, and it is the other side's device that is ONHOLD. */
export function putOnHold(exchange: Exchange, leg: Channel, other: Channel): void {
  sayOn(exchange, leg, 'Hold', [['MusicClass', 'default']]);
  setHold(exchange, other, true);
}

export function takeBack(exchange: Exchange, leg: Channel, other: Channel): void {
  sayOn(exchange, leg, 'Unhold', []);
  setHold(exchange, other, false);
}

/** In the moment before a REFER is carried out, whether anybody was on hold or not. */
export function sayUnhold(exchange: Exchange, leg: Channel): void {
  sayOn(exchange, leg, 'Unhold', []);
}

function sayOn(exchange: Exchange, leg: Channel, event: string, headers: readonly Header[]): void {
  if (exchange.isAlive(leg)) exchange.publishOn(leg, event, 'call,all', headers);
}

function setHold(exchange: Exchange, channel: Channel, isOn: boolean): void {
  channel.onHold = isOn;
  const endpoint = exchange.endpoints.get(channel.device);
  if (endpoint !== undefined && exchange.isAlive(channel)) exchange.refresh(endpoint);
}
