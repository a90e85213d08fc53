import { Writable } from 'node:stream';
import pretty from 'pino-pretty';

/** Lines for a person at a terminal: time, level, the call and what became of it, then the other facts. */
export function prettyLines(output: { write(line: string): void }): NodeJS.WritableStream {
  return pretty({
    colorize: false,
    sync: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'callId,from,to,input',
    messageFormat: (line, messageKey) => messageOf(line, String(line[messageKey])),
    destination: new Writable({
      write(chunk, _encoding, written) {
        output.write(`${inOneLine(String(chunk).trimEnd())}\n`);
        written();
      },
    }),
  });
}

function messageOf(line: Record<string, unknown>, message: string): string {
  const { callId, from, to, input } = line;
  if (callId === undefined) return message;
  return from === undefined ? `${callId} ${message}` : `${callId} ${from} → ${to} on ${input}`;
}

/** A stack, or a name that a caller made up, may hold line breaks and what steers a terminal. */
function inOneLine(text: string): string {
  return text
    .replace(/\s*[\r\n\u2028\u2029\u0085]+\s*/g, ' | ')
    .replace(/\p{Cc}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}
