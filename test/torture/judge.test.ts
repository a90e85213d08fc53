import { describe, expect, it } from 'vitest';
import type { SimulatedCall } from '../../src/simulators/movidesk/call-book.ts';
import type { LedgerEntry } from '../../src/simulators/movidesk/ledger.ts';
import { judge } from './judge.ts';
import type { OfferTruth, Truth, VisitTruth } from './truth.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');
const NUMBER = '5511987650001';
const SIGHT = [{ from: NOON, to: Infinity }];
const BLIND_UNTIL_ONE_MINUTE = [{ from: NOON + 60_000, to: Infinity }];

const aVisit = (visit: Partial<VisitTruth> = {}): VisitTruth => ({
  queueId: 1,
  enteredAt: NOON + 1_000,
  offers: [],
  sentAway: undefined,
  message: undefined,
  end: { at: NOON + 9_000, how: 'hung-up' },
  ...visit,
});

const anOffer = (offer: Partial<OfferTruth> = {}): OfferTruth => ({
  extension: '1001',
  at: NOON + 2_000,
  answeredAt: NOON + 3_000,
  connectedAt: NOON + 3_000,
  recording: 'talk.wav',
  ...offer,
});

const aCall = (call: Partial<SimulatedCall> = {}): SimulatedCall => ({
  callId: 'pbx1-1.1',
  queueId: 1,
  clientNumber: NUMBER,
  arrivedAt: NOON + 1_000,
  callDate: NOON + 1_000,
  phase: 'ended',
  asks: 1,
  extension: '1001',
  transferDate: undefined,
  ending: 'canceled',
  endDate: NOON + 9_000,
  link: undefined,
  ...call,
});

const COMPLETED = {
  ending: 'completed',
  transferDate: NOON + 3_000,
  link: 'link/talk.wav',
} as const;

interface Told {
  readonly visits: readonly VisitTruth[];
  readonly calls: readonly SimulatedCall[];
  readonly truth?: Partial<Truth>;
  readonly ledger?: readonly LedgerEntry[];
}

function breachesOf({ visits, calls, truth = {}, ledger = [] }: Told): string[] {
  const caller = { number: NUMBER, uniqueid: '1.1', visits };
  const whole = {
    ...{ callers: [caller], sight: SIGHT, deaths: [], pbxDeaths: [], secondOffers: [], stallMs: 0 },
    ...truth,
  };
  const heard = { calls, ledger, violations: [] };
  const links = { linkTo: (file: string) => `link/${file}`, hasSound: () => true };
  return judge(whole, heard, { pbxName: 'pbx1', maxWaitSeconds: 60, links });
}

const served = aVisit({ offers: [anOffer()] });

describe('nothing is found wrong', () => {
  it.each<[string, Told]>([
    ['with a caller who gave up and is canceled', { visits: [aVisit()], calls: [aCall()] }],
    ['with a caller who talked and is completed', { visits: [served], calls: [aCall(COMPLETED)] }],
    [
      'with a caller who came and went while nobody could see',
      { visits: [aVisit()], calls: [], truth: { sight: BLIND_UNTIL_ONE_MINUTE } },
    ],
    [
      'with an end that could only be found out later',
      {
        visits: [aVisit()],
        calls: [aCall({ endDate: NOON + 60_000 })],
        truth: { sight: BLIND_UNTIL_ONE_MINUTE },
      },
    ],
    [
      'with an answer to a caller who was gone at that moment, either way',
      { visits: [aVisit({ offers: [anOffer({ connectedAt: undefined })] })], calls: [aCall()] },
    ],
    [
      'with two visits of one channel',
      {
        visits: [
          aVisit({ end: { at: NOON + 9_000, how: 'entered-again' } }),
          aVisit({ enteredAt: NOON + 9_000, end: { at: NOON + 12_000, how: 'hung-up' } }),
        ],
        calls: [aCall(), aCall({ callId: 'pbx1-1.1-2', callDate: NOON + 9_000, endDate: NOON + 12_000 })],
      },
    ],
    [
      'with a talk of which the PBX lost its diary when it was killed',
      {
        visits: [aVisit({ offers: [anOffer()], end: { at: NOON + 4_000, how: 'pbx-died' } })],
        calls: [aCall({ endDate: NOON + 60_000 })],
        truth: { sight: BLIND_UNTIL_ONE_MINUTE, pbxDeaths: [{ at: NOON + 4_000, abrupt: true }] },
      },
    ],
  ])('%s', (_name, told) => {
    expect(breachesOf(told)).toEqual([]);
  });
});

it('the end of a talk may be dated later where the PBX lost its diary of it', () => {
  const told = { visits: [served], calls: [aCall({ ...COMPLETED, endDate: NOON + 60_000 })] };
  const sight = [{ from: NOON, to: NOON + 5_000 }, ...BLIND_UNTIL_ONE_MINUTE];
  expect(breachesOf({ ...told, truth: { sight } }).join()).toContain('the date of completed');
  const pbxDeaths = [{ at: NOON + 9_500, abrupt: true }];
  expect(breachesOf({ ...told, truth: { sight, pbxDeaths } })).toEqual([]);
});

describe('it is found out that', () => {
  it.each<[string, Told, string]>([
    ['a caller was lost', { visits: [aVisit()], calls: [] }, '1 visits to our queues, 0 calls'],
    [
      'a call was doubled',
      { visits: [aVisit()], calls: [aCall(), aCall({ callId: 'pbx1-1.1-2' })] },
      '1 visits to our queues, 2 calls',
    ],
    ['nobody called', { visits: [], calls: [aCall({ callId: 'pbx1-7.7' })] }, 'nobody called'],
    ['a talk was canceled', { visits: [served], calls: [aCall()] }, 'canceled, but it should be completed'],
    [
      'a talk that never was is completed',
      { visits: [aVisit()], calls: [aCall(COMPLETED)] },
      'completed, but it should be canceled',
    ],
    [
      'one who gave up is lost',
      { visits: [aVisit()], calls: [aCall({ ending: 'lost' })] },
      'lost, but it should be canceled',
    ],
    [
      'one who was sent away is canceled',
      { visits: [aVisit({ sentAway: { at: NOON + 2_000, to: 'lost' } })], calls: [aCall()] },
      'canceled, but it should be lost',
    ],
    [
      'another agent took them',
      { visits: [served], calls: [aCall({ ...COMPLETED, extension: '1002' })] },
      'transfered to 1002, but 1001 took them',
    ],
    [
      'the ending is told late of what the daemon saw',
      { visits: [aVisit()], calls: [aCall({ endDate: NOON + 14_000 })] },
      'the date of canceled is 2026-03-02T12:00:14.000Z',
    ],
    [
      'the answer is not dated as the diary has it',
      {
        visits: [served],
        calls: [aCall({ ...COMPLETED, transferDate: NOON + 60_000, endDate: NOON + 60_000 })],
        truth: { sight: BLIND_UNTIL_ONE_MINUTE },
      },
      'transferDate is 2026-03-02T12:01:00.000Z',
    ],
    [
      'the link is missing',
      { visits: [served], calls: [aCall({ ...COMPLETED, link: undefined })] },
      'link undefined, not to talk.wav',
    ],
    ['the ending is missing', { visits: [aVisit()], calls: [aCall({ ending: undefined })] }, 'never ended'],
    [
      'the number is another',
      { visits: [aVisit()], calls: [aCall({ clientNumber: '55' })] },
      'clientNumber 55',
    ],
  ])('%s', (_name, told, expected) => {
    expect(breachesOf(told).join('\n')).toContain(expected);
  });
});

describe('a report told twice', () => {
  const telling = (atMs: number, status: LedgerEntry['status']): LedgerEntry => ({
    at: NOON + atMs,
    operation: 'asterisk_canceledCall',
    callId: 'pbx1-1.1',
    query: { id: 'pbx1-1.1' },
    status,
    body: '',
  });
  const told = { visits: [aVisit()], calls: [aCall()] };

  it('without need is found out', () => {
    const ledger = [telling(9_000, 200), telling(12_000, 200)];
    expect(breachesOf({ ...told, ledger }).join()).toContain('told again without need');
  });

  it('because the daemon died right after the first is forgiven', () => {
    const ledger = [telling(9_000, 200), telling(12_000, 200)];
    expect(breachesOf({ ...told, ledger, truth: { deaths: [NOON + 9_100] } })).toEqual([]);
  });

  it('because Movidesk never answered is forgiven', () => {
    const ledger = [telling(9_000, 'hang'), telling(12_000, 200)];
    expect(breachesOf({ ...told, ledger })).toEqual([]);
  });
});
