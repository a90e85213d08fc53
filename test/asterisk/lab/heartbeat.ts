import type { Lab } from './lab.ts';

/** Seconds since the daemon beat last, by the clock of the PBX. */
export async function secondsOfSilence({ pbx: { manager } }: Lab): Promise<number> {
  return Number(await manager.getvar('EPOCH')) - Number(await manager.getvar('MOVIDESK_BRIDGE_ALIVE'));
}
