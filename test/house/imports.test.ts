import { describe, expect, it } from 'vitest';
import { importsOf, rings, wrongArrows } from './import-law.ts';
import { sourcesUnder } from './source-files.ts';

const sources = sourcesUnder('src');

describe('the imports of the source', () => {
  it('point down only', () => {
    expect(sources.size).toBeGreaterThan(20);
    expect(wrongArrows(sources)).toEqual([]);
  });

  it('make no ring', () => {
    expect(rings(sources)).toEqual([]);
  });

  it('go to the file that has the thing: there are no barrels', () => {
    expect([...sources.keys()].filter((file) => /(^|\/)index\.[jt]s$/.test(file))).toEqual([]);
    const passingOn = [...sources].filter(([, text]) => /^\s*export\s*\*/m.test(text));
    expect(passingOn.map(([file]) => file)).toEqual([]);
  });
});

/** A small house with every room, in which one arrow is planted. */
function houseWith(from: string, specifier: string) {
  const rooms = [
    'main.ts',
    'app.ts',
    'cli/run.ts',
    'cli/demo.ts',
    'runtime/loop.ts',
    'adapters/asterisk/link.ts',
    'adapters/movidesk/client.ts',
    'adapters/kit/http.ts',
    'config/load.ts',
    'observe/logger.ts',
    'ports/pbx.ts',
    'domain/call.ts',
    'simulators/pbx.ts',
  ];
  const house = new Map(rooms.map((file) => [`src/${file}`, '']));
  return house.set(`src/${from}`, `import type { Thing } from '${specifier}';\n`);
}

describe('the law of imports', () => {
  it.each([
    ['domain/call.ts', '../ports/pbx.ts', 'imports point down only'],
    ['domain/call.ts', 'undici', 'the domain imports only the domain'],
    ['domain/call.ts', 'node:fs', 'the domain imports only the domain'],
    ['domain/call.ts', 'temporal-polyfill/global', 'the domain imports only the domain'],
    ['ports/pbx.ts', '../runtime/loop.ts', 'imports point down only'],
    ['runtime/loop.ts', '../adapters/kit/http.ts', 'rooms of one storey do not know each other'],
    ['runtime/loop.ts', '../config/load.ts', 'rooms of one storey do not know each other'],
    ['adapters/movidesk/client.ts', '../asterisk/link.ts', 'rooms of one storey do not know each other'],
    ['adapters/kit/http.ts', '../movidesk/client.ts', 'rooms of one storey do not know each other'],
    ['adapters/movidesk/client.ts', '../../runtime/loop.ts', 'rooms of one storey do not know each other'],
    ['config/load.ts', '../adapters/kit/http.ts', 'rooms of one storey do not know each other'],
    ['observe/logger.ts', '../runtime/loop.ts', 'rooms of one storey do not know each other'],
    ['app.ts', './cli/run.ts', 'imports point down only'],
    ['cli/run.ts', '../main.ts', 'imports point down only'],
    ['cli/run.ts', '../simulators/pbx.ts', 'only the demo and tests import simulators'],
    ['app.ts', './simulators/pbx.ts', 'only the demo and tests import simulators'],
    ['simulators/pbx.ts', '../adapters/asterisk/link.ts', 'a far side knows nothing of the daemon'],
    ['app.ts', '../test/domain/builders.ts', 'outside the source'],
    ['domain/call.ts', '../../package.json', 'outside the source'],
    ['app.ts', './runtime/nothing.ts', 'there is no such file'],
  ])('notices %s → %s', (from, specifier, why) => {
    const arrows = wrongArrows(houseWith(from, specifier));
    expect(arrows).toHaveLength(1);
    expect(arrows[0]).toContain(`src/${from} → `);
    expect(arrows[0]).toContain(`: ${why}`);
  });

  it.each([
    ['main.ts', './cli/run.ts'],
    ['cli/run.ts', '../app.ts'],
    ['cli/run.ts', '../config/load.ts'],
    ['cli/run.ts', '../../package.json'],
    ['cli/demo.ts', '../simulators/pbx.ts'],
    ['app.ts', './adapters/asterisk/link.ts'],
    ['app.ts', 'pino'],
    ['adapters/movidesk/client.ts', '../kit/http.ts'],
    ['adapters/movidesk/client.ts', 'undici'],
    ['adapters/asterisk/link.ts', '../../ports/pbx.ts'],
    ['runtime/loop.ts', '../domain/call.ts'],
    ['domain/call.ts', 'temporal-polyfill'],
    ['simulators/pbx.ts', 'node:net'],
  ])('allows %s → %s', (from, specifier) => {
    expect(wrongArrows(houseWith(from, specifier))).toEqual([]);
  });

  it('notices a ring, once, wherever it is entered', () => {
    const ring = new Map([
      ['src/domain/x.ts', "import './b.ts';"],
      ['src/domain/c.ts', "export { a } from './a.ts';"],
      ['src/domain/b.ts', "import { c } from './c.ts';"],
      ['src/domain/a.ts', "import type { B } from './b.ts';"],
    ]);
    expect(rings(ring)).toEqual(['src/domain/a.ts → src/domain/b.ts → src/domain/c.ts → src/domain/a.ts']);
  });
});

describe('the reading of imports', () => {
  it.each([
    ["import { a } from './a.ts';", ['./a.ts']],
    ["import type { A,\n  B } from './a.ts';", ['./a.ts']],
    ["import a, * as b from 'pino';", ['pino']],
    ["import './a.ts';", ['./a.ts']],
    ["export { a } from './a.ts';", ['./a.ts']],
    ["export * from './a.ts';", ['./a.ts']],
    ["const a = await import('./a.ts');", ['./a.ts']],
    ["type A = import('./a.ts').A;", ['./a.ts']],
    ["export const a = 'b';\nimport { c } from 'c';", ['c']],
    ["const at = new URL('../x', import.meta.url);", []],
    ["// import { a } from './a.ts';", []],
    ["/* import './a.ts'; */ import './b.ts';", ['./b.ts']],
    ['const text = "import \'./a.ts\'";', []],
    ["const quote = /'/;\n// import './a.ts'\nimport './b.ts';", ['./b.ts']],
    ["const link = 'https://x';\nimport './b.ts';", ['./b.ts']],
    ['const text = `$' + "{{ a: `import './a.ts'` }.a} import './c.ts'`;\nimport './b.ts';", ['./b.ts']],
  ])('of %j finds %j', (source, found) => {
    expect(importsOf(source)).toEqual(found);
  });
});
