import { describe, expect, expectTypeOf, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { formatMistakes } from '../../src/config/mistake.ts';
import type { Allowance } from '../../src/domain/budget/allowance.ts';
import { AMI_SECRET, configOf, fileWith, load, mistakesOf, onlyMistake, TOKEN } from './config-builder.ts';

const KEY = 'movidesk.requestsPerMinute';
const VARIABLE = 'ASTERISK_MOVIDESK_MOVIDESK_REQUESTS_PER_MINUTE';

/** A file whose requestsPerMinute is written so. */
const written = (yaml: string): string =>
  `asterisk: { secret: ${AMI_SECRET} }
queues: [{ name: support, movideskQueueId: 1 }]
movidesk:
  token: ${TOKEN}
  requestsPerMinute: ${yaml}
`;
const allowed = (yaml: string): Allowance => configOf(load({ yaml })).movidesk.requestsPerMinute;

const BUSINESS_HOURS = {
  timeZone: 'America/Sao_Paulo',
  hours: [
    { fromMinute: 0, limit: 10 },
    { fromMinute: 480, limit: 30 },
    { fromMinute: 1_080, limit: 10 },
  ],
};

describe('an operator whose account may start more in business hours', () => {
  test.each([
    ['in one line', '{ "00:00": 10, "08:00": 30, "18:00": 10 }'],
    ['a line each', '\n    "00:00": 10\n    "08:00": 30\n    "18:00": 10'],
    ['without quotes', '{ 00:00: 10, 08:00: 30, 18:00: 10 }'],
    ['a line each, without quotes', "\n    00:00: 10\n    08:00: 30\n    '18:00': 10"],
    ['in any order', '{ "18:00": 10, "00:00": 10, "08:00": 30 }'],
  ])('writes the times of day %s', (_how, yaml) => {
    expect(allowed(written(yaml))).toEqual(BUSINESS_HOURS);
  });

  test('may write them under the version of YAML that has numbers to the base of sixty', () => {
    expect(allowed(`%YAML 1.1\n---\n${written('{ 18:00: 10, 00:00: 10, 08:00: 30 }')}`)).toEqual(
      BUSINESS_HOURS,
    );
  });

  test('may write up to 24 of them, and one alone', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => [`${String(hour).padStart(2, '0')}:30`, hour + 1]);
    expect(allowed(fileWith({ movidesk: { requestsPerMinute: Object.fromEntries(hours) } }))).toEqual({
      timeZone: 'America/Sao_Paulo',
      hours: hours.map((_, hour) => ({ fromMinute: hour * 60 + 30, limit: hour + 1 })),
    });
    expect(allowed(written('{ "23:59": 6000 }'))).toMatchObject({
      hours: [{ fromMinute: 1_439, limit: 6000 }],
    });
  });

  test('says in which zone, where it is not São Paulo’s', () => {
    const movidesk = { requestsPerMinute: { '07:00': 5 }, timeZone: 'America/Manaus' };
    const config = configOf(load({ yaml: fileWith({ movidesk }) }));
    expect(config.movidesk.requestsPerMinute).toEqual({
      timeZone: 'America/Manaus',
      hours: [{ fromMinute: 420, limit: 5 }],
    });
    expectTypeOf(config.movidesk.requestsPerMinute).toEqualTypeOf<Allowance>();
  });

  test('cannot change them once they are loaded', () => {
    const table = allowed(written('{ "08:00": 30 }'));
    if (typeof table === 'number') throw new Error('a table was written');
    expect([table, table.hours, table.hours[0]].every(Object.isFrozen)).toBe(true);
  });
});

describe('in the environment', () => {
  test.each([
    ['the number', '30', 30],
    ['a table as JSON', '{"00:00": 10, "08:00": 30, "18:00": 10}', BUSINESS_HOURS],
    ['a table as YAML', '00:00: 10\n08:00: 30\n18:00: 10\n', BUSINESS_HOURS],
  ])('stands %s', (_what, text, expected) => {
    const result = load({
      yaml: fileWith({ movidesk: { requestsPerMinute: 7 } }),
      env: { [VARIABLE]: text },
    });
    expect(configOf(result).movidesk.requestsPerMinute).toEqual(expected);
    expect(result.ok && result.origins[KEY]).toBe(VARIABLE);
  });

  test.each([
    ['', KEY],
    ['ten', KEY],
    ['1e1', KEY],
    ['0x10', KEY],
    ['{}', KEY],
    ['08:00', KEY],
    ['- 08:00: 30', KEY],
    ['{"08:00": 0}', `${KEY}["08:00"]`],
    ['{"8:00": 10}', `${KEY}["8:00"]`],
  ])('%j is refused, and where it came from is said', (text, key) => {
    const mistake = onlyMistake(load({ yaml: fileWith(), env: { [VARIABLE]: text } }));
    expect(mistake.key).toBe(key);
    expect(mistake.problem).toContain(`(from ${VARIABLE})`);
  });

  test('a table that is no YAML is refused with line and column', () => {
    const env = { [VARIABLE]: '{"08:00": 30, "08:00": 10}' };
    const mistake = onlyMistake(load({ yaml: fileWith(), env }));
    expect(mistake.key).toBe(`${VARIABLE}:1:15`);
    expect(mistake.problem).toContain('repeats a key');
    expect(mistake.remedy).toMatch(
      /^write a whole number from 1 to 6000, or a table of 1 to 24 times .* as YAML/,
    );
  });

  test('queues that are no YAML are still told what to be', () => {
    const mistakes = mistakesOf(loadConfig({ env: { ASTERISK_MOVIDESK_QUEUES: '[' } }));
    expect(mistakes.map(({ remedy }) => remedy)).toContain(
      'write a list of 1 to 100 queues, as YAML or JSON',
    );
  });
});

describe('a table of hours is refused', () => {
  test('with a line for each mistake, its key and its remedy', () => {
    const yaml = written('{ "00:00": 10, "8:00": 30, "12:00": 0, "24:00": many, "18:00": 6001 }');
    const time =
      'is not a time of day; write it as "08:00", from "00:00" to "23:59", in quotes, and a colon and a blank behind it.';
    const number = 'write such a number, without quotes.';
    expect(formatMistakes(mistakesOf(load({ yaml }))).split('\n')).toEqual([
      `movidesk.requestsPerMinute["8:00"]: ${time}`,
      `movidesk.requestsPerMinute["12:00"]: must be a whole number from 1 to 6000, but is the number 0; ${number}`,
      `movidesk.requestsPerMinute["24:00"]: ${time}`,
      `movidesk.requestsPerMinute["24:00"]: must be a whole number from 1 to 6000, but is text; ${number}`,
      `movidesk.requestsPerMinute["18:00"]: must be a whole number from 1 to 6000, but is the number 6001; ${number}`,
    ]);
  });

  test.each([
    ['a time with one digit', '{ "08:0": 1 }', '["08:0"]'],
    ['minutes beyond the hour', '{ "08:60": 1 }', '["08:60"]'],
    ['seconds', '{ "08:00:00": 1 }', '["08:00:00"]'],
    ['a time that another tool took for a number to the base of sixty', '{ 1080: 1 }', '["1080"]'],
    ['an hour alone', '{ 8: 1 }', '["8"]'],
    ['a dot', '{ 08.00: 1 }', '["08.00"]'],
    ['a word', '{ "00:00": 1, noon: 2 }', '[1]'],
    ['a blank too much', '{ " 08:00": 1 }', '[0]'],
    ['other digits than ours', '{ "٠٨:٠٠": 1 }', '[0]'],
  ])('with %s', (_what, yaml, place) => {
    const mistake = onlyMistake(load({ yaml: written(yaml) }));
    expect(mistake.key).toBe(KEY + place);
    expect(mistake.problem).toBe('is not a time of day');
  });

  test.each([
    ['in quotes', '"10"', 'text'],
    ['of half a request', '9.5', 'the number 9.5'],
    ['below one', '-1', 'the number -1'],
    ['forgotten', '', 'nothing'],
    ['that is a table itself', '{ "09:00": 1 }', 'a group of keys'],
  ])('with a limit %s', (_what, limit, described) => {
    const mistake = onlyMistake(load({ yaml: written(`{ "08:00": ${limit} }`) }));
    expect(mistake.key).toBe(`${KEY}["08:00"]`);
    expect(mistake.problem).toBe(`must be a whole number from 1 to 6000, but is ${described}`);
  });

  test('with one time twice', () => {
    const mistake = onlyMistake(load({ yaml: written('{ "08:00": 10, 08:00: 30 }') }));
    expect(mistake.key).toMatch(/config\.yaml:5:/);
    expect(mistake.problem).toContain('repeats a key');
  });

  test('with more entries than a day has hours, which are not told one by one', () => {
    const entries = Array.from({ length: 25 }, (_, n) => `x${n}: 0`);
    const mistake = onlyMistake(load({ yaml: written(`{ ${entries.join(', ')} }`) }));
    expect(mistake).toMatchObject({
      key: KEY,
      problem: 'has 25 entries',
      remedy: 'write 1 to 24 times of day',
    });
  });

  test('where it is none: the remedy shows how one looks', () => {
    expect(onlyMistake(load({ yaml: written('30 by day') })).remedy).toContain('{ "00:00": 10, "08:00": 30');
    expect(onlyMistake(load({ yaml: written('08:00:30') })).key).toBe(KEY);
  });

  test.each([
    `asterisk: { secret: ${AMI_SECRET} }\nmovidesk:\n  requestsPerMinute:\n    token: ${TOKEN}\n`,
    `asterisk: { secret: ${AMI_SECRET} }\nmovidesk:\n  requestsPerMinute:\n    "08:00": ${TOKEN}\n`,
    `asterisk: { secret: ${AMI_SECRET} }\nmovidesk:\n  requestsPerMinute: { ${TOKEN}: 10, token:${TOKEN} }\n`,
  ])('without showing the token that slipped into it: %j', (yaml) => {
    const lines = formatMistakes(mistakesOf(load({ yaml })));
    expect(lines).toContain('movidesk.requestsPerMinute[');
    for (const part of TOKEN.split('-')) expect(lines).not.toContain(part);
  });
});

test('a zone spelled nearly right is refused with the nearest known one', () => {
  const mistake = onlyMistake(load({ yaml: fileWith({ movidesk: { timeZone: 'America/Sao_Paolo' } }) }));
  expect(mistake).toMatchObject({
    key: 'movidesk.timeZone',
    remedy: 'the nearest known one is America/Sao_Paulo',
  });
});
