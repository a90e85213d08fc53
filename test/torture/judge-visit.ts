import type { Ending } from '../../src/simulators/movidesk/call-book.ts';
import { type Case, isAnswerForgotten, pickUpOf, talkOf } from './case.ts';
import { dateBreaches } from './judge-dates.ts';
import { isSeen, knownAfterMs, type VisitTruth } from './truth.ts';

// Seen on Asterisk 22: `core restart now` answers nothing for some three seconds.
const GOING_DOWN_MS = 4_000;

/** What Movidesk was told of one visit, against what really happened. */
export function visitBreaches(one: Case): string[] {
  const { call } = one;
  if (call.ending === undefined) return ['it never ended'];
  return [
    ...identityBreaches(one),
    ...endingBreaches(one, call.ending),
    ...dateBreaches(one),
    ...linkBreaches(one),
  ];
}

function identityBreaches({ number, visit, call }: Case): string[] {
  return [
    ...(call.clientNumber === number ? [] : [`clientNumber ${call.clientNumber}`]),
    ...(call.queueId === visit.queueId ? [] : [`queueId ${call.queueId}, not ${visit.queueId}`]),
  ];
}

function endingBreaches(one: Case, ending: Ending): string[] {
  const expected = endingsOf(one);
  if (!expected.includes(ending)) return [`${ending}, but it should be ${expected.join(' or ')}`];
  const answered = talkOf(one.visit) ?? pickUpOf(one.visit);
  if (ending !== 'completed' || answered?.extension === one.call.extension) return [];
  return [`transfered to ${one.call.extension}, but ${answered?.extension} took them`];
}

function endingsOf(one: Case): readonly Ending[] {
  const { visit } = one;
  const talk = talkOf(visit);
  if (talk !== undefined)
    return isAnswerForgotten(talk, one.truth) ? ['completed', 'canceled'] : ['completed'];
  const without = visit.sentAway === undefined ? unservedOf(one) : sentAwayOf(one, visit.sentAway);
  // The agent picked up and the caller was gone at the same moment: they never heard each other, and Asterisk says both.
  return pickUpOf(visit) === undefined ? without : ['completed', ...without];
}

/** Lost; but nobody knows of one whom the dialplan sent to the fallback, and who was gone before the daemon came back. */
function sentAwayOf(
  { visit, truth }: Case,
  { at, to }: NonNullable<VisitTruth['sentAway']>,
): readonly Ending[] {
  const wasSeen = truth.sight.some((span) => span.from <= visit.end.at && span.to >= at);
  return to === 'fallback' && !wasSeen ? ['lost', 'canceled'] : ['lost'];
}

/** Nobody took them and they heard nothing: they gave up; but Movidesk, or the clock, may have given up first. */
function unservedOf(one: Case): readonly Ending[] {
  const { visit, call, ledger, maxWaitSeconds } = one;
  const answers = ledger.filter(
    ({ operation, callId }) => operation === 'asterisk_receivedCall' && callId === call.callId,
  );
  const wasRefused = answers.some(({ body }) => ['"0"', '"1"', '"2"'].includes(body));
  // Their wait may have ended while the PBX, going down, could not be asked whether they were still there.
  const endMs = visit.end.at + (visit.end.how === 'pbx-died' ? GOING_DOWN_MS : 0);
  const hasWaited = endMs - visit.enteredAt >= maxWaitSeconds * 1_000 - knownAfterMs(one.truth);
  return wasRefused || hasWaited ? ['canceled', 'lost'] : ['canceled'];
}

// A recorder needs a while to write the first sound.
const AUDIBLE_AFTER_MS = 1_000;

function linkBreaches(one: Case): string[] {
  const { call, visit, links } = one;
  if (call.ending === 'completed') return talkLinkBreaches(one);
  const { message } = visit;
  const isLeft = call.ending === 'lost' && message !== undefined;
  if (call.link === undefined)
    return isLeft && isSeen(message.at, one.truth) ? ['no link to the message'] : [];
  return isLeft && call.link === links.linkTo(message.file)
    ? []
    : [`a link that should not be: ${call.link}`];
}

function talkLinkBreaches(one: Case): string[] {
  const { call, visit, links } = one;
  const talk = talkOf(visit);
  if (talk === undefined || isAnswerForgotten(talk, one.truth)) return [];
  if (call.link !== links.linkTo(talk.recording)) return [`link ${call.link}, not to ${talk.recording}`];
  const isAudible =
    visit.end.how !== 'pbx-died' && visit.end.at - (talk.connectedAt ?? Infinity) >= AUDIBLE_AFTER_MS;
  return isAudible && !links.hasSound(talk.recording) ? [`nothing can be heard in ${talk.recording}`] : [];
}
