import type { Listening } from './listening.ts';

/** An action as Asterisk understands what was written: header names in lower case. */
export type Written = Readonly<Record<string, string>>;

/** Keeps what the adapter writes to Asterisk, byte for byte. */
export class WrittenActions {
  readonly #listening: Listening;
  #text = '';

  constructor(listening: Listening) {
    this.#listening = listening;
    listening.asterisk.sending.on('data', (text: string) => {
      this.#text += text;
    });
  }

  /** What was written since the last time, once it has all arrived. */
  async take(): Promise<readonly Written[]> {
    await this.#listening.hear();
    const text = this.#text;
    this.#text = '';
    return actionsIn(text);
  }
}

/**
 * As Asterisk reads: a line ends at its line feed, whatever stands before that; an empty line ends the action. A header
 * that stands there twice would be found by its second value.
 */
export function actionsIn(text: string): readonly Written[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const actions: Record<string, string>[] = [];
  let current: Record<string, string> = {};
  for (const line of lines) {
    if (line !== '') {
      const [name = '', ...rest] = line.split(':');
      current[`${name.toLowerCase()}${name.toLowerCase() in current ? ' again' : ''}`] = rest
        .join(':')
        .trim();
    } else if (Object.keys(current).length > 0) {
      actions.push(current);
      current = {};
    }
  }
  return actions.map(({ actionid: _, ...action }) => action);
}
