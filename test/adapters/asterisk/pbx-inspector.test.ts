import { expect, test } from 'vitest';
import { PbxInspector } from '../../../src/adapters/asterisk/pbx-inspector.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { clockFinding } from '../../../src/cli/check/clocks.ts';
import { aTcpServer } from '../movidesk/far-side.ts';
import { type Action, refusal, ScriptedPbx, value } from './scripted-pbx.ts';

// What a real PBX answers is tried in test/asterisk/check-*.test.ts; here stands what that one cannot be made to say.
const inspectorOf = (port: number) =>
  new PbxInspector({
    asterisk: {
      ...{ host: '127.0.0.1', port, username: 'movidesk', secret: { reveal: () => 'sesame' } },
      ...{ tls: false, authorities: undefined },
    },
    clock: systemClock,
  });

async function inspected<Result>(
  answerers: Parameters<typeof ScriptedPbx.listen>[0],
  look: (inspector: PbxInspector) => Promise<Result>,
): Promise<Result> {
  const pbx = await ScriptedPbx.listen(answerers);
  const inspector = inspectorOf(pbx.port);
  try {
    expect(await inspector.open()).toMatchObject({ kind: 'in' });
    return await look(inspector);
  } finally {
    inspector.close();
    await pbx.close();
  }
}

const variables = (values: Readonly<Record<string, string>>) => (action: Action) =>
  value(values[action['variable'] ?? ''] ?? '')(action);

test('a PBX whose clock is three hours behind, as if it took local time for UTC', async () => {
  const behind = String(Math.floor(systemClock.now() / 1_000) - 3 * 3_600);
  const time = await inspected({ getvar: variables({ EPOCH: behind }) }, (inspector) => inspector.readTime());
  expect(time).toEqual({ epochSeconds: Number(behind), beatAtSeconds: undefined, utcOffset: undefined });
  const aheadMs = systemClock.now() - ((time?.epochSeconds ?? 0) * 1_000 + 500);
  expect(clockFinding('clock', 'the PBX', aheadMs)).toMatchObject({
    state: 'FAIL',
    found: expect.stringMatching(/3 h ahead of the PBX, as if local time were taken for UTC/),
  });
});

test('the last beat and the zone are read', async () => {
  const values = { EPOCH: '1795424915', MOVIDESK_BRIDGE_ALIVE: '1795424910', 'STRFTIME(,,%z)': '-0300' };
  const time = await inspected({ getvar: variables(values) }, (inspector) => inspector.readTime());
  expect(time).toEqual({ epochSeconds: 1_795_424_915, beatAtSeconds: 1_795_424_910, utcOffset: '-0300' });
});

test('nothing is made of a PBX that refuses to tell', async () => {
  const refuse = (action: Action) => [refusal(action, 'Permission denied')];
  await inspected({ getvar: refuse, listcommands: refuse }, async (inspector) => {
    expect(await inspector.readTime()).toBeUndefined();
    expect(await inspector.readVersion()).toBeUndefined();
    expect(await inspector.isInDialplan('movidesk-hold', 's')).toBeUndefined();
    expect(await inspector.readManagerUser()).toEqual({
      actions: undefined,
      hears: undefined,
      channelVariables: undefined,
      filters: undefined,
    });
  });
});

test('a PBX that is going down is not taken for something else than AMI', async () => {
  const pbx = await ScriptedPbx.listen({ login: (action) => [refusal(action, 'Asterisk is shutting down')] });
  const inspector = inspectorOf(pbx.port);
  expect(await inspector.open()).toMatchObject({
    kind: 'out',
    problem: 'unreachable',
    why: 'Asterisk is shutting down',
  });
  inspector.close();
  await pbx.close();
});

test('somebody who takes the connection and hangs up is no AMI', async () => {
  await using other = await aTcpServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
  const inspector = inspectorOf(other.port);
  expect(await inspector.open()).toMatchObject({ kind: 'out', problem: 'no-ami' });
  inspector.close();
});
