import { chanceOfAgent, hopefulSince, type Outlook } from './chance-of-agent.ts';

/**
 * When a question about a head is worth its request.
 *
 * While an agent is free and nobody asks, callers lose seconds; so far as it is only likely, they lose that part of them. A
 * question is due when what was lost since the last one, as far as one can expect, has come to the price of a request; or as
 * soon as an agent is almost certainly free, for then waiting makes nothing surer. Where agents come back at a steady rate,
 * the first rule is the cheapest there is (lost seconds and requests together); where they come back at a known time, the
 * second one is.
 */
export interface PollTiming {
  /** Where nothing is due within the time looked at, when to look again. */
  readonly at: number;
  /** An agent is almost certainly free then. */
  readonly isSure: boolean;
}

const ALMOST_CERTAIN = 0.9;
// Nothing that is guessed here is known better than to half a second.
const STEP_MS = 500;
// Looked back at and ahead.
const LONGEST_LOOK_MS = 60_000;

/** `since`: the last question. `priceMs`: lost milliseconds that are worth a request. */
export function pollTiming(
  outlook: Outlook,
  { since, now, priceMs }: { since: number; now: number; priceMs: number },
): PollTiming {
  if (chanceOfAgent(outlook, now) >= ALMOST_CERTAIN) return { at: now, isSure: true };
  let lostMs = 0;
  const from = Math.max(since, hopefulSince(outlook), now - LONGEST_LOOK_MS);
  for (let at = from; at < now + LONGEST_LOOK_MS; at += STEP_MS) {
    const chance = chanceOfAgent(outlook, at + STEP_MS / 2);
    lostMs += chance * STEP_MS;
    const isSure = at >= now && chance >= ALMOST_CERTAIN;
    if (isSure || lostMs >= priceMs)
      return { at: Math.min(Math.max(now, at + STEP_MS), now + LONGEST_LOOK_MS), isSure };
  }
  return { at: now + LONGEST_LOOK_MS, isSure: false };
}
