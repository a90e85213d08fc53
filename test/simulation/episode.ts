import { SimulatedWorld } from './simulated-world.ts';

/** Everything that a run depends on: the same episode is the same run. */
export interface Episode {
  readonly seed: number;
  /** Simulated time during which callers come and things go wrong. */
  readonly hours: number;
  readonly agents: number;
  readonly callsPerHour: number;
  /** How often somebody has an agent call a customer from the help desk; nobody, if not said. */
  readonly wishesPerHour?: number;
  /** 0: nothing goes wrong; 1: a stormy hour. */
  readonly severity: number;
  /** People are in a hurry, and waits are short: a quarter of an hour shows as much as an hour does. */
  readonly isQuick?: boolean;
}

export interface Outcome {
  readonly episode: Episode;
  /** What was promised and not kept, with the simulated time. */
  readonly breaches: readonly string[];
  readonly callers: number;
  readonly visits: number;
  readonly answers: number;
  readonly endings: number;
  /** That agents call customers; phones rung for it; links of their recordings that were told. */
  readonly wishes: number;
  readonly made: number;
  readonly links: number;
  readonly lives: number;
  readonly faults: number;
  readonly requests: number;
  readonly simulatedMs: number;
}

/** What happens, as it happens: for the one who looks for the reason of a breach. */
export type Trace = (passedMs: number, text: string) => void;

/** Plays a world to its end. First safety, with everything going wrong; then progress, with nothing wrong any more. */
export async function play(episode: Episode, trace?: Trace): Promise<Outcome> {
  const world = await SimulatedWorld.build(episode, trace);
  try {
    await world.storm();
    await world.calm();
  } catch (cause) {
    world.breach(cause instanceof Error ? String(cause.stack) : String(cause));
  }
  return world.end();
}

/** The command that plays it again. */
export function commandOf(episode: Episode): string {
  const { seed, hours, agents, callsPerHour, wishesPerHour = 0, severity, isQuick = false } = episode;
  const quick = isQuick ? ' --quick' : '';
  return `npm run simulate -- --seed ${seed} --hours ${hours} --agents ${agents} --calls ${callsPerHour} --wishes ${wishesPerHour} --severity ${severity}${quick} --trace`;
}
