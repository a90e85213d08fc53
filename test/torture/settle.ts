import type { MovideskSimulator } from '../../src/simulators/movidesk/simulator.ts';
import { channels } from '../asterisk/lab/channels.ts';
import type { Lab } from '../asterisk/lab/lab.ts';
import { waitFor } from '../asterisk/lab/wait-for.ts';
import { diaryLeft, eraseDiary } from './diary-left.ts';
import { leftIn } from './store-view.ts';

// All is told in a few seconds; with few requests a minute, in a few minutes. The patrol, which looks round once a
// minute, must not be what heals a round.
const SETTLE_MS = 25_000;
const TIGHT_SETTLE_MS = 240_000;
const FEW_REQUESTS = 100;
const DIARY_MS = 1_500;

export interface Settling {
  readonly lab: Lab;
  readonly movidesk: MovideskSimulator;
  readonly storePath: string;
  readonly requestsPerMinute: number;
}

/** What is left of a round when everybody has gone and the daemon has had its time. */
export interface Remains {
  readonly unsettled: readonly string[];
  /** Calls of which the diary still has a note. */
  readonly diary: readonly string[];
}

export async function settle(settling: Settling): Promise<Remains> {
  const { lab, requestsPerMinute } = settling;
  await lab.pbx.console('channel request hangup all');
  await waitFor('an empty PBX', async () => (await channels(lab.pbx)).length === 0);
  const limitMs = requestsPerMinute < FEW_REQUESTS ? TIGHT_SETTLE_MS : SETTLE_MS;
  const unsettled = await leftAfter(limitMs, () => stillToDo(settling));
  const diary = await leftAfter(DIARY_MS, () => diaryLeft(lab));
  await eraseDiary(lab);
  return { unsettled, diary };
}

/** Looks until there is nothing; at the end of the time, answers what there is. */
async function leftAfter(
  limitMs: number,
  look: () => readonly string[] | Promise<readonly string[]>,
): Promise<readonly string[]> {
  let left: readonly string[] = [];
  const isNothing = async () => {
    left = await look();
    return left.length === 0;
  };
  await waitFor('nothing to be left', isNothing, limitMs).catch(() => undefined);
  return left;
}

/** Every call has its ending, and every report is delivered. */
function stillToDo({ movidesk, storePath }: Settling): string[] {
  const unended = movidesk.calls().filter(({ phase }) => phase !== 'ended');
  return [
    ...leftIn(storePath),
    ...unended.map(({ callId, phase }) => `Movidesk has it still ${phase}: ${callId}`),
  ];
}
