import { join } from 'node:path';
import { cacheFolder } from './debian-root.ts';

export const IMAGE = 'localhost/asterisk-movidesk:test';

/** Apart from the images of whoever works on this machine. vfs, which needs nothing of the kernel and works in a container, too. */
const STORE = join(cacheFolder(), 'containers');
export const STORAGE = [
  ...['--storage-driver', 'vfs', '--root', join(STORE, 'images'), '--runroot', join(STORE, 'run')],
];
