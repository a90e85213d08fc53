import { describe, expect, it } from 'vitest';
import type { ExtensionReading } from '../../../src/domain/extension/availability.ts';
import { AVAILABLE, verdictOf } from '../../../src/domain/extension/availability.ts';

const idle: ExtensionReading = { device: 'NOT_INUSE', dnd: undefined, hint: undefined };

describe('an extension', () => {
  it('can take a call when its phone is registered and idle', () => {
    expect(verdictOf(idle)).toEqual(AVAILABLE);
  });

  it.each(['INUSE', 'BUSY', 'RINGING', 'RINGINUSE', 'ONHOLD', 'UNAVAILABLE', 'INVALID', 'UNKNOWN', ''])(
    'cannot when its phone is %s',
    (device) => {
      expect(verdictOf({ ...idle, device })).toEqual({ available: false, why: `device ${device}` });
    },
  );

  it.each(['INUSE', 'BUSY', 'RINGING', 'RINGINUSE', 'ONHOLD', 'UNAVAILABLE'])(
    'cannot when do-not-disturb reads %s',
    (dnd) => {
      expect(verdictOf({ ...idle, dnd })).toEqual({ available: false, why: 'do not disturb' });
    },
  );

  it.each(['NOT_INUSE', 'UNKNOWN', 'INVALID', ''])(
    'can when do-not-disturb reads %s: nobody switched it on',
    (dnd) => {
      expect(verdictOf({ ...idle, dnd })).toEqual(AVAILABLE);
    },
  );

  it.each([1, 2, 4, 8, 9, 16])('cannot when its hint says %d', (hint) => {
    expect(verdictOf({ ...idle, hint })).toEqual({ available: false, why: `hint ${hint}` });
  });

  it.each([0, -1])('can when its hint is idle or missing (%d)', (hint) => {
    expect(verdictOf({ ...idle, hint })).toEqual(AVAILABLE);
  });

  it('cannot on the word of an idle hint alone: it reads idle while the phone is unregistered', () => {
    const reading = { device: 'UNAVAILABLE', dnd: 'NOT_INUSE', hint: 0 };
    expect(verdictOf(reading)).toEqual({ available: false, why: 'device UNAVAILABLE' });
  });
});
