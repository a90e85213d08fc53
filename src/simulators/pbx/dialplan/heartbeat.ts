import type { Exchange } from '../exchange.ts';

/** Whether the daemon has set its heartbeat lately. Nobody ever set it: it is as old as the epoch. */
export function isBridgeAlive(exchange: Exchange, staleAfterSeconds: number): boolean {
  const beatAt = Number(exchange.globals.get('MOVIDESK_BRIDGE_ALIVE') ?? '0');
  return exchange.epochSeconds - beatAt <= staleAfterSeconds;
}
