import { words } from './words.js';

const KEY = 'asterisk-movidesk.language';

/** The one that was chosen here before; else the browser's. */
export function firstLanguage() {
  const chosen = remembered();
  if (chosen in words) return chosen;
  return navigator.language.toLowerCase().startsWith('pt') ? 'pt' : 'en';
}

/** A browser that keeps nothing asks again the next time. */
export function remember(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {}
}

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
