import { beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { schema } from '../../src/config/schema.ts';
import { environmentName, settingsOf } from '../../src/config/setting.ts';
import { repositoryFiles, textOf } from '../house/source-files.ts';
import { exported, metricOf } from './exported.ts';
import { codeIn, commandsTypedIn, keysIn } from './typed.ts';

// Decisions tell what was so when they were made.
const pages = repositoryFiles().filter(
  (file) => file.endsWith('.md') && !/^(?:docs\/decisions|test)\//.test(file),
);

const paths = settingsOf(schema).map(({ path }) => path);
const secretFiles = settingsOf(schema)
  .filter(({ setting }) => setting.secret !== undefined)
  .map(({ path }) => `${path}File`);
const keys = new Set([
  ...paths,
  ...secretFiles,
  ...['name', 'asteriskQueue'].map((key) => `queues[].${key}`),
]);
const variables = new Set([...keys].map(environmentName).concat('ASTERISK_MOVIDESK_CONFIG'));

let metrics: readonly string[] = [];
beforeAll(async () => {
  metrics = (await exported()).metrics;
});

describe.each(pages)('whoever types what stands in %s', (page) => {
  const code = codeIn(textOf(page));

  test('meets commands and options that the program has', () => {
    expect(commandsTypedIn(code).flatMap(faultsOfCommand)).toEqual([]);
  });

  test('writes keys and variables that the configuration has', () => {
    expect(keysIn(code).filter((key) => !keys.has(key))).toEqual([]);
    const named = code.flatMap((line) => line.match(/\bASTERISK_MOVIDESK_[A-Z_]*[A-Z]\b/g) ?? []);
    expect(named.filter((name) => !variables.has(name))).toEqual([]);
  });

  test('hands over credentials that the daemon looks for, as the unit has them', () => {
    const lines = code.flatMap((line) => line.match(/LoadCredential=[\w-]+:[\w/-]+/g) ?? []);
    expect(lines.filter((line) => !textOf('systemd/asterisk-movidesk.service').includes(line))).toEqual([]);
  });

  test('asks for metrics that there are', () => {
    const named = code.flatMap((line) => line.match(/\basterisk_movidesk_\w+/g) ?? []);
    expect(named.filter((name) => !metrics.includes(metricOf(name, metrics)))).toEqual([]);
  });
});

describe('what would be noticed', () => {
  test.each([
    ['asterisk-movidesk chek', 'no command chek'],
    ['docker compose exec asterisk-movidesk asterisk-movidesk outbox send 7', 'outbox send 7'],
    ['sudo asterisk-movidesk calls --limits 5', 'calls has no --limits'],
    ['asterisk-movidesk calls show pbx1-1 | less', undefined],
    ['systemctl restart asterisk-movidesk', undefined],
    ['npm run demo -- --frob', 'demo has no --frob'],
  ])('%s', (line, fault) => {
    expect(commandsTypedIn([line]).flatMap(faultsOfCommand)).toEqual(fault === undefined ? [] : [fault]);
  });

  test('keys, in a sentence and with a value', () => {
    expect(keysIn(['http.tokn', 'agents.device: "SIP/{extension}"', 'config.yaml', 'store.db'])).toEqual([
      'http.tokn',
      'agents.device',
      'store.db',
    ]);
  });
});

function faultsOfCommand(typed: string): readonly string[] {
  const [name = '', ...rest] = typed.split(' ');
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) return [`no command ${name}`];
  const options = rest.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
  const unknown = options.filter((option) => command.options[option] === undefined);
  if (unknown.length > 0) return unknown.map((option) => `${name} has no --${option}`);
  const first = rest.findIndex((word) => word.startsWith('--'));
  const words = first === -1 ? rest : rest.slice(0, first);
  const isKnown = command.usage.some((usage) => isLike(words, usage.words.split(' ').filter(Boolean)));
  return isKnown || options.includes('all') || typed === 'help' ? [] : [typed];
}

/** Words in capitals stand for anything. */
const isLike = (words: readonly string[], usage: readonly string[]): boolean =>
  words.length === usage.length && usage.every((word, at) => /^[A-Z]/.test(word) || word === words[at]);
