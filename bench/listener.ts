import type { PbxEvent } from '../src/ports/pbx.ts';

/** What stands behind the adapter: it gets every event and returns at once. Decisions are plugged in here. */
export type Listener = (event: PbxEvent) => void;

/**
 * Nothing is decided, but everything is kept, as calls keep the texts of their events: what these hold on to shows in
 * the heap at the end.
 */
export function remembering(): Listener {
  const kept: PbxEvent[] = [];
  return (event) => kept.push(event);
}
