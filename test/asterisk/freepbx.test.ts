import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { originateCall } from '../../src/adapters/asterisk/originate.ts';
import { callIdFrom } from '../../src/domain/identity.ts';
import { extension } from '../domain/builders.ts';
import { channels } from './lab/channels.ts';
import { Lab } from './lab/lab.ts';
import { header } from './lab/manager-client.ts';
import { StrictManager } from './lab/strict-manager.ts';

let lab: Lab;
let bridge: StrictManager;

beforeAll(async () => {
  lab = await Lab.start({ flavour: 'freepbx' });
  // FreePBX keeps there what reaches an extension's device.
  await lab.pbx.console('database put DEVICE 1001/dial PJSIP/1001');
  await lab.pbx.console('database put DEVICE 1002/dial PJSIP/1002');
  bridge = await StrictManager.login(lab);
});
afterEach(() => lab.clear());
afterAll(async () => {
  bridge.close();
  await lab.close();
});

const shipped = (path: string): string =>
  readFileSync(new URL(`../../config/asterisk/${path}`, import.meta.url), 'utf8');

/** The lines that Asterisk reads, by section. */
function sections(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let name = '';
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith(';'))) {
    const begun = /^\[([^\]]+)\]/.exec(line)?.[1];
    name = begun ?? name;
    found.set(name, begun === undefined ? [...(found.get(name) ?? []), line] : []);
  }
  return found;
}

test('a caller on a FreePBX is answered by the device of the extension, and one that is nowhere is told', async () => {
  const phone = await lab.phone('1001', { does: 'answer', afterMs: 100 });
  const caller = await lab.rawCaller('551130001000', '55%0d%0aX%3a1');
  const entered = await bridge.client.event('UserEvent', { UserEvent: 'MovideskCall' });
  expect([header(entered, 'Queue'), header(entered, 'CallerIDNum')]).toEqual(['support', '551']);
  const uniqueid = header(entered, 'Uniqueid');
  const failure = async (agent: string): Promise<string> => {
    await bridge.offerTo(uniqueid, agent);
    return header(
      await bridge.client.event('UserEvent', { UserEvent: 'MovideskDial', Agent: agent }),
      'DialStatus',
    );
  };
  expect(await failure('1003')).toBe('INVALIDEXTEN');
  expect(await failure('1002')).toBe('CHANUNAVAIL');
  await bridge.offerTo(uniqueid, '1001');
  await bridge.client.event('DialEnd', { Uniqueid: uniqueid, DialStatus: 'ANSWER' });
  await phone.talking();
  await caller.hangUp();
  await bridge.client.event('Hangup', { Uniqueid: uniqueid });
});

test('FreePBX knows by the extension who calls from Movidesk, and is told what the customer is to see', async () => {
  const agent = await lab.phone('1001', { does: 'answer', afterMs: 50 });
  const customer = await lab.phone('1004', { does: 'answer', afterMs: 50 });
  const callId = callIdFrom('pbx1-made-freepbx');
  const { Action: _, ...headers } = originateCall({
    ...{ callId, agent: extension('1001'), number: '5511987654321', ringMs: 5_000 },
    ...{ dialContext: 'to-world', callerId: '551130001000' },
  }) ?? { Action: '' };
  await lab.pbx.manager.action('Originate', headers);
  await agent.talking();
  const dialog = await customer.talking();
  const made = (await channels(lab.pbx)).find(({ uniqueid }) => uniqueid === callId)?.name ?? '';
  expect(await lab.pbx.manager.getvar('CALLERID(num)', made)).toBe('1001');
  const outside = (await channels(lab.pbx)).find(({ name }) =>
    name.startsWith('Local/5511987654321@to-world'),
  );
  expect(await lab.pbx.manager.getvar('TRUNKCIDOVERRIDE', outside?.name ?? '')).toBe('551130001000');
  await customer.hangUp(dialog);
  await bridge.client.event('UserEvent', { UserEvent: 'MovideskMade', CallId: callId });
  expect(await bridge.diary(callId)).toMatch(/^1001:\d+:\d+:pbx1-made-freepbx-1001-\d+\.wav$/);
});

test('a trunk that names its number by a word, as providers do with an account, reaches its inbound route', async () => {
  const caller = await lab.rawCaller('support', '551');
  const entered = await bridge.client.event('UserEvent', { UserEvent: 'MovideskCall', CallerIDNum: '551' });
  expect(header(entered, 'Queue')).toBe('support');
  await caller.hangUp();
  await bridge.client.event('Hangup', { Uniqueid: header(entered, 'Uniqueid') });
});

// How phones are dialled, what a customer sees, and a queue that FreePBX has by itself.
const OF_ITS_OWN = ['movidesk-phone', 'movidesk-made-caller-id', 'movidesk-queue'];

test('the files for FreePBX say the same as the plain ones, but for what FreePBX does in its own way', () => {
  const plain = sections(shipped('extensions_movidesk.conf'));
  const custom = sections(shipped('freepbx/extensions_custom.conf'));
  const shared = [...plain.keys()].filter((name) => !OF_ITS_OWN.includes(name));
  for (const name of shared) expect(custom.get(name), name).toEqual(plain.get(name));
  expect(sections(shipped('freepbx/manager_custom.conf'))).toEqual(
    sections(shipped('manager_movidesk.conf')),
  );
});
