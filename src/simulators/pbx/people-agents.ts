import type { PbxSimulator } from './pbx-simulator.ts';
import { between, exponential, pick } from './people-chance.ts';
import type { Crowd } from './people-crowd.ts';
import type { Phone, PhoneBehaviour } from './phone.ts';

// What agents do with a ringing phone, out of a hundred calls; the rest they answer.
const IGNORES = 0.06;
const DECLINES = 0.06;
const IS_BUSY = 0.03;

/** An agent's working day at one phone. Returns how to end it. */
export function startAgent(pbx: PbxSimulator, phone: Phone, crowd: Crowd): () => void {
  let isWorking = true;
  const think = (): void => {
    if (!isWorking) return;
    phone.setBehaviour(behaviourOf(crowd));
    if (pbx.isUp) act(pbx, phone, crowd);
    crowd.after(exponential(crowd.random, crowd.thinkSeconds * 1_000) + 2_000, think);
  };
  think();
  return () => {
    isWorking = false;
  };
}

function behaviourOf({ random, pace }: Crowd): PhoneBehaviour {
  const mood = random();
  if (mood < IGNORES) return { kind: 'rings-out' };
  if (mood < IGNORES + DECLINES) return { kind: 'declines', afterMs: between(random, 800, 4_000) / pace };
  if (mood < IGNORES + DECLINES + IS_BUSY) return { kind: 'busy' };
  return { kind: 'answers', afterMs: between(random, 1_000, 7_000) / pace };
}

function act(pbx: PbxSimulator, phone: Phone, crowd: Crowd): void {
  if (phone.isInCall) inCall(pbx, phone, crowd);
  else if (!phone.isRinging) idle(phone, crowd);
}

function idle(phone: Phone, crowd: Crowd): void {
  const { random } = crowd;
  const idea = random();
  if (idea < 0.1) {
    phone.dnd(true);
    crowd.after(between(random, 10_000, 60_000), () => phone.dnd(false));
  } else if (idea < 0.2) {
    phone.dialOut();
    crowd.after(between(random, 8_000, 40_000), () => phone.hangUp());
  } else if (idea < 0.23) {
    phone.unregister();
    crowd.after(between(random, 5_000, 30_000), () => phone.register());
  }
}

function inCall(pbx: PbxSimulator, phone: Phone, crowd: Crowd): void {
  const { random } = crowd;
  const idea = random();
  if (idea < 0.15) {
    phone.hold();
    crowd.after(between(random, 3_000, 15_000), () => phone.unhold());
  } else if (idea < 0.3) {
    transfer(pbx, phone, crowd);
  } else if (idea < 0.5) {
    phone.hangUp();
  }
}

function transfer(pbx: PbxSimulator, phone: Phone, crowd: Crowd): void {
  const { random, queues } = crowd;
  const free = pbx.phones.filter((other) => other !== phone && other.isReachable && other.legs.size === 0);
  const colleague = pick(random, free)?.name;
  const queue = pick(random, queues)?.queue;
  const idea = random();
  if (idea < 0.2 && queue !== undefined) phone.transferToQueue(queue);
  else if (idea < 0.6 && colleague !== undefined) phone.blindTransfer(colleague);
  else if (colleague !== undefined) void phone.attendedTransfer(colleague);
}
