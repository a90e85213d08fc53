import { queueNameFrom } from '../../src/domain/identity.ts';
import type { Recording } from '../../src/domain/recording/recording.ts';
import type { BridgeSettings } from '../../src/runtime/settings.ts';
import type { Outsider } from '../../src/simulators/pbx/outside-line.ts';
import type { Chance } from './chance.ts';
import type { Episode } from './episode.ts';

/** What the admin of this world has configured: two queues, one by our dialplan, one memberless of Asterisk's own. */
export function settingsOf({ isQuick }: Episode, chance: Chance): BridgeSettings {
  const maxWaitMs = () =>
    chance.pick(isQuick ? ([45_000, 90_000] as const) : ([90_000, 180_000, 600_000] as const));
  const rules = () => ({
    maxWaitMs: maxWaitMs(),
    ringMs: chance.pick([8_000, 15_000, 25_000] as const),
    recordingLink,
    reportUnheard,
  });
  const reportUnheard = chance.happens(0.8);
  return {
    pbxName: 'pbx1',
    anonymousNumber: 'anonymous',
    requestsPerMinute: chance.pick([6, 10, 10, 10, 20, 60] as const),
    madeCallLink: recordingLink,
    failOpenAfterMs: chance.pick([30_000, 60_000] as const),
    devices: { phone: (extension) => `PJSIP/${extension}`, dnd: (extension) => `Custom:DND${extension}` },
    queues: [
      { name: queueNameFrom('support'), asteriskQueue: undefined, rules: { helpDeskQueueId: 1, ...rules() } },
      { name: queueNameFrom('sales'), asteriskQueue: 'sales', rules: { helpDeskQueueId: 2, ...rules() } },
    ],
  };
}

const recordingLink = ({ file }: Recording) => `https://pbx.example.com/recordings/${file}`;

export const ENTRANCES = [{ queue: 'support' }, { queue: 'sales', via: 'asterisk-queue' }] as const;
export const ASTERISK_QUEUES = ['sales'];

export const extensionsOf = ({ agents }: Episode): readonly string[] =>
  Array.from({ length: agents }, (_, index) => String(1_001 + index));

/** Two thirds of the agents serve each queue, so that some serve both. */
export function helpDeskQueues(extensions: readonly string[]) {
  const isSharedOr = (only: number) => (_: string, index: number) =>
    index % 3 !== only || extensions.length < 3;
  return [
    { id: 1, agents: extensions.filter(isSharedOr(0)) },
    { id: 2, agents: extensions.filter(isSharedOr(1)) },
  ];
}

const CUSTOMERS = '0479999';
const ANSWERS_WITHIN_MS = [1_000, 2_000, 4_000, 7_000, 11_000, 18_000] as const;
const HANGS_UP_AFTER_MS = [500, 5_000, 15_000, 40_000, 90_000] as const;

/** A customer's number: by its last digits they are of one kind or another. */
export const someCustomer = (chance: Chance): string => CUSTOMERS + String(chance.whole(1_000, 9_999));

/** Four of ten customers do not answer; half of the others leave it to the agent to hang up. Nothing: no customer. */
export function customerOf(number: string): Outsider | undefined {
  if (!number.startsWith(CUSTOMERS)) return undefined;
  const [answers = 0, hangsUp = 0] = [number.at(-1), number.at(-2)].map(Number);
  return { answersAfterMs: ANSWERS_WITHIN_MS[answers], hangsUpAfterMs: HANGS_UP_AFTER_MS[hangsUp] };
}
