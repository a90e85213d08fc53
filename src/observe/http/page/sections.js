import { element, table, twoLines } from './dom.js';
import { reasonText } from './reasons.js';
import { durationText, lasting, timeText } from './times.js';
import { wordFor } from './words.js';

/**
 * What stands in each section: from the status, the words of the language, and the daemon's present time. Each yields the
 * elements that replace the section's content.
 */

const nothing = (text) => element('p', { class: 'nothing' }, text);
// Four digits behind their stars, and a word that stands for none, as `anonymous`.
const SHORT_NUMBER = 9;

/** As in the log, but for the stars: how many there are says nothing, and a phone's screen is narrow. */
function caller(number) {
  const text = number.replace(/^\*{4,}/, '***');
  return element('span', { class: text.length > SHORT_NUMBER ? 'number' : 'number is-short' }, text);
}

const badge = (kind, text) => element('span', { class: 'badge', 'data-kind': kind }, text);

export function queues({ queues: all }, say) {
  return all.map(({ name, callers }) => {
    const title = element('h3', {}, name, ' ', element('span', { class: 'count' }, String(callers.length)));
    if (callers.length > 0) return element('div', {}, title, line(callers, say));
    return element('div', { class: 'empty' }, title, nothing(say.word.nobodyWaits));
  });
}

function line(callers, { word, at }) {
  const rows = callers.map(({ number, since, phase, extension }, index) => [
    String(index + 1),
    caller(number),
    lasting(since, at),
    phase === 'offered' ? badge('offered', word.ringingAt(extension)) : badge('waiting', word.waiting),
  ]);
  return table([word.place, word.caller, word.waits, word.where], rows);
}

export function talks({ talks: all }, { word, at }) {
  if (all.length === 0) return [nothing(word.nobodyTalks)];
  const rows = all.map(({ number, queue, extension, since }) => [
    twoLines(caller(number), word.queueOf(queue)),
    extension,
    lasting(since, at),
  ]);
  return [table([word.caller, word.agent, word.lasts], rows)];
}

export function leaving({ leaving: all }, { word, at }) {
  const rows = all.map(({ number, queue, reason, since }) => [
    twoLines(caller(number), word.queueOf(queue)),
    wordFor(word, 'reason', reason),
    lasting(since, at),
  ]);
  return [table([word.caller, word.where, word.lasts], rows)];
}

export function endings({ endings: all }, { word }) {
  if (all.length === 0) return [nothing(word.noEndings)];
  const rows = all.map((ending) => [
    element('time', { datetime: ending.endedAt }, timeText(ending.endedAt, word.locale)),
    twoLines(caller(ending.number), word.queueOf(ending.queue)),
    outcome(ending, word),
    waitedTalked(ending),
  ]);
  return [table([word.ended, word.caller, word.outcome, word.waitedTalked], rows)];
}

function outcome({ ending, extension, reason }, word) {
  const what = badge(ending, wordFor(word, 'ending', ending));
  if (extension !== undefined) return twoLines(what, word.withAgent(extension));
  return twoLines(what, reason === undefined ? undefined : wordFor(word, 'reason', reason));
}

function waitedTalked({ enteredAt, answeredAt, endedAt }) {
  const between = (from, to) => durationText(Date.parse(to) - Date.parse(from));
  if (answeredAt === undefined) return twoLines(between(enteredAt, endedAt), '–');
  return twoLines(between(enteredAt, answeredAt), between(answeredAt, endedAt));
}

export function agents({ agents: all }, { word, language }) {
  if (all.length === 0) return [nothing(word.noAgents)];
  const cards = all.map(({ extension, state, why, device }) => {
    const more = why === undefined ? deviceText(state, device) : reasonText(why, language);
    return element(
      'li',
      { 'data-agent': state },
      element('b', {}, extension),
      element('span', {}, wordFor(word, 'agent', state)),
      more === undefined ? undefined : element('small', {}, more),
    );
  });
  return [element('ul', { class: 'agents' }, ...cards)];
}

/** Where the phone's own word says more than ours. */
const deviceText = (state, device) => (state === 'busy' || state === 'offline' ? device : undefined);

export function links({ links: all }, { word, language }) {
  const items = all.map((link) =>
    element(
      'li',
      { 'data-state': link.state },
      element('b', {}, wordFor(word, 'link', link.name)),
      element('span', {}, wordFor(word, 'link', link.state)),
      element('small', {}, linkText(link, word, language)),
    ),
  );
  return [element('ul', { class: 'links' }, ...items)];
}

function linkText({ why, isConnected, isReconciled, since }, word, language) {
  const isReconciling = isConnected === true && isReconciled === false;
  const what = isReconciling ? word.reconciling : why === undefined ? '' : reasonText(why, language);
  const when = since === undefined ? '' : word.since(timeText(since, word.locale));
  return [what, when].filter((text) => text !== '').join(', ');
}

export function budget({ budget: { used, limit, configured, ratio } }, { word }) {
  const text = word.budgetUsed(used, limit);
  const percent = Math.round(ratio * 100);
  const bar = element('span', { class: 'bar' });
  // By a property, not by an attribute: the page's policy allows no styles in its HTML.
  bar.style.width = `${percent}%`;
  const range = { 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': String(percent) };
  const meter = element(
    'div',
    { class: 'meter', role: 'meter', 'aria-labelledby': 'budget-title', ...range },
    bar,
  );
  meter.setAttribute('aria-valuetext', text);
  const lowered = limit < configured ? nothing(word.budgetLowered(configured)) : undefined;
  return [meter, element('p', { class: 'budget-text' }, text), lowered].filter((each) => each !== undefined);
}

export function outbox({ outbox: all }, { word, at }) {
  const rows = all.map(({ lane, due, parked, oldestAt }) => [
    lane === 'movidesk' ? word.linkHelpDesk : wordFor(word, 'link', lane),
    String(due),
    parked > 0 ? badge('parked', String(parked)) : '0',
    oldestAt === undefined ? '–' : lasting(oldestAt, at),
  ]);
  const isAnyParked = all.some(({ parked }) => parked > 0);
  const found = [table([word.lane, word.due, word.parked, word.oldest], rows)];
  return isAnyParked ? [...found, nothing(word.parkedHelp)] : found;
}

/** The four figures that tell most: a glance is enough. */
export function figures({ queues: all, talks: talking, agents: board }, { word, at }) {
  const callers = all.flatMap((queue) => queue.callers);
  const since = callers.map((caller) => caller.since).sort()[0];
  const free = board.filter(({ state }) => state === 'free').length;
  const figure = (name, value) => element('div', {}, element('dt', {}, name), element('dd', {}, value));
  return [
    figure(word.figureWaiting, String(callers.length)),
    figure(word.figureLongest, since === undefined ? '–' : lasting(since, at)),
    figure(word.figureTalking, String(talking.length)),
    figure(word.figureFree, `${free} / ${board.length}`),
  ];
}
