import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Where the Debian package puts what a checkout has in config/.
const PACKAGED = '/usr/share/asterisk-movidesk';

/** How to call a file that we ship, so that whoever is told to copy it finds it: `example.yaml`, `asterisk/…`. */
export function shippedFile(name: string, packaged: string = PACKAGED): string {
  const path = join(packaged, name);
  return existsSync(path) ? path : `config/${name}`;
}
