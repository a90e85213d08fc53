import type { Call, OpenCall } from '../domain/call/call.ts';
import type { Meter, WaitEnd } from '../ports/meter.ts';

interface Wait {
  readonly how: WaitEnd;
  readonly endedAt: number;
}

/**
 * What a step of a call means to whoever watches: its wait is over, or the call. The call's own instants are taken where it
 * has them: what happened while we were away is told late, and was not late.
 */
export function measureCall(
  before: OpenCall,
  after: Call,
  { meter, now }: { meter: Meter; now: number },
): void {
  const wait = isWaiting(before) ? waitOver(after, now) : undefined;
  if (wait !== undefined) meter.waitEnded(after.queue, wait.how, Math.max(0, wait.endedAt - after.enteredAt));
  if (after.phase === 'ended') meter.callEnded(after.queue, after.ending);
}

const isWaiting = ({ phase }: Call): boolean => phase === 'waiting' || phase === 'offered';

function waitOver(call: Call, now: number): Wait | undefined {
  switch (call.phase) {
    case 'waiting':
    case 'offered':
      return undefined;
    case 'talking':
      return { how: 'answered', endedAt: call.answeredAt };
    case 'leaving':
      return { how: 'sent-away', endedAt: now };
    case 'ended':
      // Answered and over, both unseen: how long they had waited the call does not say any more.
      if (call.ending === 'completed') return undefined;
      return { how: call.ending === 'lost' ? 'sent-away' : 'gave-up', endedAt: call.endedAt };
  }
}
