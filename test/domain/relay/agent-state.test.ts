import { expect, test } from 'vitest';
import { agentStateOf } from '../../../src/domain/relay/agent-state.ts';

test.each([
  ['NOT_INUSE', 'NOT_INUSE', 'idle'],
  ['NOT_INUSE', undefined, 'idle'],
  // Nobody ever set the device: nobody switched do-not-disturb on.
  ['NOT_INUSE', 'UNKNOWN', 'idle'],
  ['NOT_INUSE', 'INVALID', 'idle'],
  ['UNKNOWN', 'NOT_INUSE', 'idle'],
  ['NOT_INUSE', 'INUSE', 'onBreak'],
  ['NOT_INUSE', 'BUSY', 'onBreak'],
  ['INUSE', 'INUSE', 'busy'],
  ['INUSE', 'NOT_INUSE', 'busy'],
  ['RINGING', undefined, 'busy'],
  ['RINGINUSE', undefined, 'busy'],
  ['ONHOLD', undefined, 'busy'],
  ['BUSY', undefined, 'busy'],
  ['UNAVAILABLE', 'NOT_INUSE', 'offline'],
  ['UNAVAILABLE', 'INUSE', 'offline'],
  ['INVALID', undefined, undefined],
] as const)('an agent whose phone is %s and whose do-not-disturb is %s is %s', (device, dnd, state) => {
  expect(agentStateOf({ device, dnd })).toBe(state);
});
