import { describe, expect, test } from 'vitest';
import { repositoryFiles, textOf } from '../house/source-files.ts';
import { anchorsOf, linksOf, pathsNamedIn, scriptsNamedIn } from './links.ts';

const files = repositoryFiles();
const folders = new Set(files.flatMap((file) => parentsOf(file)));
const pages = files.filter((file) => file.endsWith('.md'));
const texts = new Map(pages.map((page) => [page, textOf(page)]));
const exists = (path: string): boolean => files.includes(path) || folders.has(path);
const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(textOf('package.json'));

describe.each(pages)('%s', (page) => {
  const text = texts.get(page) ?? '';

  test('every link leads to a file that is there, and to a heading that it has', () => {
    const broken = linksOf(page, text).filter(({ to, anchor }) => {
      const target = texts.get(to);
      return !exists(to) || (anchor !== '' && target !== undefined && !anchorsOf(target).has(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('every file and folder that it names is there', () => {
    expect(pathsNamedIn(text).filter((path) => !exists(path))).toEqual([]);
  });

  test('every script that it tells to run is there', () => {
    expect(scriptsNamedIn(text).filter((script) => scripts[script] === undefined)).toEqual([]);
  });
});

test('whoever begins at the README finds every page and every file of docs', () => {
  const found = new Set<string>(['README.md']);
  // A set that grows while it is walked through is walked through to its end.
  for (const page of found)
    for (const { to } of linksOf(page, texts.get(page) ?? '')) if (files.includes(to)) found.add(to);
  const ofDocs = files.filter((file) => file.startsWith('docs/'));
  expect(ofDocs.length).toBeGreaterThan(20);
  expect(ofDocs.filter((file) => !found.has(file))).toEqual([]);
});

describe('what would be noticed', () => {
  test('links, by where they lead from there', () => {
    const text = 'See [a](../b.md#c), [d](e/f.md), [here](#g) and [there](https://example.com/h).';
    expect(linksOf('docs/a.md', text)).toEqual([
      { to: 'b.md', anchor: 'c' },
      { to: 'docs/e/f.md', anchor: '' },
      { to: 'docs/a.md', anchor: 'g' },
    ]);
  });

  test('headings, as GitHub links them', () => {
    const anchors = anchorsOf('# It’s `x`: a, b\n\n## Same\n\n## Same\n\n```\n# not one\n```\n');
    expect([...anchors]).toEqual(['its-x-a-b', 'same', 'same-1']);
  });

  test('files that are named as code, and scripts', () => {
    const text = 'In `src/app.ts` and `test/docs/`, not in `src/*.ts` or `etc/x`: `npm run check:lint`.';
    expect(pathsNamedIn(text)).toEqual(['src/app.ts', 'test/docs']);
    expect(scriptsNamedIn(text)).toEqual(['check:lint']);
  });
});

function parentsOf(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
