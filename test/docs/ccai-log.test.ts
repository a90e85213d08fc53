import { describe, expect, test } from 'vitest';
import { sourcesUnder, textOf } from '../house/source-files.ts';
import { logMessages, SAID_OF_ONE } from './log-messages.ts';

const page = textOf('docs/ccai.md');

const files = {
  ...Object.fromEntries(sourcesUnder('src/adapters/ccai', 'src/runtime/relays')),
  'src/ccai-link.ts': textOf('src/ccai-link.ts'),
  'src/observe/http/ccai-outbound-room.ts': textOf('src/observe/http/ccai-outbound-room.ts'),
};
const sources = new Map(Object.entries(files));
const said = logMessages(sources);

/** The tables of the page whose first head is this: their rows, by cells. */
function tablesUnder(head: string): readonly (readonly string[])[] {
  const tables = page.split(`\n| ${head} |`).slice(1);
  return tables.flatMap((rest) => {
    const [, , ...lines] = rest.split('\n');
    const end = lines.findIndex((line) => !line.startsWith('|'));
    return lines.slice(0, end).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
  });
}

const quotedIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

describe('the log', () => {
  test('whatever it says of CCAI Platform stands on its page', () => {
    const others: readonly string[] = SAID_OF_ONE.udesk;
    expect(said).toEqual(
      expect.arrayContaining([...others, ...SAID_OF_ONE.ccai, 'an agent was to call out']),
    );
    const untold = said.filter((message) => !others.includes(message) && !page.includes(`\`${message}\``));
    expect(untold).toEqual([]);
  });

  const quoted = tablesUnder('in the log').flatMap(([first]) => quotedIn(first));

  test('every line of the page’s tables quotes a message', () => {
    expect(quoted.length).toBeGreaterThanOrEqual(13);
    expect(tablesUnder('in the log').filter(([first]) => quotedIn(first).length !== 1)).toEqual([]);
  });

  test.each(quoted)('%s: the source says so', (message) => {
    expect(said).toContain(message);
  });
});

describe('why somebody is not called back', () => {
  const texts = ['call-back-review', 'ccai-relay']
    .map((name) => textOf(`src/adapters/ccai/${name}.ts`))
    .join();
  const whys = tablesUnder('by then').flatMap(([, , last]) =>
    quotedIn(last).filter((text) => text !== 'outbox'),
  );
  // Sentences: whatever has a blank in it, but for what is parked.
  const given = [...texts.matchAll(/'((?!not sent)[a-z]+ [^'\n]+)'/g)];

  test.each(whys)('%s: the source says so', (why) => {
    expect(texts).toContain(`'${why}'`);
  });

  test('every reason that the source has stands on the page', () => {
    const reasons = given.map(([, why = '']) => why);
    expect(reasons.length).toBeGreaterThanOrEqual(11);
    expect(reasons.filter((why) => !page.includes(`\`${why}\``))).toEqual([]);
  });
});

test('what /readyz says of it is quoted as it is', () => {
  const lanes = textOf('src/runtime/relays/relay-lanes.ts');
  const quoted = quotedIn(/^`\/readyz` has a part[\s\S]*?\n\n/m.exec(page)?.[0]);
  const faults = quoted.filter((text) => text.includes('…'));
  expect(faults).toHaveLength(3);
  for (const part of faults.flatMap((text) => text.split('…').map((one) => one.trim())))
    expect(lanes).toContain(part);
});
