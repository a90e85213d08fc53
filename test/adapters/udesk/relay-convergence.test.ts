import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentState } from '../../../src/domain/relay/agent-state.ts';
import { settled } from '../../fakes/manual-clock.ts';
import { aLane, aRelay, type RelayWorld } from './relay-world.ts';

type Own = 'idle' | 'busy' | 'onBreak' | 'log in' | 'log out';

type Step =
  /** What the phone says. */
  | { readonly phone: AgentState }
  /** What the agent does in a Udesk window. */
  | { readonly own: Own }
  /** A call of Udesk's own. */
  | { readonly call: 'begins' | 'ends' }
  | { readonly udesk: 'down' | 'up' | 'drops the session' | 'is broken' }
  | { readonly passSeconds: number };

const STATES = ['idle', 'busy', 'onBreak', 'offline'] as const;

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ phone: fc.constantFrom(...STATES) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        own: fc.constantFrom('idle', 'busy', 'onBreak', 'log in', 'log out'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ call: fc.constantFrom('begins', 'ends') }) },
    {
      weight: 2,
      arbitrary: fc.record({ udesk: fc.constantFrom('down', 'up', 'drops the session', 'is broken') }),
    },
    { weight: 4, arbitrary: fc.record({ passSeconds: fc.constantFrom(1, 5, 15, 70, 400) }) },
  ),
  { maxLength: 20 },
);

/** Time goes on, and so does what is on its way, as far as it gets. */
async function pass({ clock }: RelayWorld, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await clock.pass(1_000);
    for (let turn = 0; turn < 10; turn += 1) await settled();
  }
}

/** Whether the agent has done something by it. */
async function take(world: RelayWorld, lane: ReturnType<typeof aLane>, step: Step): Promise<boolean> {
  const { simulator } = world;
  if ('own' in step) return act(world, step.own);
  if ('phone' in step) lane.tell(step.phone);
  else if ('passSeconds' in step) await pass(world, step.passSeconds);
  else if ('call' in step) call(world, step.call);
  else if (step.udesk === 'down') await simulator.goDown();
  else if (step.udesk === 'up') await simulator.comeUp();
  else if (step.udesk === 'is broken') simulator.failNext('any', { errCode: '000003', times: 3 });
  else simulator.sessions.drop();
  return false;
}

/** Whether that came to anything: whoever is logged out is neither idle nor busy. */
function act({ simulator }: RelayWorld, own: Own): boolean {
  const isIn = simulator.agents.find('5001').state !== 'offline';
  if (own === 'log out') simulator.agents.logOut('5001');
  else if (own === 'log in') simulator.agents.logIn('5001');
  else if (isIn) simulator.agents.setState('5001', own);
  return isIn || own === 'log in' || own === 'log out';
}

function call({ simulator }: RelayWorld, what: 'begins' | 'ends'): void {
  const { callId, state } = simulator.agents.find('5001');
  if (what === 'ends' && callId !== undefined) simulator.calls.step(callId, 'user_hangup');
  if (what === 'begins' && callId === undefined && state !== 'offline')
    simulator.calls.talk({ agentId: '5001', destNumber: '13676546374' });
}

/** Until it is so, or five minutes are over. */
async function soon(world: RelayWorld, isSo: () => boolean): Promise<void> {
  for (let seconds = 0; seconds < 300 && !isSo(); seconds += 1) await pass(world, 1);
}

test('whatever happened, an agent who is back is what their phone says, and can be called', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(...STATES), async (history, last) => {
      const world = await aRelay();
      const { simulator, close, takenAndFree } = world;
      await world.hasLooked();
      const lane = aLane(world, '1001');
      let isAway = false;
      for (const step of history) {
        const hasActed = await take(world, lane, step);
        if (hasActed && 'own' in step) isAway = step.own !== 'idle' && step.own !== 'log in';
      }

      simulator.endFaults();
      await simulator.comeUp();
      call(world, 'ends');
      await pass(world, 70);
      // Nobody but they themselves can end that.
      if (isAway) {
        act(world, 'log in');
        act(world, 'idle');
      }
      await pass(world, 70);
      const phones = [...STATES.filter((state) => state !== last), last];
      for (const phone of phones) {
        lane.tell(phone);
        await soon(world, () => lane.isIdle() && simulator.agents.find('5001').state === phone);
        expect(simulator.agents.find('5001').state).toBe(phone);
        await pass(world, 15);
      }
      expect(takenAndFree().at(-1) ?? 'agent-free 1001').toBe('agent-free 1001');
      await close();
      await simulator.close();
    }),
    { numRuns: 60 },
  );
});
