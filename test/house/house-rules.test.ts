import { describe, expect, it } from 'vitest';
import { breaches, foreignPlaces, setAside, tooLong } from './house-rules.ts';
import { repositoryFiles, sourcesUnder, textOf } from './source-files.ts';

const planted = (file: string, text: string) => new Map([[file, text]]);

describe('the daemon’s source', () => {
  it('takes time, chance, environment and console from those who own them', () => {
    expect(breaches(sourcesUnder('src'))).toEqual([]);
  });

  it.each([
    ['src/runtime/loop.ts', 'const at = Date.now();'],
    ['src/runtime/loop.ts', 'const options = { now: Date.now };'],
    ['src/domain/call.ts', 'const at = new Date();'],
    ['src/domain/call.ts', 'const at = Temporal.Now.instant();'],
    ['src/runtime/loop.ts', 'const at = performance.now();'],
    ['src/adapters/asterisk/link.ts', 'setTimeout(() => {}, 5);'],
    ['src/simulators/pbx/dial.ts', 'const timer = setInterval(tick, 5);'],
    ['src/runtime/loop.ts', 'const text = `${' + 'Date.now()}`;'],
    ['src/simulators/pbx/random.ts', 'const luck = Math.random();'],
    ['src/observe/logger.ts', "const level = process.env['LEVEL'];"],
    ['src/cli/run.ts', 'process.exit(1);'],
    ['src/app.ts', "process.on('SIGTERM', stop);"],
    ['src/app.ts', "console.log('started');"],
  ])('%s would not pass with %s', (file, line) => {
    expect(breaches(planted(file, `// First line.\n${line}\n`))).toHaveLength(1);
    expect(breaches(planted(file, `// First line.\n${line}\n`))[0]).toContain(`${file}:2: `);
  });

  it.each([
    ['src/adapters/system/system-clock.ts', 'const at = Date.now();'],
    ['src/simulators/pbx/clock.ts', 'setTimeout(action, delayMs);'],
    ['src/main.ts', "process.on('SIGTERM', stop); run(process.env);"],
    ['src/cli/run.ts', "console.error('no');"],
    ['src/runtime/loop.ts', '// Not Date.now(): it jumps.'],
    ['src/runtime/loop.ts', "log('setTimeout(…) is not for us');"],
    ['src/adapters/movidesk/translate.ts', 'const text = new Date(at).toISOString();'],
    ['src/runtime/loop.ts', 'clock.setTimeout(5);'],
  ])('%s passes with %s', (file, line) => {
    expect(breaches(planted(file, line))).toEqual([]);
  });
});

describe('every source file', () => {
  const all = sourcesUnder('src', 'test', 'scripts', 'bench', 'bin');

  it('has at most 400 lines', () => {
    expect(tooLong(all)).toEqual([]);
  });

  it('of 401 lines would be noticed', () => {
    expect(tooLong(planted('src/a.ts', 'x\n'.repeat(400)))).toEqual([]);
    expect(tooLong(planted('src/a.ts', 'x\n'.repeat(401)))).toEqual(['src/a.ts: 401 lines, at most 400']);
  });
});

describe('every test', () => {
  it('is run, among the others, and once', () => {
    expect(setAside(sourcesUnder('test'))).toEqual([]);
  });

  it.each([
    "it.skip('rings', () => {});",
    "describe.only('a call', () => {});",
    "it.each([1]).only('rings');\nit.only.each([1])('rings', () => {});",
    "test.todo('rings');",
    "it.skipIf(true)('rings', () => {});",
    "xit('rings', () => {});",
    "it('rings', { retry: 2 }, () => {});",
  ])('would be noticed: %s', (source) => {
    expect(setAside(planted('test/a.test.ts', source))).toHaveLength(1);
  });
});

describe('the repository', () => {
  it('names no place outside of it', () => {
    const texts = new Map(repositoryFiles().map((file) => [file, textOf(file)]));
    expect(texts.size).toBeGreaterThan(50);
    expect(foreignPlaces(texts)).toEqual([]);
  });

  it('would be noticed naming the folder in which it was written', () => {
    expect(foreignPlaces(planted('README.md', `see ${['', 'work', 'x'].join('/')}`))).toHaveLength(1);
  });

  it('would be noticed naming what lies beside it', () => {
    expect(foreignPlaces(planted('README.md', `see ${['..', 'shared', 'x'].join('/')}`))).toHaveLength(1);
  });

  it.each(['https://example.com/work/x', 'homework/x', './work/x'])('may name %s', (text) => {
    expect(foreignPlaces(planted('README.md', text))).toEqual([]);
  });
});
