import type { CallInput, Diary, MoveProblem } from '../../../src/domain/call/input.ts';
import { AVAILABLE, unavailable } from '../../../src/domain/extension/availability.ts';
import { extension, MORNING, NOW, someRules } from '../builders.ts';

/** Agent 1001 answered while nobody listened, and hung up ten seconds later. */
export const diaryOver: Diary = {
  answeredBy: extension('1001'),
  answeredAt: MORNING + 40_000,
  endedAt: MORNING + 50_000,
  recording: 'talk.wav',
};
/** The same, and the dialplan never wrote an end. */
export const diaryOpen: Diary = { ...diaryOver, endedAt: undefined, recording: undefined };

export const gone = {
  kind: 'gone',
  at: NOW - 5,
  recording: undefined,
  cause: '16',
  diary: undefined,
} as const;
export const goneWith = (recording: string) => ({ ...gone, recording });
export const enteredAgain = { kind: 'entered-again', at: NOW - 5, diary: undefined } as const;
export const answeredBy = (number: string) =>
  ({ kind: 'answered', by: { context: 'agent', extension: extension(number) } }) as const;
export const answeredByAgent = { kind: 'answered', by: { context: 'agent', extension: undefined } } as const;
export const answeredElsewhere = { kind: 'answered', by: { context: 'elsewhere' } } as const;
export const ringingAt = (number: string) => ({ kind: 'ringing', extension: extension(number) }) as const;
export const deadlineAt = (of: number) => ({ kind: 'deadline', of }) as const;
export const missedHangup = (diary?: Diary) => ({ kind: 'missed-hangup', diary }) as const;

export function named(number: string, verdict = AVAILABLE): CallInput {
  return { kind: 'agent-named', extension: extension(number), verdict };
}

export function checked(number: string, verdict = AVAILABLE): CallInput {
  return { kind: 'extension-checked', extension: extension(number), verdict };
}

export function offerFailed(number: string | undefined, dialStatus = 'BUSY'): CallInput {
  const tried = number === undefined ? undefined : extension(number);
  return { kind: 'offer-failed', extension: tried, dialStatus, hangupCause: '17' };
}

export function calledOff(number: string): CallInput {
  return { kind: 'called-off', extension: extension(number), why: 'the PBX does not answer' };
}

export function notMoved(to: 'extension' | 'hold' | 'leaving', problem: MoveProblem = 'refused'): CallInput {
  return { kind: 'not-moved', to, problem };
}

export function found(
  at: 'hold' | 'lost' | 'fallback' | 'elsewhere',
  bridged = false,
  diary?: Diary,
): CallInput {
  const place = at === 'hold' || at === 'lost' ? { at } : { at, bridged };
  return { kind: 'found', place, diary };
}

export function foundAtAgent(number: string | undefined, bridged: boolean, diary?: Diary): CallInput {
  const at = number === undefined ? undefined : extension(number);
  return { kind: 'found', place: { at: 'agent', extension: at, bridged }, diary };
}

type EveryKind = { readonly [Kind in CallInput['kind']]: readonly CallInput[] };

/** Variants of every input: a kind that is added to the union and not here fails to compile. */
export const variants: EveryKind = {
  asked: [{ kind: 'asked' }],
  'agent-named': [named('1001'), named('1002', unavailable('set aside'))],
  'nobody-free': [{ kind: 'nobody-free', because: 'all-busy' }],
  'no-agent': [
    { kind: 'no-agent', reason: 'holiday' },
    { kind: 'no-agent', reason: 'closed' },
    { kind: 'no-agent', reason: 'nobody' },
  ],
  'extension-checked': [checked('1001'), checked('1001', unavailable('device INUSE')), checked('1002')],
  'called-off': [calledOff('1001'), calledOff('1002')],
  'not-moved': [notMoved('extension'), notMoved('hold'), notMoved('leaving')],
  ringing: [ringingAt('1001'), ringingAt('1002'), { kind: 'ringing', extension: undefined }],
  answered: [answeredBy('1001'), answeredBy('1002'), answeredByAgent, answeredElsewhere],
  'offer-failed': [offerFailed('1001'), offerFailed('1002'), offerFailed(undefined)],
  transferred: [
    { kind: 'transferred', how: 'blind', target: '1002' },
    { kind: 'transferred', how: 'attended', target: '' },
  ],
  'message-left': [
    { kind: 'message-left', file: 'message.wav' },
    { kind: 'message-left', file: undefined },
  ],
  gone: [gone, goneWith('talk.wav'), goneWith('../\ud800{callId}.wav')],
  'entered-again': [enteredAgain],
  deadline: [
    deadlineAt(NOW + 3_000),
    deadlineAt(NOW + 2_000),
    deadlineAt(MORNING + someRules().maxWaitMs),
    deadlineAt(0),
  ],
  'help-desk-silent': [{ kind: 'help-desk-silent' }],
  found: [
    found('hold'),
    found('hold', false, diaryOver),
    found('lost'),
    ...[true, false].flatMap((bridged) => [
      found('fallback', bridged),
      found('elsewhere', bridged),
      found('elsewhere', bridged, diaryOpen),
      foundAtAgent('1001', bridged),
      foundAtAgent(undefined, bridged),
      foundAtAgent('1002', bridged, diaryOpen),
    ]),
  ],
  'missed-hangup': [missedHangup(), missedHangup(diaryOver), missedHangup(diaryOpen)],
};
