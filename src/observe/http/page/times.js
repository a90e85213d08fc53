import { now } from './clock.js';
import { element } from './dom.js';

const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 3_600;

const twoDigits = (number) => String(number).padStart(2, '0');

/** How long, short enough for a table and without a word to translate: `5 s`, `2 min 05 s`, `1 h 02 min`. */
export function durationText(ms) {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  if (seconds < MINUTE_S) return `${seconds} s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min ${twoDigits(seconds % MINUTE_S)} s`;
  return `${Math.floor(seconds / HOUR_S)} h ${twoDigits(Math.floor((seconds % HOUR_S) / MINUTE_S))} min`;
}

// Of 24 hours in every language, as in the log.
const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

const DAY = { day: '2-digit', month: '2-digit' };

/** The time of the day where the reader is; the day as well where it is not today. */
export function timeText(iso, locale) {
  const then = new Date(iso);
  const isToday = then.toDateString() === new Date(now()).toDateString();
  return new Intl.DateTimeFormat(locale, isToday ? TIME : { ...DAY, ...TIME }).format(then);
}

/** How long something has lasted; it goes on by itself, with `tickAll`. */
export const lasting = (since, at) =>
  element(
    'time',
    { class: 'ticks', datetime: since, 'data-since': since },
    durationText(at - Date.parse(since)),
  );

/** Brings every duration on the page up to date. */
export function tickAll(at) {
  for (const time of document.querySelectorAll('[data-since]'))
    time.textContent = durationText(at - Date.parse(time.dataset.since));
}
