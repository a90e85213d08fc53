import type { Application } from './application.ts';
import type { Extension } from './seat.ts';

/** A phone's account. Nobody has registered with it yet: offline. The password is the system's choice. */
export function newExtension(application: Application, number: string): Extension {
  const extension: Extension = {
    number,
    password: application.world.hex(16),
    sipNumber: `${application.facts.extensionPrefix}${number}`,
    state: 'offline',
  };
  application.extensions.set(number, extension);
  return extension;
}

const FIRST_FREE = 8001;
const LAST = 9999;

/** A number that nobody has, if one is left. */
export function freeNumber({ extensions }: Application): string | undefined {
  const numbers = Array.from({ length: LAST - FIRST_FREE + 1 }, (_, at) => String(FIRST_FREE + at));
  return numbers.find((number) => !extensions.has(number));
}
