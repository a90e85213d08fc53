import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AmiConnection } from '../../../src/adapters/asterisk/connection.ts';
import { originateCall, originatedBy, originateHearing } from '../../../src/adapters/asterisk/originate.ts';
import { isPlainName } from '../../../src/adapters/asterisk/packet.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import type { CallToMake } from '../../../src/ports/pbx.ts';
import { extension } from '../../domain/builders.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const CALL: CallToMake = {
  callId: callIdFrom('pbx1-made-1'),
  agent: extension('1001'),
  number: '+5547999990000',
  ringMs: 30_000,
  dialContext: 'from-internal',
  callerId: undefined,
};

test('the agent is rung first, and what the dialplan needs goes along', () => {
  expect(originateCall(CALL)).toEqual({
    Action: 'Originate',
    Channel: 'Local/1001@movidesk-made-agent/n',
    ChannelId: 'pbx1-made-1',
    OtherChannelId: 'pbx1-made-1-b',
    Context: 'movidesk-made',
    Exten: '+5547999990000',
    Priority: '1',
    Timeout: '35000',
    Variable:
      'MOVIDESK_CALL_ID=pbx1-made-1,MOVIDESK_AGENT=1001,MOVIDESK_RING_SECONDS=30,MOVIDESK_CUSTOMER=+5547999990000,MOVIDESK_CALLER_ID=,MOVIDESK_DIAL_CONTEXT=from-internal',
    Async: 'true',
  });
});

test('an agent who passes their customer on into a queue makes a caller of either half, whose diary can be read', () => {
  const { ChannelId = '', OtherChannelId = '' } = originateCall(CALL) ?? {};
  expect([ChannelId, OtherChannelId].map(isPlainName)).toEqual([true, true]);
  expect(OtherChannelId).not.toBe(ChannelId);
});

test.each(['55@from-internal', '55/n', '55:1', '55a', 'PJSIP/1001', '5', '5'.repeat(21), '5+5'])(
  '%j is no number to the PBX, whoever wrote it',
  (text) => {
    expect(originateCall({ ...CALL, number: text })).toBeUndefined();
    expect(originateCall({ ...CALL, callerId: text })).toBeUndefined();
  },
);

test.each(['1001@from-internal', '1001/n', '1001:1', '1001a', '+1001', '1', ''])(
  '%j is no extension to the PBX, whoever wrote it',
  (text) => {
    const unlooked = text as CallToMake['agent'];
    expect(originateCall({ ...CALL, agent: unlooked })).toBeUndefined();
    const hearing = { callId: CALL.callId, supervisor: CALL.agent, agent: CALL.agent, ringMs: 1 };
    expect(originateHearing({ ...hearing, supervisor: unlooked }, 'PJSIP/1001')).toBeUndefined();
    expect(originateHearing({ ...hearing, agent: unlooked }, 'PJSIP/1001')).toBeUndefined();
  },
);

test.each(['a@b', 'a/b', 'a:b', 'a+b', ''])('%j is no context, and no id', (text) => {
  expect(originateCall({ ...CALL, dialContext: text })).toBeUndefined();
  expect(originateCall({ ...CALL, callId: callIdFrom(text) })).toBeUndefined();
});

test('a customer may be shown a number with a plus', () => {
  expect(originateCall({ ...CALL, callerId: '+551130001000' })?.['Variable']).toContain(
    'MOVIDESK_CALLER_ID=+551130001000,',
  );
});

test.each(['config/asterisk/extensions_movidesk.conf', 'config/asterisk/freepbx/extensions_custom.conf'])(
  'a phone that sends its calls elsewhere is not followed: %s',
  (file) => {
    const [, agents = ''] = readFileSync(file, 'utf8').split('[movidesk-made-agent]\n');
    expect(/Dial\(.*,([A-Za-z]+)\)$/m.exec(agents)?.[1]).toContain('i');
  },
);

test.each([
  ...[
    '55\r\nAction: Ping',
    '55\n\nAction: Command',
    '55\0',
    '55&x',
    '55^x',
    '55|x',
    '55,A=1',
    '55;x',
    '55"',
    "55'",
  ],
  ...['$', '{X}', '(x)', '55 66', '٥٥', 'ü'],
])('no value of %j ever leaves us', (number) => {
  expect(originateCall({ ...CALL, number })).toBeUndefined();
  expect(originateCall({ ...CALL, callerId: number })).toBeUndefined();
  expect(originateCall({ ...CALL, dialContext: number })).toBeUndefined();
  expect(originateCall({ ...CALL, callId: callIdFrom(number) })).toBeUndefined();
});

test('a supervisor is rung, and hears the device of the agent', () => {
  const headers = originateHearing(
    { callId: callIdFrom('h'), supervisor: extension('1900'), agent: extension('1001'), ringMs: 1 },
    'PJSIP/1001',
  );
  expect(headers).toMatchObject({
    Channel: 'Local/1900@movidesk-made-agent/n',
    Context: 'movidesk-monitor',
    Exten: '1001',
    Variable: 'MOVIDESK_RING_SECONDS=1,MOVIDESK_CUSTOMER=1001,MOVIDESK_DEVICE=PJSIP/1001',
  });
});

test('what the PBX says to it', () => {
  expect(originatedBy({ kind: 'error', message: 'Permission denied' })).toMatchObject({
    problem: 'forbidden',
  });
  expect(originatedBy({ kind: 'error', message: 'Channel not specified' })).toMatchObject({
    problem: 'refused',
  });
  expect(originatedBy({ kind: 'silent', cause: 'no answer within 5000 ms' })).toMatchObject({
    problem: 'unknown-outcome',
  });
});

test('a link that is not open was sent nothing, and nobody need look whether a phone rings', async () => {
  const connection = new AmiConnection({
    openWire: () => {
      throw new Error('Nobody opens it.');
    },
    clock: new ManualClock(),
    onEvent: () => {},
    onSkipped: () => {},
    onRefused: () => {},
  });
  expect(originatedBy(await connection.ask({ Action: 'Originate' }))).toMatchObject({ problem: 'unlinked' });
});
