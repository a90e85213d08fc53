import { expect, test } from 'vitest';
import type { Caller } from '../../../src/simulators/pbx/caller.ts';
import type { PbxSimulator } from '../../../src/simulators/pbx/pbx-simulator.ts';
import { header, type Manager, names } from './manager.ts';
import { aManager, aPbx } from './pbx-builder.ts';
import { RECORDED } from './recorded-packets.ts';

interface Stage {
  readonly pbx: PbxSimulator;
  readonly manager: Manager;
  readonly caller: Caller;
}

/** Somebody whom another dialplan has given a name, as it may, talks with 1001. */
async function talkWith1001(variables: Readonly<Record<string, string>>): Promise<Stage> {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  for (const phone of pbx.phones) phone.setBehaviour({ kind: 'answers', afterMs: 200 });
  const caller = pbx.callerArrives({ queue: 'support', number: '5511000000001', variables });
  await manager.event('UserEvent', { UserEvent: 'MovideskCall' });
  await manager.offer(caller.uniqueid, '1001');
  await pbx.waitFor(() => caller.talkingTo === '1001');
  return { pbx, manager, caller };
}

const NAMED = { __UDESK_CALL_ID: 'abc-1' };
const TOLD = ['Hold', 'Unhold', 'BlindTransfer', 'AttendedTransfer'];

/** What was told of holding and transferring: by which phone, and with which name of the call. */
function deeds({ manager }: Stage): string[] {
  return manager.events
    .filter((event) => TOLD.includes(header(event, 'Event')))
    .map((event) => {
      const [, channel = ''] = event.find(([name]) => name.endsWith('Channel')) ?? [];
      const [, name = ''] = event.find(([, value]) => value.startsWith('UDESK_CALL_ID=')) ?? [];
      return `${header(event, 'Event')} ${channel.replace(/-\w+$/, '')} ${name.replace(/.*=/, '')}`;
    });
}

/** Everything sent before has arrived. */
const settled = ({ manager }: Stage) => manager.getvar('EPOCH');

test('the agent’s leg inherits a name with two underscores, and tells of holding as Asterisk does', async () => {
  const stage = await talkWith1001(NAMED);
  stage.pbx.phone('1001').hold();
  stage.pbx.phone('1001').unhold();
  expect(names(await stage.manager.event('Hold'))).toEqual(RECORDED.hold);
  expect(names(await stage.manager.event('Unhold'))).toEqual(RECORDED.unhold);
  expect(deeds(stage)).toEqual(['Hold PJSIP/1001 abc-1', 'Unhold PJSIP/1001 abc-1']);
});

test.each([{ UDESK_CALL_ID: 'abc-1' }, {}])(
  'holding a call that handed on no name is not let through',
  async (variables) => {
    const stage = await talkWith1001(variables);
    stage.pbx.phone('1001').hold();
    await settled(stage);
    expect(deeds(stage)).toEqual([]);
  },
);

test('a blind transfer takes the caller back first, and the name goes on to the next phone', async () => {
  const stage = await talkWith1001(NAMED);
  stage.pbx.phone('1001').blindTransfer('1002');
  await stage.pbx.waitFor(() => stage.caller.talkingTo === '1002');
  stage.pbx.phone('1002').hold();
  await settled(stage);
  expect(deeds(stage)).toEqual([
    'Unhold PJSIP/1001 abc-1',
    'BlindTransfer PJSIP/1001 abc-1',
    'Hold PJSIP/1002 abc-1',
  ]);
});

test('an attended transfer holds the caller, takes them back and hands them over', async () => {
  const stage = await talkWith1001(NAMED);
  expect(await stage.pbx.phone('1001').attendedTransfer('1002')).toBe(true);
  await settled(stage);
  expect(deeds(stage)).toEqual([
    'Hold PJSIP/1001 abc-1',
    'Unhold PJSIP/1001 abc-1',
    'AttendedTransfer PJSIP/1001 abc-1',
  ]);
});

test('a name that is set anew without underscores is handed on no more', async () => {
  const stage = await talkWith1001(NAMED);
  await stage.manager.setvar('UDESK_CALL_ID', 'abc-2', stage.caller.uniqueid);
  stage.pbx.phone('1001').blindTransfer('1002');
  await stage.pbx.waitFor(() => stage.caller.talkingTo === '1002');
  stage.pbx.phone('1002').hold();
  await settled(stage);
  expect(deeds(stage)).toEqual(['Unhold PJSIP/1001 abc-1', 'BlindTransfer PJSIP/1001 abc-1']);
});
