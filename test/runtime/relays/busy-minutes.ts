import { expect } from 'vitest';
import { agent } from '../../fakes/scripted-help-desk.ts';
import type { RelayStage } from './relay-stage.ts';

// Those whom the help desk names, and others who only phone.
export const NAMED = ['1001', '1002', '1003'];
const OTHERS = Array.from({ length: 40 }, (_, index) => String(1_101 + index));
const AGENTS = [...NAMED, ...OTHERS];
const DEVICE_STATES = ['NOT_INUSE', 'INUSE', 'RINGING', 'UNAVAILABLE', 'NOT_INUSE', 'ONHOLD'];
const FREE_OR_NOT = ['NOT_INUSE', 'NOT_INUSE', 'INUSE'];
const MINUTES = 5;

/** The same luck in every run. */
function luckFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** Five minutes in which callers come, talk and go, three of the agents take them, and phones change all the time. */
function fiveBusyMinutes(stage: RelayStage, seed: number): void {
  const { pbx, clock, helpDesk } = stage;
  const luck = luckFrom(seed);
  const oneOf = (texts: readonly string[]) => texts[luck(texts.length)] ?? '';
  helpDesk.usually = () => (luck(2) === 0 ? agent(oneOf(NAMED)) : { kind: 'all-busy' });
  const acts: readonly (() => void)[] = [
    () => pbx.phones.shows(oneOf(NAMED), oneOf(FREE_OR_NOT)),
    () => stage.switchesDnd(oneOf(AGENTS), luck(4) === 0),
    () => pbx.enters(`caller-${clock.monotonic()}`, { queue: oneOf(['support', 'sales']) }),
    () => pbx.hangsUp(pbx.names[luck(pbx.names.length)] ?? 'nobody'),
    () => {
      for (const number of pbx.ringing) pbx.answers(number);
    },
    () => {
      const [number, call] = [oneOf(AGENTS), `udesk-${luck(20)}`];
      // Nobody listens for these where there is no relay.
      if (stage.relays.length > 0) stage.does(number, 'held', call);
    },
    () => {
      const [number, call] = [oneOf(AGENTS), `udesk-${luck(20)}`];
      if (stage.relays.length > 0) stage.sends(number, call, '1002');
    },
    () => pbx.phones.shows(oneOf(OTHERS), oneOf(DEVICE_STATES)),
  ];
  for (let turn = 0; turn < MINUTES * 200; turn += 1)
    clock.after(turn * 300 + luck(300), () => acts[Math.min(luck(30), acts.length - 1)]?.());
  clock.after(200_000, () => pbx.unlink());
  clock.after(220_000, () => pbx.link());
}

/** What the help desk heard and when, what was done in the PBX, and how it ended. */
export async function ledgerOf(stage: RelayStage, seed: number) {
  await stage.start();
  stage.relay.knows(...AGENTS);
  fiveBusyMinutes(stage, seed);
  await stage.pass(MINUTES * 60);
  const { heard } = stage.helpDesk;
  const { openCalls, entries } = await stage.store.load();
  expect(heard.length).toBeGreaterThan(30);
  expect(stage.offers.length).toBeGreaterThan(2);
  return {
    heard: heard.map((one) => `${one.at} ${one.what === 'ask' ? 'ask' : one.report.kind} ${one.callId}`),
    done: stage.pbx.done,
    open: openCalls.map(({ callId, phase }) => `${callId} ${phase}`),
    untold: entries.map(({ report }) => `${report.kind} ${report.callId}`),
  };
}
