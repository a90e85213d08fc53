/** How one part of the daemon is. `degraded`: callers are served all the same. `down`: they are not. */
export interface PartReadiness {
  readonly state: 'ready' | 'degraded' | 'down';
  /** What is wrong, for a person. */
  readonly why?: string;
}

/** Each part by its name. */
export type Readiness = Readonly<Record<string, PartReadiness>>;

export const READY: PartReadiness = { state: 'ready' };
export const down = (why: string): PartReadiness => ({ state: 'down', why });
export const degraded = (why: string): PartReadiness => ({ state: 'degraded', why });

/** Callers who come in now will be served. */
export function isReady(parts: Readiness): boolean {
  return Object.values(parts).every(({ state }) => state !== 'down');
}
