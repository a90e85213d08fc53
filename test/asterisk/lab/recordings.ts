import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINKS } from './bridge.ts';
import type { Lab } from './lab.ts';

const WAV_HEAD_BYTES = 44;
// Silence is below 10; the voice of the lab's callers is above 10,000.
const LOUD = 1_000;

/** The file that a link leads to, on the disk of the PBX: of an admin's web server, or of the daemon's own. */
export function linkedFile(lab: Lab, link: string): string {
  if (link.startsWith(LINKS)) return spoolFile(lab, decodeURIComponent(link.slice(LINKS.length)));
  const [, path] = /^\/recordings\/(.+)$/.exec(new URL(link).pathname) ?? [];
  if (path === undefined) throw new Error(`${link} leads to no recording`);
  return join(lab.pbx.home.outside, 'spool', decodeURIComponent(path));
}

export function spoolFile(lab: Lab, name: string): string {
  return join(lab.pbx.home.outside, 'spool', 'movidesk', name);
}

/** Whether somebody can be heard in a recording (16 bit PCM). */
export function hasSound(file: string): boolean {
  if (!existsSync(file)) return false;
  const wav = readFileSync(file);
  for (let at = WAV_HEAD_BYTES; at + 1 < wav.length; at += 2) {
    if (Math.abs(wav.readInt16LE(at)) > LOUD) return true;
  }
  return false;
}
