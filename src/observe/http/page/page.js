import { every, now } from './clock.js';
import { follow } from './connection.js';
import { element, write } from './dom.js';
import { firstLanguage, remember } from './language.js';
import { reasonText } from './reasons.js';
import { agents, budget, endings, figures, leaving, links, outbox, queues, talks } from './sections.js';
import { durationText, tickAll, timeText } from './times.js';
import { wordFor, words } from './words.js';

const SECTIONS = { figures, queues, talks, leaving, endings, agents, links, budget, outbox };
const SIGNS = { ready: '✓', degraded: '!', down: '✕', unknown: '?' };
const TICK_MS = 1_000;

const byId = (id) => document.getElementById(id);

/** What the page knows. Times are the browser's own, for its clock may be another than the daemon's. */
const known = {
  language: firstLanguage(),
  status: undefined,
  receivedAt: 0,
  /** When it was last known to be true. */
  heardAt: 0,
  isLost: false,
};

/** The daemon's time: it stands still while nobody knows whether what is shown is still true. */
function daemonTime() {
  const { status, receivedAt, heardAt, isLost } = known;
  return Date.parse(status.at) + ((isLost ? heardAt : now()) - receivedAt);
}

/** What each section showed last: what has not changed is left alone, so that nobody's selection or place is lost. */
const shown = new Map();

function show() {
  const { status, language } = known;
  const word = words[language];
  document.documentElement.lang = word.locale;
  for (const titled of document.querySelectorAll('[data-word]')) write(titled, word[titled.dataset.word]);
  for (const button of document.querySelectorAll('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  showConnection();
  if (status === undefined) return;
  const say = { word, language, at: daemonTime() };
  for (const [name, made] of Object.entries(SECTIONS)) showSection(name, made, say);
  byId('leaving-section').hidden = status.leaving.length === 0;
  write(byId('pbx'), status.pbx);
}

function showSection(name, made, say) {
  const { status, language } = known;
  const facts = name === 'figures' ? [status.queues, status.talks, status.agents] : status[name];
  // With the day: what was today's is yesterday's after midnight, and is shown so.
  const key = `${language} ${new Date(now()).toDateString()} ${JSON.stringify(facts)}`;
  if (shown.get(name) === key) return;
  shown.set(name, key);
  byId(name).replaceChildren(...made(status, say));
}

/** All that says how it is, and how sure that is. */
function showConnection() {
  const { status, isLost, language } = known;
  const word = words[language];
  const state = status === undefined || isLost ? 'unknown' : status.state;
  byId('headline').dataset.state = state;
  write(byId('headline').querySelector('.sign'), SIGNS[state]);
  write(byId('headline-text'), wordFor(word, 'state', state));
  showWhys(state === 'unknown' ? [] : status.links);
  byId('main').classList.toggle('is-stale', isLost);
  byId('stale').hidden = !isLost;
  // Said once: the age, which goes on, is not for a screen reader to repeat.
  write(byId('stale-text'), isLost ? word.lost : '');
  write(byId('stale-age'), isLost ? ageText(word) : '');
  const waiting = status?.queues.reduce((sum, { callers }) => sum + callers.length, 0) ?? 0;
  const title = [`${SIGNS[state]} ${word.titleWaiting(waiting)}`, status?.pbx ?? 'asterisk-movidesk'];
  if (document.title !== title.join(' · ')) document.title = title.join(' · ');
  showFooter();
}

function showWhys(links) {
  const { language } = known;
  const whys = links.filter(({ why }) => why !== undefined);
  const texts = whys.map(
    ({ name, why }) => `${wordFor(words[language], 'link', name)}: ${reasonText(why, language)}`,
  );
  const key = texts.join('\n');
  if (shown.get('whys') === key) return;
  shown.set('whys', key);
  byId('headline-whys').replaceChildren(...texts.map((text) => element('li', {}, text)));
}

function ageText(word) {
  const { status, heardAt } = known;
  if (status === undefined) return '';
  return word.dataOf(timeText(heardAt, word.locale), durationText(now() - heardAt));
}

function showFooter() {
  const { status, language } = known;
  if (status === undefined) return;
  const word = words[language];
  const upFor = word.upFor(durationText(daemonTime() - Date.parse(status.startedAt)));
  write(
    byId('footer'),
    [status.version === '' ? [] : word.version(status.version), upFor].flat().join(' · '),
  );
}

function heard() {
  known.heardAt = now();
  known.isLost = false;
}

follow({
  onStatus: (status) => {
    // Another version of the daemon has a page of its own: this one may not understand what it tells.
    if (known.status !== undefined && known.status.version !== status.version) return location.reload();
    heard();
    known.status = status;
    known.receivedAt = known.heardAt;
    show();
  },
  onAlive: () => {
    heard();
    showConnection();
  },
  onLost: () => {
    known.isLost = true;
    showConnection();
  },
});

every(TICK_MS, () => {
  if (known.status !== undefined) tickAll(daemonTime());
  showConnection();
});

for (const button of document.querySelectorAll('[data-language]'))
  button.addEventListener('click', () => {
    known.language = button.dataset.language;
    remember(known.language);
    show();
  });

show();
