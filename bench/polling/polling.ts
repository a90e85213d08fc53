import { parseArgs } from 'node:util';
import { ASSUMPTIONS } from './assumptions.ts';
import { barsOf, type Outcome } from './bars.ts';
import { CONTENDERS, NO_LIMIT, SAME_LIMIT } from './contenders/contenders.ts';
import { Crew } from './crew.ts';
import { figuresOf } from './figures.ts';
import { barText, settingText } from './print.ts';
import { SETTINGS, type Setting } from './settings.ts';

const HELP = `Ways to spend Movidesk's ten requests a minute, side by side: eight-hour days on virtual time, the same for each.

  npm run bench:polling -- [--days N] [--seed N] [--setting NAME] [--policy NAME] [--json] [--no-bar]

  --days N        of each setting; the figures are pooled (3)
  --seed N        of the first day; the next ones have the next numbers (1)
  --setting NAME  only this one: ${SETTINGS.map(({ name }) => name).join('; ')}
  --policy NAME   only this one (may be repeated) and the clairvoyants, without verdict: ${CONTENDERS.map(({ name }) => name).join('; ')}
  --json          all figures, as data
  --no-bar        only look: no verdict, and no exit code 1 where a bar is missed
`;

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    setting: { type: 'string' },
    policy: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    'no-bar': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const settings = SETTINGS.filter(({ name }) => name === (values.setting ?? name));
const everybody = CONTENDERS.map(({ name }) => name);
const wanted = values.policy ?? everybody;
const isKnown = wanted.every((name) => everybody.includes(name));
const contenders = CONTENDERS.filter(
  (one) => one === NO_LIMIT || one === SAME_LIMIT || wanted.includes(one.name),
);
const seeds = Array.from({ length: Number(values.days) }, (_, index) => Number(values.seed) + index);
if (settings.length === 0 || !isKnown || seeds.length === 0 || seeds.some(Number.isNaN)) {
  console.error(HELP);
  process.exit(64);
}

if (!values.json) console.log(`Taken for granted:\n${ASSUMPTIONS.map((line) => `  - ${line}`).join('\n')}\n`);
const outcomes = await playAll();
// A bar needs the whole field.
const bars = values['no-bar'] || values.policy !== undefined ? [] : barsOf(outcomes);
if (values.json) console.log(JSON.stringify({ seeds, outcomes, bars }, undefined, 2));
else for (const bar of bars) console.log(barText(bar));
process.exitCode = bars.every(({ isHeld }) => isHeld) ? 0 : 1;

/** Each setting is told as soon as it and those before it are played. */
async function playAll(): Promise<readonly Outcome[]> {
  using crew = new Crew();
  const outcomes: Outcome[] = [];
  for (const playing of settings.map((setting) => play(setting, crew))) {
    const outcome = await playing;
    outcomes.push(outcome);
    if (!values.json) console.log(`${settingText(outcome)}\n`);
  }
  return outcomes;
}

async function play(setting: Setting, crew: Crew): Promise<Outcome> {
  const daysOf = async (contender: string) =>
    [
      contender,
      await Promise.all(seeds.map((seed) => crew.play({ setting: setting.name, contender, seed }))),
    ] as const;
  const played = await Promise.all(contenders.map(({ name }) => daysOf(name)));
  const days = new Map(played);
  const clairvoyants = { noLimit: days.get(NO_LIMIT.name) ?? [], sameLimit: days.get(SAME_LIMIT.name) ?? [] };
  return { setting, figures: played.map(([name, all]) => figuresOf(name, all, clairvoyants)) };
}
