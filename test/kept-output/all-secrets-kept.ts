import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEPT_OUTPUT, leaksIn, readKept } from './kept-output.ts';

/** Around the whole suite: no process in it may have said a secret that it was given. */
export default function allSecretsKept(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'kept-output-'));
  const file = join(folder, 'outputs');
  process.env[KEPT_OUTPUT] = file;
  return () => {
    const outputs = readKept(file);
    rmSync(folder, { recursive: true });
    const leaks = leaksIn(outputs);
    if (leaks.length > 0) throw new Error(`Secrets got out:\n${leaks.join('\n')}`);
    const bytes = outputs.reduce((sum, { text }) => sum + text.length, 0);
    process.stdout.write(
      `No secret in what ${outputs.length} processes said (${Math.round(bytes / 1_024)} KiB).\n`,
    );
  };
}
