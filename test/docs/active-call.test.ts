import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verdictOn } from '../../src/domain/made-call/wish.ts';

const page = readFileSync('docs/active-call.md', 'utf8');

test('whoever copies the numbers that may be dialled lets nobody call abroad', () => {
  const [, list = ''] = /allowedPrefixes: (\[.*?\])/.exec(page) ?? [];
  const rules = { extensions: ['1001'], allowedPrefixes: JSON.parse(list) };
  const verdict = (destination: string) => verdictOn({ source: '1001', destination }, rules);
  expect(verdict('0014155550100')).toEqual({ ok: false, why: 'forbidden-number' });
  expect(verdict('0987654321')).toMatchObject({ ok: true });
});

const rows = [...page.matchAll(/^\| `\+?[0-9D]+…` \| `([+0-9]+)` \| .*?`(\[.*\])` \|$/gm)];

test.each(rows.map(([, example = '', list = '']) => [list, example]))(
  'whoever copies %s has %s called, and neither numbers abroad nor codes of FreePBX',
  (list, example) => {
    const rules = { extensions: ['1001'], allowedPrefixes: JSON.parse(list) };
    const isCalled = (destination: string) => verdictOn({ source: '1001', destination }, rules).ok;
    expect(isCalled(example)).toBe(true);
    const others = ['0014155550100', '+14155550100', '0055479', '555', '666', '888', '7777'];
    expect(others.filter(isCalled)).toEqual([]);
  },
);

test('there is a list for each form of a number, and none that has the country’s code leaves an area out', () => {
  // By the first digit, the second ones in use: 67 area codes (Anatel's national numbering plan).
  const SECOND = [
    '123456789',
    '12478',
    '1234578',
    '123456789',
    '1345',
    '123456789',
    '134579',
    '123456789',
    '123456789',
  ];
  const areas = SECOND.flatMap((digits, index) => [...digits].map((digit) => `${index + 1}${digit}`));
  expect(areas).toHaveLength(67);
  const [national, , country, plus, ...none] = rows.map(([, , list = '']) => JSON.parse(list));
  expect(none).toEqual([]);
  const isCalled = (allowedPrefixes: readonly string[], destination: string) =>
    verdictOn({ source: '1001', destination }, { extensions: ['1001'], allowedPrefixes }).ok;
  const leftOut = areas.filter(
    (area) =>
      !isCalled(national, `0${area}999990000`) ||
      !isCalled(country, `55${area}999990000`) ||
      !isCalled(plus, `+55${area}999990000`),
  );
  expect(leftOut).toEqual([]);
});

test('whoever copies the proxy’s lines writes no token into a log, and has a zone for the limit', () => {
  const [, recipe = ''] = /```nginx\n(.*?)```/s.exec(page) ?? [];
  expect(recipe).toContain('access_log off;');
  expect(recipe).toContain('error_log /dev/null crit;');
  // What nginx does not write down, the daemon does.
  expect(recipe).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
  const [, zone = ''] = /limit_req zone=(\w+)/.exec(recipe) ?? [];
  expect(recipe).toMatch(new RegExp(`limit_req_zone .* zone=${zone}:`));
});

test('whoever tries it shows the token to nobody on the machine', () => {
  const [, command = ''] = /```bash\n(curl .*?)```/s.exec(page.replace(/^ +/gm, '')) ?? [];
  expect(command).toContain('-H @');
  expect(command).not.toContain('$(');
});
