import type { CallId } from '../domain/identity.ts';
import type { Log } from '../ports/log.ts';
import type { Originated } from '../ports/pbx.ts';

const REMEDY =
  "in manager.conf, in the section of asterisk.username, write: write = call,originate; then asterisk -rx 'manager reload'";

/** Why nobody was rung who should have been. */
export function complainOfOriginate(
  log: Pick<Log, 'warn' | 'error'>,
  callId: CallId,
  { problem, cause }: Extract<Originated, { ok: false }>,
): void {
  if (problem === 'forbidden')
    log.error({ callId, cause, remedy: REMEDY }, 'the PBX does not let us make calls: nobody was rung');
  else if (problem === 'refused')
    log.error({ callId, cause }, 'the PBX refuses to make a call: nobody was rung');
  else if (problem === 'unlinked')
    log.warn({ callId, cause }, 'there is no link to the PBX to make a call over: nobody was rung');
  else log.warn({ callId, cause }, 'the PBX was asked to make a call, and does not say whether it does');
}
