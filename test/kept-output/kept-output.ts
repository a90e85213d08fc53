import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What one process said, and what it must not have said. */
export interface KeptOutput {
  readonly secrets: readonly string[];
  readonly text: string;
}

// Where `all-secrets-kept.ts` looks when the suite is over; it names the file before the first worker begins.
export const KEPT_OUTPUT = 'KEPT_OUTPUT';

/** Keeps what a process said for the search at the end of the suite. Of a run without that search nothing is kept. */
export function keepOutput(kept: KeptOutput): void {
  const file = process.env[KEPT_OUTPUT];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(kept)}\n`);
}

export const readKept = (file: string): readonly KeptOutput[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as KeptOutput)
    : [];

/** The secrets that got out, each with what stood around it. Nobody's secret is anybody's: the demo's may not be seen either. */
export function leaksIn(outputs: readonly KeptOutput[]): readonly string[] {
  return outputs.flatMap(({ secrets, text }) =>
    [...secrets, ...(text.match(/[\w-]+-of-nobody/g) ?? [])].flatMap((secret) => {
      const at = text.indexOf(secret);
      return at === -1 ? [] : [`${secret} in: ${text.slice(Math.max(0, at - 120), at + secret.length + 40)}`];
    }),
  );
}

const GIVEN = /(?:token|secret)\s*:\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s,}"'#]+))/gi;
const GIVEN_FILE = /(?:token|secret)File\s*:\s*"?([^\s,}"]+)/gi;

/** The secrets that a process is given by its environment, by the configuration that it is told to read, and by their files. */
export function secretsGiven(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const configured = args.filter((word) => /\.ya?ml$/.test(word) && existsSync(word)).map(textOf);
  const inline = configured.flatMap((text) =>
    [...text.matchAll(GIVEN)].map(([, one, two, three]) => one ?? two ?? three ?? ''),
  );
  const named = configured.flatMap((text) => [...text.matchAll(GIVEN_FILE)].map(([, path]) => path ?? ''));
  const byEnvironment = Object.entries(env).filter(([name]) => /_(TOKEN|SECRET)(_FILE)?$/.test(name));
  const files = [
    ...named,
    ...byEnvironment.flatMap(([name, value = '']) => (name.endsWith('_FILE') ? [value] : [])),
  ];
  const values = byEnvironment.flatMap(([name, value = '']) => (name.endsWith('_FILE') ? [] : [value]));
  const secrets = [
    ...inline,
    ...values,
    ...files.filter((path) => existsSync(path)).map((path) => textOf(path).trim()),
  ];
  // What is shorter than this stands in any log by chance.
  return secrets.filter((secret) => secret.length >= 6);
}

const textOf = (path: string): string => readFileSync(path, 'utf8');
