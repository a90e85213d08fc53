import type { Diary } from '../domain/call/input.ts';
import type { ExtensionReading } from '../domain/extension/availability.ts';
import type { CallId } from '../domain/identity.ts';
import type { MakeCallAnswer } from '../ports/made-calls.ts';
import type { CallToMake, Originated } from '../ports/pbx.ts';

/** A call to be made: every value was looked at. */
export interface CallOrder extends CallToMake {
  /** How many calls one agent may make in any minute. */
  readonly callsPerMinute: number;
  /** Whoever asked for it is told, once. False where they had gone by then. */
  readonly answer: (answer: MakeCallAnswer) => boolean;
}

/** What the loop hears of calls that agents make. */
export type MadeCallInput =
  | { readonly kind: 'wanted'; readonly order: CallOrder }
  /** What the agent's phone shows, for one that is wanted; nothing where the PBX does not say. */
  | {
      readonly kind: 'phone-read';
      readonly order: CallOrder;
      readonly reading: ExtensionReading | undefined;
    }
  | { readonly kind: 'originated'; readonly order: CallOrder; readonly outcome: Originated }
  /** The dialplan says that it is over; whether it is true, the PBX says. */
  | { readonly kind: 'over'; readonly callId: CallId }
  /** The PBX has no such channel, and this is what the diary says. */
  | {
      readonly kind: 'gone';
      readonly callId: CallId;
      readonly diary: Diary | undefined;
      readonly isToldOver: boolean;
    };
