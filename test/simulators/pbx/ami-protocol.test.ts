import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import {
  INCLUDED_EVENTS,
  INCLUDED_FOR_UDESK,
  INCLUDED_WITH_HINTS,
} from '../../../src/simulators/pbx/ami/event-filter.ts';
import { header, Manager, names } from './manager.ts';
import { aManager, aPbx } from './pbx-builder.ts';

async function aStranger(): Promise<Manager> {
  const manager = await Manager.connect(await aPbx());
  onTestFinished(() => manager.close());
  return manager;
}

test('a wrong secret is refused after a while and the connection is closed', async () => {
  const manager = await aStranger();
  const answer = await manager.action('Login', { Username: 'movidesk', Secret: 'wrong' });
  expect(answer.slice(0, 1)).toEqual([['Response', 'Error']]);
  expect(header(answer, 'Message')).toBe('Authentication failed');
  await manager.until(() => manager.isClosed);
});

test('nothing but a login is answered before the login, and the connection stays open', async () => {
  const manager = await aStranger();
  expect(header(await manager.action('Ping'), 'Message')).toBe('Permission denied');
  expect(manager.isClosed).toBe(false);
});

test('a login is followed by FullyBooted with the time since the start', async () => {
  const manager = await aManager(await aPbx());
  const [booted] = manager.events;
  expect(booted && names(booted)).toEqual(['Event', 'Privilege', 'Uptime', 'LastReload', 'Status']);
});

test('a line feed alone ends a line, a bare carriage return does not', async () => {
  const manager = await aManager(await aPbx());
  manager.send('Action: Setvar\nActionID: one\nVariable: X\nValue: a\rActionID: two\n\n');
  expect(header(await manager.response('one'), 'Message')).toBe('Variable Set');
  expect(await manager.getvar('X')).toBe('a\rActionID: two');
});

test('an action with a line above 1,024 bytes is not understood, the next one is', async () => {
  const manager = await aManager(await aPbx());
  const refused = await manager.setvar('X', 'x'.repeat(1_500));
  expect(header(refused, 'Message')).toBe('Failed to parse message: line too long');
  expect(header(await manager.setvar('X', 'x'.repeat(990)), 'Message')).toBe('Variable Set');
});

test('an action with 200 headers is not understood', async () => {
  const manager = await aManager(await aPbx());
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`H${index}`, 'v']));
  const answer = await manager.action('Ping', many);
  expect(header(answer, 'Message')).toBe('Too many lines in message or allocation failure');
});

test('actions are cut anywhere and still understood', async () => {
  const manager = await aManager(await aPbx());
  for (const byte of 'aCTION:Ping\r\nACTIONID:slow\r\n\r\n') manager.send(byte);
  const answer = await manager.response('slow');
  expect(names(answer)).toEqual(['Response', 'ActionID', 'Ping', 'Timestamp']);
});

test('blanks behind the name of an action make it an unknown one', async () => {
  const manager = await aManager(await aPbx());
  expect(header(await manager.action('Ping   '), 'Message')).toBe(
    'Invalid/unknown command: Ping   . Use Action: ListCommands to show available commands.',
  );
});

test.each([
  'CoreShowChannels',
  'CoreStatus',
  'DBGet',
  'Command',
  'Originate',
  'PJSIPShowEndpoints',
  'UserEvent',
])('the daemon has no right to %s', async (action) => {
  const manager = await aManager(await aPbx());
  expect(header(await manager.action(action), 'Message')).toBe('Permission denied');
});

test('values that need live_dangerously are kept from the daemon', async () => {
  const manager = await aManager(await aPbx());
  expect(await manager.getvar('SHELL(id)')).toBe('');
  expect(header(await manager.setvar('DB(movidesk/x)', '1'), 'Message')).toBe('Variable not set');
});

test('the errors of Redirect are those of the recording', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const caller = pbx.callerArrives({ queue: 'support', number: '5511987654321' });
  const there = { Channel: caller.uniqueid, Context: 'movidesk-hold', Exten: 's', Priority: '1' };
  const ask = async (headers: Record<string, string>): Promise<string> =>
    header(await manager.action('Redirect', { ...there, ...headers }), 'Message');
  expect(await ask({ Channel: 'PJSIP/nobody-00000000' })).toBe(
    'Channel does not exist: PJSIP/nobody-00000000',
  );
  expect(await ask({ Channel: '' })).toBe('Channel not specified');
  expect(await ask({ Exten: '' })).toBe('Exten not specified');
  expect(await ask({ Context: '' })).toBe('Context not specified');
  expect(await ask({ Priority: '' })).toBe('Priority not specified');
  expect(await ask({ Priority: 'abc' })).toBe('Priority is invalid');
  expect(await ask({})).toBe('Redirect successful');
  expect(await ask({ Channel: caller.channelName })).toBe('Redirect successful');
});

test('an unknown channel is told alike by Getvar, Setvar, Status and Hangup', async () => {
  const manager = await aManager(await aPbx());
  for (const action of ['Getvar', 'Setvar', 'Status', 'Hangup']) {
    const answer = await manager.action(action, { Channel: 'PJSIP/trunk-00000099', Variable: 'X' });
    expect(header(answer, 'Message')).toBe('No such channel');
  }
});

test('what the daemon may hear is what the shipped manager.conf includes', () => {
  const file = readFileSync(
    new URL('../../../config/asterisk/manager_movidesk.conf', import.meta.url),
    'utf8',
  );
  const shipped = (start: string) =>
    file
      .split('\n')
      .filter((line) => line.startsWith(`${start}(action(include)`))
      .map(included);
  const byText = (lines: readonly object[]): string[] => lines.map((line) => JSON.stringify(line)).sort();
  expect(byText(INCLUDED_EVENTS)).toEqual(byText(shipped('eventfilter')));
  // What the admin is to put in where it is wanted stands there as a comment.
  const wanted = [...INCLUDED_WITH_HINTS, ...INCLUDED_FOR_UDESK];
  expect(byText(wanted)).toEqual(byText(shipped(';eventfilter')));
});

function included(line: string): object {
  const name = /name\((\w+)\)/.exec(line)?.[1];
  const tested = /header\((\w+)\),method\((\w+)\)\) = (.*)$/.exec(line);
  return tested === null ? { name } : { name, header: tested[1], method: tested[2], value: tested[3] };
}
