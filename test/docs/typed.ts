// In a list it stands further in.
const FENCE = /^ *```[\s\S]*?^ *```$/gm;

/** What a page gives to be typed or shows of what is typed: its code, a line each. */
export const codeIn = (text: string): readonly string[] => [
  ...(text.match(FENCE) ?? []).flatMap((fence) => fence.split('\n').slice(1, -1)),
  ...[...text.replace(FENCE, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
];

// Behind the name of a container, or of a unit, no command is meant; and what stands behind it ends where the shell goes on.
const PROGRAM = /(?<!systemctl [^|;&]*|-u )\basterisk-movidesk ((?!asterisk-movidesk)[a-z][^|;&>)#]*)/g;
const DEMO = /\bnpm run demo(?: -- ([^|;&>)#]*))?/g;

/** Commands of ours, from the name of the command on. */
export const commandsTypedIn = (code: readonly string[]): readonly string[] =>
  code.flatMap((line) => [
    ...[...line.matchAll(PROGRAM)].map(([, typed = '']) => typed.trim().replace(/\s+/g, ' ')),
    ...[...line.matchAll(DEMO)].map(([, options = '']) => `demo ${options}`.trim()),
  ]);

const KEY = /^(?:asterisk|movidesk|queues\[\]|agents|dialplan|recordings|store|http|log|udesk|ccai)\.\w+/;

/** Keys of the configuration that code begins with. */
export const keysIn = (code: readonly string[]): readonly string[] =>
  code.flatMap((line) => KEY.exec(line)?.[0] ?? []);
