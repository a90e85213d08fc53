import { describe, expect, test } from 'vitest';
import { textOf } from '../house/source-files.ts';

const page = textOf('docs/ccai.md');
const chapter = page.slice(page.indexOf('## Asking an agent'), page.indexOf('## When CCAI Platform is down'));

const found = (file: string, pattern: RegExp): readonly string[] =>
  [...textOf(file).matchAll(pattern)].map(([, text = '']) => text);

const ROOM = 'src/observe/http/ccai-outbound-room.ts';
const outcomes = found('src/ports/call-out.ts', /^ {2}\| '([a-z-]+)'/gm);
const statuses = found(ROOM, /^ {2}(?:\w+|'[a-z-]+'): (\d{3}),/gm);
const codes = [
  ...found('src/adapters/ccai/outbound-wish.ts', /^ {2}'([a-z-]+)':/gm),
  ...found('src/observe/http/call-out-body.ts', /refused\('([a-z-]+)'/g),
];

describe('whoever programs against POST /ccai/outbound finds on the page', () => {
  test('as many outcomes as there are statuses', () => {
    expect(outcomes).toHaveLength(9);
    expect(statuses).toHaveLength(outcomes.length);
    expect(codes.length).toBeGreaterThanOrEqual(11);
  });

  test.each(outcomes)('the outcome %s', (outcome) => {
    expect(chapter).toContain(`\`${outcome}\``);
  });

  test.each(statuses)('the status %s', (status) => {
    expect(chapter).toMatch(new RegExp(`^\\| ${status} \\|`, 'm'));
  });

  test.each(codes)('what is wrong with their request: %s', (code) => {
    expect(chapter).toContain(`\`${code}\``);
  });
});

test('each status of the page stands beside the outcome that has it', () => {
  const rows = [...chapter.matchAll(/^\| (\d{3}) \| `([a-z-]+)` \|/gm)].map(([, status, outcome]) => [
    outcome,
    status,
  ]);
  const inRoom = [...textOf(ROOM).matchAll(/^ {2}(?:(\w+)|'([a-z-]+)'): (\d{3}),/gm)].map(
    ([, plain, quoted, status]) => [plain ?? quoted, status],
  );
  // Two that the room decides by their code.
  const byCode = [
    ['invalid', '401'],
    ['refused', '409'],
  ];
  expect(rows.toSorted()).toEqual([...inRoom, ...byCode].toSorted());
});
