import type { Relay } from '../domain/relay/relay.ts';

/** What a relay tells, without anybody's number. */
export const whatOf = (relay: Relay): string =>
  relay.kind === 'agent-state' ? `${relay.kind} ${relay.extension} ${relay.state}` : relay.kind;
