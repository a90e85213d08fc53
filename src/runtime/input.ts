import type { Request } from '../domain/budget/spending.ts';
import type { Call, OpenCall } from '../domain/call/call.ts';
import type { CallInput, Diary } from '../domain/call/input.ts';
import type { ExtensionReading } from '../domain/extension/availability.ts';
import type { CallId } from '../domain/identity.ts';
import type { FoundRecording } from '../domain/recording/link-repair.ts';
import type { RelayEntry } from '../domain/relay/relay.ts';
import type { EndedWithLink } from '../ports/call-records.ts';
import type { Outcome } from '../ports/failure.ts';
import type { AskAnswer } from '../ports/help-desk.ts';
import type { EnteredCaller, PbxEvent } from '../ports/pbx.ts';
import type { Made, RelayEvent, Review } from '../ports/relay.ts';
import type { MadeCallInput } from './made-call-input.ts';
import type { Findings } from './reconcile.ts';
import type { AgentToRead } from './relays/agent-mirror.ts';

/** What the PBX tells about calls and devices, rather than about the link to it. */
export type CallerEvent = Exclude<PbxEvent, { kind: 'linked' | 'unlinked' }>;

export type EntryConfirmed = Extract<Input, { kind: 'entry-confirmed' }>;

export type AgentRead = Extract<Input, { kind: 'agent-read' }>;

export type RecordingsFound = Extract<Input, { kind: 'recordings-found' }>;

export type RelaySettled = Extract<Input, { kind: 'relay-settled' }>;

export type RelayReviewed = Extract<Input, { kind: 'relay-reviewed' }>;

/** What only the relays are concerned with. */
export type OfRelays = Extract<
  Input,
  { kind: 'relay-heard' | 'relay-settled' | 'relay-reviewed' | 'agent-read' }
>;

/** Everything the loop takes in. */
export type Input =
  | { readonly kind: 'pbx'; readonly event: CallerEvent }
  | Extract<PbxEvent, { kind: 'linked' | 'unlinked' }>
  | {
      readonly kind: 'call';
      readonly callId: CallId;
      readonly input: CallInput;
      /** The call as it was when this was asked about: where it has changed since, the answer is too old to believe. */
      readonly about?: Call;
    }
  | {
      readonly kind: 'reconciled';
      readonly calls: readonly OpenCall[];
      readonly link: number;
      readonly findings: Findings;
    }
  | {
      readonly kind: 'request-settled';
      readonly request: Request;
      readonly outcome: Outcome<AskAnswer | undefined>;
    }
  | { readonly kind: 'relay-heard'; readonly event: RelayEvent }
  | {
      readonly kind: 'relay-settled';
      readonly entry: RelayEntry;
      readonly outcome: Outcome<Made | undefined>;
    }
  /** Whether it is to be told at all, and now. */
  | {
      readonly kind: 'relay-reviewed';
      readonly entry: RelayEntry;
      readonly review: Review;
    }
  /** What the PBX answered of an agent who is mirrored. */
  | { readonly kind: 'agent-read'; readonly agent: AgentToRead; readonly reading: ExtensionReading }
  /** What the PBX answered of a device before an offer: good news, or `UNKNOWN`. Older, perhaps, than what it has told since. */
  | { readonly kind: 'device-read'; readonly device: string; readonly state: string }
  /** Of a call that an agent makes from the help desk. */
  | { readonly kind: 'made-call'; readonly input: MadeCallInput }
  /** Time to look for every open call: something may have been missed. */
  | { readonly kind: 'patrol' }
  /** A caller whose call is open stands in a queue again, and this is what its diary says. */
  | {
      readonly kind: 'entry-confirmed';
      readonly callId: CallId;
      readonly caller: EnteredCaller;
      readonly diary: Diary | undefined;
    }
  /** The PBX keeps diaries of these calls. */
  | { readonly kind: 'diaries-found'; readonly callIds: readonly CallId[] }
  /** Where recordings of calls that are over lie by now. */
  | {
      readonly kind: 'recordings-found';
      readonly recordings: readonly (EndedWithLink & { readonly found: FoundRecording })[];
    }
  /** Time to see whether a person has let go of a parked entry. */
  | { readonly kind: 'look-into-store' }
  /** Time to see whether a relay may be sent. */
  | { readonly kind: 'relays-due' }
  /** Time to see whether a request may be started. */
  | { readonly kind: 'wake' };
