import { highestAllowed } from '../../src/domain/budget/allowance.ts';
import type { BridgeSettings } from '../../src/runtime/settings.ts';
import { type PbxSimulator, startPbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import { startPeople } from '../../src/simulators/pbx/people.ts';
import { SimulatedDoor } from './ami-cable.ts';
import { Chance } from './chance.ts';
import { Checkers } from './checkers.ts';
import type { Episode, Outcome, Trace } from './episode.ts';
import { Faults } from './faults.ts';
import { Lives } from './lives.ts';
import { MadeCallCheckers } from './made-call-checkers.ts';
import { Mischief } from './mischief.ts';
import { SimulatedMovidesk } from './simulated-movidesk.ts';
import { ASTERISK_QUEUES, customerOf, ENTRANCES, extensionsOf, helpDeskQueues, settingsOf } from './town.ts';
import { logTo, tellAll } from './trace.ts';
import { Truth, type Visit } from './truth.ts';
import { VirtualTime } from './virtual-time.ts';
import { Wishers } from './wishers.ts';

const HOUR_MS = 3_600_000;
const LOOK_EVERY_MS = 1_000;
const LOOK_ROUND_EVERY_MS = 10_000;
// What was refused for no fault of its own waits for somebody to look.
const OPERATOR_COMES_EVERY_MS = 600_000;
// After the last fault: the longest wait, a talk, a message of three minutes, retries that have grown to a minute, and the
// budget's way through what has piled up. At six requests a minute that may be long.
const PROGRESS_MS = 4 * HOUR_MS;
// Nothing is wrong, nobody is there: whatever is told now is told too late.
const QUIET_MS = 90_000;
// Somebody who comes in must be noticed where nothing was wrong from this long before to this long after.
const CALM_BEFORE_MS = 90_000;
const CALM_AFTER_MS = 15_000;
// A help desk that was silent to the last is given another caller a minute after callers were sent away, and no sooner.
const RECOVERED_AFTER_MS = 180_000;

// Codes have one digit, extensions four.
const NAMED = /^"([0-9]{4})"$/;

interface Parts {
  readonly episode: Episode;
  readonly time: VirtualTime;
  readonly settings: BridgeSettings;
  readonly pbx: PbxSimulator;
  readonly movidesk: SimulatedMovidesk;
  readonly lives: Lives;
  readonly mischief: Mischief;
  readonly faults: Faults;
  readonly people: { stop(): void };
  readonly wishers: Wishers;
  readonly truth: Truth;
  readonly checkers: Checkers;
  readonly madeCalls: MadeCallCheckers;
  readonly note: (text: string) => void;
}

/** One world from one seed: a PBX with its people, Movidesk, the daemon in between, and everything that goes wrong. */
export class SimulatedWorld {
  readonly #parts: Parts;

  static async build(episode: Episode, trace?: Trace): Promise<SimulatedWorld> {
    const time = new VirtualTime();
    const note = (text: string) => trace?.(time.passedMs, text);
    return new SimulatedWorld(await partsOf(episode, { time, note }, trace !== undefined));
  }

  private constructor(parts: Parts) {
    this.#parts = parts;
    parts.truth.onEntered = (visit) => this.#mustBeKnown(visit);
    if (parts.episode.severity === 0) parts.truth.onEnded = (visit) => parts.checkers.endedUndisturbed(visit);
    this.#every(LOOK_EVERY_MS, () => parts.checkers.look());
    this.#every(LOOK_ROUND_EVERY_MS, () => this.#lookRound());
    this.#every(OPERATOR_COMES_EVERY_MS, () => this.#operatorComes());
    parts.lives.start();
  }

  /** Callers come, and things go wrong. */
  async storm(): Promise<void> {
    await this.#pass(this.#parts.episode.hours * HOUR_MS);
  }

  /** Nothing goes wrong any more, nobody else comes: everything must come to its end. */
  async calm(): Promise<void> {
    const { faults, mischief, people, wishers, note, checkers, madeCalls, lives } = this.#parts;
    note('the faults end');
    faults.stop();
    wishers.stop();
    mischief.mend();
    let isOver = false;
    this.#every(LOOK_ROUND_EVERY_MS, async () => {
      isOver ||= await this.#hasEnded();
    });
    await this.#pass(PROGRESS_MS, () => isOver);
    people.stop();
    if (this.#isBroken) return;
    if (!isOver) checkers.breach('not everything has come to its end');
    await this.#pass(QUIET_MS);
    const kept = await lives.store.load();
    checkers.conclude(kept);
    madeCalls.conclude(kept);
  }

  breach(text: string): void {
    this.#parts.checkers.breach(text);
  }

  async end(): Promise<Outcome> {
    const { episode, time, pbx, truth, checkers, madeCalls, lives, faults, movidesk } = this.#parts;
    let isEnded = false;
    void lives.end().then(() => {
      isEnded = true;
    });
    await time.passUntil(time.passedMs + 60_000, () => isEnded);
    if (!isEnded) checkers.breach('asked to stop, it does not');
    await lives.store.close();
    return {
      episode,
      breaches: checkers.breaches,
      callers: pbx.stats.callers,
      visits: truth.visits,
      answers: truth.allAnswered.size,
      endings: checkers.endings,
      wishes: madeCalls.wishes,
      made: madeCalls.rung,
      links: madeCalls.links,
      lives: lives.count,
      faults: faults.count,
      requests: movidesk.reception.ledger.entries.length,
      simulatedMs: time.passedMs,
    };
  }

  #lookRound(): void {
    const { checkers, lives, mischief, faults, time, pbx } = this.#parts;
    checkers.lookForTheStarved();
    if (faults.isAnyOn || pbx.faults.areAnyLeft) mischief.disturbed();
    const calmForMs = Math.min(lives.aliveForMs, time.passedMs - mischief.lastDisturbedMs);
    if (pbx.isUp && calmForMs > CALM_BEFORE_MS) void this.#lookAtTheCalm(calmForMs);
  }

  /** Once what has piled up is told: until then the limit may leave nothing for questions, and callers are kept out. */
  async #lookAtTheCalm(calmForMs: number): Promise<void> {
    const { checkers, lives } = this.#parts;
    if ((await lives.store.undelivered()).length > 0) return;
    checkers.lookForTheIgnored();
    if (calmForMs > RECOVERED_AFTER_MS) checkers.lookAtTheHeart();
  }

  #operatorComes(): void {
    const { movidesk, lives, note } = this.#parts;
    if (movidesk.weather === 'refuses requests') return;
    note('the operator sends what is parked again');
    void lives.releaseParked();
  }

  get #isBroken(): boolean {
    return this.#parts.checkers.breaches.length > 0;
  }

  async #pass(ms: number, isOver: () => boolean = () => false): Promise<void> {
    const { time } = this.#parts;
    await time.passUntil(time.passedMs + ms, () => this.#isBroken || isOver());
  }

  #every(ms: number, look: () => void): void {
    this.#parts.time.after(ms, () => {
      look();
      this.#every(ms, look);
    });
  }

  async #hasEnded(): Promise<boolean> {
    const { pbx, lives } = this.#parts;
    if (!pbx.isUp || lives.current === undefined) return false;
    if (pbx.callers.some(({ place }) => place !== 'gone')) return false;
    const { openCalls, openMadeCalls, entries } = await lives.store.load();
    return openCalls.length + openMadeCalls.length + entries.length === 0;
  }

  #mustBeKnown(visit: Visit): void {
    const { time, mischief, checkers } = this.#parts;
    time.after(CALM_AFTER_MS, () => {
      if (mischief.lastDisturbedMs < visit.enteredAt - CALM_BEFORE_MS && visit.enteredAt > CALM_BEFORE_MS)
        checkers.isKnown(visit);
    });
  }
}

interface Surroundings {
  readonly time: VirtualTime;
  readonly note: (text: string) => void;
}

async function partsOf(episode: Episode, { time, note }: Surroundings, isTraced: boolean): Promise<Parts> {
  const chance = new Chance(episode.seed);
  const settings = settingsOf(episode, chance.streamOf('settings'));
  const extensions = extensionsOf(episode);
  const door = new SimulatedDoor(time, chance.streamOf('network'));
  const pbx = await startPbxSimulator({
    username: 'movidesk',
    secret: 'sesame',
    door,
    clock: time,
    random: chance.streamOf('pbx').next,
    mayOriginate: true,
    outsiderOf: customerOf,
    phones: extensions,
    queues: ASTERISK_QUEUES,
  });
  const movidesk = new SimulatedMovidesk({
    time,
    chance: chance.streamOf('movidesk'),
    requestsPerMinute: highestAllowed(settings.requestsPerMinute),
    queues: helpDeskQueues(extensions),
  });
  if (isTraced) tellAll({ pbx, movidesk, note });
  const truth = new Truth(() => time.passedMs);
  pbx.onEvent(truth.hear);
  const checkers = new Checkers({ pbx, movidesk, truth, settings, nowMs: () => time.passedMs });
  const madeCalls: MadeCallCheckers = new MadeCallCheckers({
    ...{ time, pbx, truth: truth.made, isCalm: episode.severity === 0 },
    breach: (text) => checkers.breach(text),
    life: () => lives.current,
    stalledUntilMs: () => door.weather.stalledUntil,
  });
  movidesk.reception.ledger.onRequest(madeCalls.hear);
  const lives: Lives = new Lives({
    time,
    chance: chance.streamOf('lives'),
    door,
    movidesk,
    settings,
    log: logTo(isTraced ? note : undefined),
    onCommitted: (step) => {
      checkers.committed(step);
      madeCalls.committed(step);
    },
    onDeath: (death) => {
      mischief.disturbed();
      note(`the process ends: ${typeof death === 'object' ? String(death.brokenBy) : death}`);
    },
    onBroken: (cause) =>
      checkers.breach(`the process broke: ${cause instanceof Error ? cause.stack : cause}`),
  });
  const mischief: Mischief = new Mischief({
    time,
    chance: chance.streamOf('mischief'),
    door,
    pbx,
    movidesk,
    truth,
    lives,
    extensions,
  });
  const faults = new Faults(
    {
      time,
      chance: chance.streamOf('faults'),
      world: mischief,
      onFault: (name) => {
        mischief.disturbed();
        note(`FAULT ${name}`);
      },
    },
    episode.severity,
  );
  const people = startPeople(pbx, {
    clock: time,
    random: chance.streamOf('people').next,
    callsPerMinute: episode.callsPerHour / 60,
    calls: Math.round(episode.callsPerHour * episode.hours),
    queues: ENTRANCES,
    talkSeconds: episode.isQuick ? 40 : 150,
    thinkSeconds: episode.isQuick ? 8 : 40,
    patienceSeconds: episode.isQuick ? 60 : 240,
  });
  const wishers = new Wishers(
    {
      ...{ time, chance: chance.streamOf('wishes'), pbx, lives, pbxName: settings.pbxName },
      ...{ extensions, witness: madeCalls, note },
    },
    episode.wishesPerHour ?? 0,
  );
  movidesk.reception.ledger.onRequest(({ body }) => {
    const named = NAMED.exec(body)?.[1];
    if (named !== undefined) wishers.named(named);
  });
  return {
    episode,
    time,
    settings,
    pbx,
    movidesk,
    lives,
    mischief,
    faults,
    people,
    wishers,
    truth,
    checkers,
    madeCalls,
    note,
  };
}
