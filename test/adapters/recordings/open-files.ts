import { readdirSync, readlinkSync } from 'node:fs';

/** What this process has open below a folder. A descriptor may be gone before it is looked at. */
export function openBelow(folder: string): readonly string[] {
  const open = readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return [];
    }
  });
  return open.filter((path) => path.startsWith(folder));
}
