import { describe, expect, it } from 'vitest';
import { AVAILABLE } from '../../../src/domain/extension/availability.ts';
import type { DeviceNames, ExtensionBoard } from '../../../src/domain/extension/extension-board.ts';
import {
  deviceChanged,
  emptyBoard,
  firstVerdict,
  putAside,
  SET_ASIDE_MS,
} from '../../../src/domain/extension/extension-board.ts';
import { extension } from '../builders.ts';
import { frozen } from '../frozen.ts';

const names: DeviceNames = {
  phone: (number) => `PJSIP/${number}`,
  dnd: (number) => `Custom:DND${number}`,
};
const PHONE = 'PJSIP/1001';
const DND = 'Custom:DND1001';
const asideAt1000 = putAside(emptyBoard, extension('1001'), 'dial BUSY', 1_000);

/** The board after a device went through these states. */
function showing(board: ExtensionBoard, device: string, ...states: readonly string[]): ExtensionBoard {
  return states.reduce((now, state) => deviceChanged(frozen(now), { device, state }, names), board);
}

function verdict(board: ExtensionBoard, { number = '1001', now = 1_000, isReserved = false } = {}) {
  return firstVerdict(board, extension(number), { now, isReserved });
}

describe('the live board', () => {
  it('has nothing against an extension of which it knows nothing', () => {
    expect(verdict(emptyBoard)).toEqual(AVAILABLE);
  });

  it('says no while another call has the extension', () => {
    expect(verdict(emptyBoard, { isReserved: true })).toEqual({
      available: false,
      why: 'reserved for another call',
    });
  });

  it.each(['INUSE', 'RINGING', 'UNAVAILABLE'])(
    'leaves it to a fresh question whether a phone last seen as %s is free: nobody may have told of the change',
    (state) => {
      expect(verdict(showing(emptyBoard, PHONE, state))).toEqual(AVAILABLE);
    },
  );
});

describe('an extension that did not take its call', () => {
  it('is passed over, with the reason', () => {
    expect(verdict(asideAt1000)).toEqual({ available: false, why: 'set aside: dial BUSY' });
    expect(verdict(asideAt1000, { number: '1002' })).toEqual(AVAILABLE);
  });

  it('is in turn again after thirty seconds, though its phone shows nothing', () => {
    expect(SET_ASIDE_MS).toBe(30_000);
    expect(verdict(asideAt1000, { now: 30_999 }).available).toBe(false);
    expect(verdict(asideAt1000, { now: 31_000 })).toEqual(AVAILABLE);
  });

  it('that fails again waits from the latest failure', () => {
    const again = putAside(asideAt1000, extension('1001'), 'dial NOANSWER', 20_000);
    expect(verdict(again, { now: 49_999 })).toEqual({ available: false, why: 'set aside: dial NOANSWER' });
    expect(verdict(again, { now: 50_000 })).toEqual(AVAILABLE);
  });

  it.each([
    [['INUSE', 'NOT_INUSE'], 'ended a call of its own'],
    [['UNAVAILABLE', 'NOT_INUSE'], 'registered'],
    [['RINGING', 'INUSE', 'NOT_INUSE'], 'took and ended a call'],
    [['NOT_INUSE'], 'told of itself for the first time'],
  ])('is in turn at once when its phone shows %j: it %s', (states) => {
    expect(verdict(showing(asideAt1000, PHONE, ...states))).toEqual(AVAILABLE);
  });

  it.each([
    [['RINGING', 'NOT_INUSE']],
    [['RINGING', 'RINGING', 'NOT_INUSE', 'NOT_INUSE']],
    [['RINGING', 'NOT_INUSE', 'RINGING', 'NOT_INUSE']],
  ])('is not in turn because its phone shows %j: that is how our own offer ended', (states) => {
    expect(verdict(showing(asideAt1000, PHONE, ...states)).available).toBe(false);
  });

  it('is in turn at once when do-not-disturb is switched off', () => {
    expect(verdict(showing(asideAt1000, DND, 'INUSE', 'NOT_INUSE'))).toEqual(AVAILABLE);
    expect(verdict(showing(asideAt1000, DND, 'NOT_INUSE'))).toEqual(AVAILABLE);
  });

  it('is not in turn because do-not-disturb is switched on', () => {
    expect(verdict(showing(asideAt1000, DND, 'INUSE')).available).toBe(false);
  });

  it('is not in turn because somebody else’s phone became free', () => {
    expect(verdict(showing(asideAt1000, 'PJSIP/1002', 'INUSE', 'NOT_INUSE')).available).toBe(false);
  });
});

describe('where no do-not-disturb device is configured', () => {
  it('nothing but the phone brings an extension back', () => {
    const bare: DeviceNames = { ...names, dnd: () => undefined };
    const board = deviceChanged(asideAt1000, { device: DND, state: 'NOT_INUSE' }, bare);
    const facts = { now: 1_000, names: bare, isReserved: false };
    expect(firstVerdict(board, extension('1001'), facts).available).toBe(false);
  });
});
