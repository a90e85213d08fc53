import { type Extension, extensionFrom } from '../domain/identity.ts';

/** A queue of the simulated Movidesk. */
export interface DemoQueue {
  readonly id: number;
  /** In the order in which they are named. Nobody: a queue where nobody is online. */
  readonly agents: readonly Extension[];
}

const DEFAULT = '1=1001,1002';
const WANTED = `--queue takes the number of a queue and its extensions: ${DEFAULT}`;

// What `queues[].movideskQueueId` takes: an int of the vendor's platform has 32 bits.
const HIGHEST_ID = 2_147_483_647;

/** The queues that `--queue` names, each time it was given; as text, what is wrong with it. */
export function demoQueues(given: readonly string[]): readonly DemoQueue[] | string {
  const queues = (given.length > 0 ? given : [DEFAULT]).flatMap((text) => queueFrom(text) ?? []);
  if (queues.length < given.length) return WANTED;
  const twice = queues.find(({ id }, at) => queues.findIndex((other) => other.id === id) < at);
  return twice === undefined ? queues : `--queue names queue ${twice.id} twice`;
}

function queueFrom(text: string): DemoQueue | undefined {
  const [, number, list = ''] = /^([0-9]{1,10})=(.*)$/.exec(text) ?? [];
  const id = Number(number ?? 0);
  const words = list === '' ? [] : list.split(',').map((word) => word.trim());
  const agents = words.flatMap((word) => extensionFrom(word) ?? []);
  if (id < 1 || id > HIGHEST_ID || agents.length < words.length) return undefined;
  return { id, agents: [...new Set(agents)] };
}
