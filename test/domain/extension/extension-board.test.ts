import { describe, expect, it } from 'vitest';
import { AVAILABLE } from '../../../src/domain/extension/availability.ts';
import type { DeviceNames, ExtensionBoard } from '../../../src/domain/extension/extension-board.ts';
import {
  deviceChanged,
  emptyBoard,
  firstVerdict,
  isFreeAgain,
  isInUse,
  isSetAside,
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

describe('a device that shows that it is free', () => {
  const isNews = (states: readonly string[], device = PHONE) =>
    isFreeAgain(showing(emptyBoard, PHONE, ...states), { device, state: 'NOT_INUSE' });

  it.each(['INUSE', 'BUSY', 'ONHOLD', 'UNAVAILABLE', 'RINGINUSE', 'UNKNOWN'])(
    'is free again after %s',
    (before) => {
      expect(isNews([before])).toBe(true);
    },
  );

  it('is free again where nobody has told of it before: the PBX tells changes', () => {
    expect(isNews([])).toBe(true);
  });

  it('is so for its own sake, whatever another one shows', () => {
    expect(isNews(['NOT_INUSE'], DND)).toBe(true);
    expect(isNews(['INUSE'], PHONE)).toBe(true);
  });

  it.each([[['NOT_INUSE']], [['RINGING']], [['INUSE', 'RINGING']], [['INUSE', 'NOT_INUSE']]])(
    'is not free again after %j: it was free before, or merely rang',
    (states) => {
      expect(isNews(states)).toBe(false);
    },
  );

  it.each(['INUSE', 'RINGING', 'UNAVAILABLE', 'UNKNOWN'])('is not free when it shows %s', (state) => {
    expect(isFreeAgain(emptyBoard, { device: PHONE, state })).toBe(false);
    expect(isFreeAgain(showing(emptyBoard, PHONE, 'BUSY'), { device: PHONE, state })).toBe(false);
  });
});

describe('an extension in use', () => {
  const inUse = (board: ExtensionBoard, number = '1001') => isInUse(board, extension(number), names);

  it.each(['INUSE', 'BUSY', 'RINGING', 'ONHOLD', 'UNAVAILABLE'])('is one whose phone shows %s', (state) => {
    expect(inUse(showing(emptyBoard, PHONE, state))).toBe(true);
  });

  it('is one whose do-not-disturb is switched on, though the phone is free', () => {
    const board = showing(showing(emptyBoard, PHONE, 'NOT_INUSE'), DND, 'INUSE');
    expect(inUse(board)).toBe(true);
    expect(inUse(showing(board, DND, 'NOT_INUSE'))).toBe(false);
  });

  it('is not one of whose devices nobody has told', () => {
    expect(inUse(emptyBoard)).toBe(false);
    expect(inUse(showing(emptyBoard, DND, 'UNKNOWN'))).toBe(false);
  });

  it('is not one whose phone has become free, by the last word on it', () => {
    expect(inUse(showing(emptyBoard, PHONE, 'INUSE', 'NOT_INUSE'))).toBe(false);
    expect(inUse(showing(emptyBoard, PHONE, 'NOT_INUSE', 'INUSE'))).toBe(true);
  });

  it('is not one because of somebody else’s devices', () => {
    const board = showing(showing(emptyBoard, PHONE, 'INUSE'), DND, 'INUSE');
    expect(inUse(board, '1002')).toBe(false);
  });

  it('is not one because of a do-not-disturb that is not configured', () => {
    const bare: DeviceNames = { ...names, dnd: () => undefined };
    expect(isInUse(showing(emptyBoard, DND, 'INUSE'), extension('1001'), bare)).toBe(false);
    expect(isInUse(showing(emptyBoard, PHONE, 'INUSE'), extension('1001'), bare)).toBe(true);
  });

  it('is not one that is merely set aside: the help desk may still name it', () => {
    expect(inUse(asideAt1000)).toBe(false);
  });
});

describe('an extension set aside', () => {
  const isAside = (number: string, now: number) => isSetAside(asideAt1000, extension(number), now);

  it('is so for thirty seconds, and no other with it', () => {
    expect(isAside('1001', 1_000)).toBe(true);
    expect(isAside('1001', 30_999)).toBe(true);
    expect(isAside('1001', 31_000)).toBe(false);
    expect(isAside('1002', 1_000)).toBe(false);
  });

  it('is so no more when its phone has become free', () => {
    expect(isSetAside(showing(asideAt1000, PHONE, 'INUSE', 'NOT_INUSE'), extension('1001'), 1_000)).toBe(
      false,
    );
  });
});
