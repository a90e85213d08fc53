import { expect, test } from 'vitest';
import { AgentMirror } from '../../../src/runtime/relays/agent-mirror.ts';
import { extension } from '../../domain/builders.ts';

const free = { device: 'NOT_INUSE', dnd: 'NOT_INUSE', hint: undefined };
const [anna, bruno] = [extension('1001'), extension('1002')];

function aMirror({ hasDnd = true } = {}): AgentMirror {
  const mirror = new AgentMirror({
    phone: (number) => `PJSIP/${number}`,
    dnd: (number) => (hasDnd ? `Custom:DND${number}` : undefined),
  });
  mirror.follow([anna, bruno]);
  return mirror;
}

const shown = (state: string) => ({ extension: anna, state });
const asked = (changes: number) => ({ extension: anna, changes });

test('an answer that is older than a change that was told is asked for once more', () => {
  const mirror = aMirror();
  expect(mirror.deviceChanged('PJSIP/1001', 'INUSE')).toEqual(shown('busy'));
  expect(mirror.read(asked(0), free)).toEqual(asked(1));
  expect(mirror.deviceChanged('PJSIP/1001', 'UNAVAILABLE')).toEqual(shown('offline'));
  expect(mirror.read(asked(1), free)).toEqual(asked(2));
  expect(mirror.read(asked(2), free)).toEqual(shown('idle'));
});

test('an answer that is as new as all that was told counts, and is news only where it differs', () => {
  const mirror = aMirror();
  expect(mirror.toRead()).toEqual([asked(0), { extension: bruno, changes: 0 }]);
  expect(mirror.read(asked(0), free)).toEqual(shown('idle'));
  expect(mirror.read(asked(0), free)).toBeUndefined();
  expect(mirror.read(asked(0), { ...free, dnd: 'INUSE' })).toEqual(shown('onBreak'));
});

test('a phone that is free says nothing before it is known whether its agent may be disturbed', () => {
  const mirror = aMirror();
  expect(mirror.deviceChanged('PJSIP/1001', 'NOT_INUSE')).toBeUndefined();
  expect(mirror.deviceChanged('Custom:DND1001', 'INUSE')).toEqual(shown('onBreak'));
});

test('do-not-disturb says nothing before the phone is known', () => {
  const mirror = aMirror();
  expect(mirror.deviceChanged('Custom:DND1001', 'INUSE')).toBeUndefined();
  expect(mirror.deviceChanged('PJSIP/1001', 'NOT_INUSE')).toEqual(shown('onBreak'));
});

test.each([
  ['INUSE', 'busy'],
  ['UNAVAILABLE', 'offline'],
])('a phone that is %s says enough', (device, state) => {
  expect(aMirror().deviceChanged('PJSIP/1001', device)).toEqual(shown(state));
});

test('a phone that is free says enough where there is no do-not-disturb', () => {
  expect(aMirror({ hasDnd: false }).deviceChanged('PJSIP/1001', 'NOT_INUSE')).toEqual(shown('idle'));
});

test('after a while in which nobody told of changes a free phone says nothing until it was asked about', () => {
  const mirror = aMirror();
  mirror.read(asked(0), { ...free, dnd: 'INUSE' });
  mirror.forgetDevices();
  expect(mirror.deviceChanged('PJSIP/1001', 'NOT_INUSE')).toBeUndefined();
  expect(mirror.read(asked(1), free)).toEqual(shown('idle'));
});

test('devices of nobody who is followed say nothing', () => {
  const mirror = aMirror();
  mirror.follow([bruno]);
  expect(mirror.deviceChanged('PJSIP/1001', 'INUSE')).toBeUndefined();
  expect(mirror.read(asked(0), free)).toBeUndefined();
  expect(mirror.extensionOf('PJSIP/1001')).toBeUndefined();
  expect(mirror.extensionOf('PJSIP/1002')).toBe(bruno);
});

test('whoever is followed on is told of no second time, and whoever comes back is', () => {
  const mirror = aMirror();
  mirror.read(asked(0), free);
  mirror.follow([anna]);
  expect(mirror.read(asked(0), free)).toBeUndefined();
  mirror.follow([bruno]);
  mirror.follow([anna, bruno]);
  expect(mirror.read(asked(0), free)).toEqual(shown('idle'));
});
