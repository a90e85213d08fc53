import { describe, expect, it } from 'vitest';
import type { Call, LeavingReason, OpenCall } from '../../../src/domain/call/call.ts';
import type { CallInput } from '../../../src/domain/call/input.ts';
import { LOSS_REASONS, type Loss, lossesIn, lossOf } from '../../../src/domain/call-back/loss.ts';
import { queueNameFrom } from '../../../src/domain/identity.ts';
import { aCall, extension, NOW, whatFollows } from '../builders.ts';

const GONE: CallInput = { kind: 'gone', at: NOW, recording: undefined, cause: '16', diary: undefined };
const MISSED: CallInput = { kind: 'missed-hangup', diary: undefined };
const AGAIN: CallInput = { kind: 'entered-again', at: NOW, diary: undefined };
const ANSWERED = { answeredBy: extension('1001'), answeredAt: NOW, endedAt: undefined, recording: undefined };
const foundIn = (at: 'fallback' | 'elsewhere', bridged = true): CallInput => ({
  kind: 'found',
  place: { at, bridged },
  diary: undefined,
});

/** What is lost with the step that the call takes upon this input. */
function lossBy(before: OpenCall, by: CallInput): Loss | undefined {
  const after: Call = whatFollows(before, by).call;
  return lossOf(before, after, by);
}

const sales = aCall().inQueue('sales');
const REASONS: readonly LeavingReason[] = ['holiday', 'closed', 'nobody', 'waited', 'unreachable'];

describe('a caller whom nobody took', () => {
  it.each(REASONS)('and who left because of %s is lost for that reason', (reason) => {
    const lost = { queue: 'sales', ending: 'lost', reason };
    expect(lossBy(sales.leaving(reason), GONE)).toEqual(lost);
  });

  it.each(REASONS.filter((reason) => reason !== 'unreachable'))(
    'and who left because of %s is lost for that reason, though nobody saw them hang up',
    (reason) => {
      const lost = { queue: 'sales', ending: 'lost', reason };
      expect(lossBy(sales.leaving(reason), MISSED)).toEqual(lost);
    },
  );

  it.each([
    ['hung up while they waited', sales.waiting(), GONE],
    ['hung up before the help desk was asked', sales.unasked().waiting(), GONE],
    ['hung up while a phone rang for them', sales.offeredTo('1001'), GONE],
  ])('and %s has given up', (_what, call, by) => {
    expect(lossBy(call, by)).toEqual({ queue: 'sales', ending: 'canceled', reason: 'gave-up' });
  });

  it.each([
    ['waited', sales.waiting(), 'canceled'],
    ['waited, and the help desk had not been asked', sales.unasked().waiting(), 'canceled'],
    ['stood before a ringing phone', sales.offeredTo('1001'), 'canceled'],
    ['was sent to the fallback', sales.leaving('unreachable'), 'lost'],
  ])('and %s, and was gone when we looked again, is lost unseen', (_what, call, ending) => {
    expect(lossBy(call, MISSED)).toEqual({ queue: 'sales', ending, reason: 'unseen' });
  });
});

describe('nobody is lost', () => {
  it.each([
    ['who talked to an agent', sales.talkingTo('1001'), GONE],
    ['whom an agent had answered while nobody listened', sales.waiting(), { ...GONE, diary: ANSWERED }],
    [
      'who was gone when we looked again, an agent having answered',
      sales.waiting(),
      { ...MISSED, diary: ANSWERED },
    ],
    ['who talked to an agent, and was gone when we looked again', sales.talkingTo('1001'), MISSED],
    ['whom an agent took while they were sent away', sales.leaving('waited'), { ...GONE, diary: ANSWERED }],
    ['who is in a talk in the fallback', sales.leaving('unreachable'), foundIn('fallback')],
    ['who is in a talk wherever the dialplan took them', sales.waiting(), foundIn('elsewhere')],
    ['who stands in a queue again, having waited', sales.waiting(), AGAIN],
    ['who stands in a queue again, having been sent away', sales.leaving('closed'), AGAIN],
    ['who is on their way out, and still there', sales.leaving('closed'), foundIn('fallback', false)],
    ['who has just been sent away', sales.waiting(), { kind: 'no-agent', reason: 'closed' } as const],
  ])('%s', (_what, call, by) => {
    expect(lossBy(call, by)).toBeUndefined();
  });

  it('a second time', () => {
    const ended = sales.ended('lost');
    expect(lossOf(ended, ended, GONE)).toBeUndefined();
  });
});

it('a queue can lose a caller for each reason, and only who gave up, perhaps unseen, has canceled', () => {
  const losses = lossesIn(queueNameFrom('sales'));
  const reasonsOf = (ending: Loss['ending']) =>
    losses.filter((loss) => loss.ending === ending).map(({ reason }) => reason);
  expect(reasonsOf('lost')).toEqual([...REASONS, 'unseen']);
  expect(reasonsOf('canceled')).toEqual(['gave-up', 'unseen']);
  expect(LOSS_REASONS).toEqual([...REASONS, 'gave-up', 'unseen']);
});
