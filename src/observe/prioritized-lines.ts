// syslog(3), as sd-daemon(3) has them written before a line.
const PRIORITIES: Readonly<Record<string, number>> = { error: 3, warn: 4, info: 6, debug: 7 };
const INFO = 6;

/** Puts the priority before each line, which carries its level as the logger writes it: first. */
export function prioritizedLines(output: { write(line: string): void }): { write(line: string): void } {
  return {
    write: (line) => {
      const [, level = ''] = /^\{"level":"(\w+)"/.exec(line) ?? [];
      output.write(`<${PRIORITIES[level] ?? INFO}>${line}`);
    },
  };
}
