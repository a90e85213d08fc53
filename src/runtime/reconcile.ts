import type { OpenCall } from '../domain/call/call.ts';
import type { CallInput, Place } from '../domain/call/input.ts';
import type { CallId, Instant, Uniqueid } from '../domain/identity.ts';
import type { EnteredCaller, Pbx, Snapshot, SnapshotCaller } from '../ports/pbx.ts';

/**
 * After every login, and on the rounds, the PBX's snapshot is held against our open calls, and the differences become
 * inputs: recovery is nothing special. What happened to those who are gone the dialplan's diary tells.
 */
export interface Findings {
  readonly inputs: readonly { readonly callId: CallId; readonly input: CallInput }[];
  /** Callers on hold in the PBX. Those whom we know are waiting already; the others came in while we were away. */
  readonly onHold: readonly EnteredCaller[];
}

/** The open calls as they were before the PBX was looked at: what has changed since is newer than what was seen. */
export interface Look {
  readonly calls: readonly OpenCall[];
  /** Counts logins, so that findings about an earlier one are not believed. */
  readonly link: number;
  /** What the PBX showed at its login; on the rounds it is asked. */
  readonly snapshot: Snapshot | undefined;
  /** When the link before this one was lost; nothing on the rounds, and after our own start. */
  readonly lostAt: Instant | undefined;
}

/** The PBX as it is now. */
export interface Seen extends Pick<Look, 'lostAt'> {
  readonly snapshot: Snapshot;
}

// The PBX tells its age in whole seconds, and is asked over a network.
const START_MARGIN_MS = 2_000;

/** A PBX that was started since has ended every call of before. The end of the link was its last sign of life. */
function endOfPbx({ snapshot: { pbxStartedAt }, lostAt }: Seen, call: OpenCall): Instant | undefined {
  if (pbxStartedAt - START_MARGIN_MS <= call.enteredAt) return undefined;
  return Math.min(pbxStartedAt, lostAt ?? pbxStartedAt);
}

export async function reconcile(calls: readonly OpenCall[], seen: Seen, pbx: Pbx): Promise<Findings> {
  const { snapshot } = seen;
  const callers = new Map<Uniqueid, SnapshotCaller>(
    snapshot.callers.map((caller) => [caller.uniqueid, caller]),
  );
  const inputs = await Promise.all(
    calls.map(async (call) => {
      const input = await difference(call, callers.get(call.uniqueid)?.place, pbx);
      if (input === undefined) return [];
      const isGone = input.kind === 'missed-hangup';
      return [{ callId: call.callId, input: isGone ? { ...input, goneBy: endOfPbx(seen, call) } : input }];
    }),
  );
  const known = new Set(calls.map((call) => call.uniqueid));
  const onHold = await Promise.all(
    snapshot.callers
      .filter((caller) => caller.place.at === 'hold')
      .map(async (caller) =>
        known.has(caller.uniqueid) || (await isStillOnHold(caller, pbx)) ? caller : undefined,
      ),
  );
  return { inputs: inputs.flat(), onHold: onHold.filter((caller) => caller !== undefined) };
}

/**
 * Nothing where the PBX could not say: the call stays as it is, and is looked for again soon. Whoever is not listed is
 * asked for once more, since a list can be short.
 */
async function difference(
  call: OpenCall,
  listed: Place | undefined,
  pbx: Pbx,
): Promise<CallInput | undefined> {
  const [reading, located] = await Promise.all([
    pbx.readDiary(call.callId),
    listed === undefined ? pbx.locate(call.uniqueid) : ({ kind: 'here', place: listed } as const),
  ]);
  if (!reading.ok || located.kind === 'unknown') return undefined;
  const { diary, farewell } = reading;
  return located.kind === 'gone'
    ? { kind: 'missed-hangup', diary, farewell }
    : { kind: 'found', place: located.place, diary };
}

/** They may have left, and been ended, between the snapshot and now. */
async function isStillOnHold(caller: SnapshotCaller, pbx: Pbx): Promise<boolean> {
  const located = await pbx.locate(caller.uniqueid);
  return located.kind === 'here' && located.place.at === 'hold';
}
