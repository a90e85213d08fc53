import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file and link below a folder, by its path from there, sorted. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const EXECUTABLES = ['bin/asterisk-movidesk', 'runtime/node'];

/** Whoever builds may have any umask, and libraries come with any modes: readable by all, written by root, two programs. */
export function evenModes(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const isOpen = entry.isDirectory() || EXECUTABLES.some((file) => path.endsWith(`/${file}`));
    chmodSync(path, isOpen ? 0o755 : 0o644);
  }
  chmodSync(folder, 0o755);
}
