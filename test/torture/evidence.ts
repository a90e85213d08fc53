import type { Round } from './round.ts';
import type { OfferTruth, VisitTruth } from './truth.ts';

/** All that is needed to find out why a round failed. */
export function evidenceOf(round: Round): string {
  const { plan, journal, daemon, truth, movidesk } = round;
  const ledger = movidesk.ledger.map(
    ({ at, operation, callId, query, status, body }) =>
      `${time(at)} ${operation} ${callId} ${JSON.stringify(query)} ${status} ${body}`,
  );
  const sight = truth.sight.map(({ from, to }) => `${time(from)} to ${time(to)}`);
  const callers = truth.callers.flatMap(({ number, uniqueid, visits }) => [
    `${number} ${uniqueid}`,
    ...visits.flatMap(visitLines),
  ]);
  const sections: Readonly<Record<string, readonly string[]>> = {
    'the plan': [JSON.stringify(plan)],
    'what people and fate did': journal.lines,
    'what the PBX showed': callers,
    'when the daemon could see': sight,
    'when the daemon died': truth.deaths.map(time),
    'what Movidesk heard': ledger,
    'the daemon': [daemon.output],
    Asterisk: [round.pbxLog()],
    SIPp: [round.sippErrors()],
  };
  return Object.entries(sections)
    .map(([title, lines]) => `——— ${title} ———\n${lines.join('\n')}\n`)
    .join('\n');
}

function time(at: number | undefined): string {
  if (at === undefined) return 'never';
  return Number.isFinite(at) ? new Date(at).toISOString() : 'the end';
}

function visitLines({ queueId, enteredAt, offers, sentAway, message, end }: VisitTruth): string[] {
  return [
    `  ${time(enteredAt)} enters queue ${queueId}`,
    ...offers.map(offerLine),
    ...(sentAway === undefined ? [] : [`  ${time(sentAway.at)} sent away: ${sentAway.to}`]),
    ...(message === undefined ? [] : [`  ${time(message.at)} leaves ${message.file}`]),
    `  ${time(end.at)} ${end.how}`,
  ];
}

function offerLine({ at, extension, answeredAt, connectedAt, recording }: OfferTruth): string {
  const answer = answeredAt === undefined ? 'in vain' : `picked up ${time(answeredAt)}`;
  return `  ${time(at)} offered to ${extension}, ${answer}, together ${time(connectedAt)}, ${recording}`;
}
