import type { QueueFacts, QueueSettings } from '../../adapters/asterisk/queue-facts.ts';
import { count } from './configuration.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** A queue of the configuration whose callers wait in one of Asterisk's own. */
export interface WaitingPlace {
  readonly asteriskQueue: string;
  readonly maxWaitSeconds: number;
}

const RELOAD = "then asterisk -rx 'queue reload all'";

export function asteriskQueueFindings(
  place: WaitingPlace,
  facts: QueueFacts | undefined,
): readonly Finding[] {
  const { asteriskQueue } = place;
  const name = `queue ${asteriskQueue}`;
  if (facts === undefined)
    return [warn(name, 'the PBX does not tell how it is', `look yourself: queue show ${asteriskQueue}`)];
  if (!facts.isThere)
    return [
      fail(
        name,
        'is not there: callers who are sent to it go on at once',
        `add [${asteriskQueue}] to queues.conf as in config/asterisk/queues_movidesk.conf, ${RELOAD}; or correct queues[].asteriskQueue`,
      ),
    ];
  return [memberFinding(place, facts), doorFinding(place, facts), maxWaitFinding(place, facts)];
}

function memberFinding({ asteriskQueue }: WaitingPlace, { members }: QueueFacts): Finding {
  const name = `queue ${asteriskQueue}, members`;
  if (members.length === 0) return ok(name, 'none, as it must be');
  return fail(
    name,
    `${count(members.length, 'member')} (${members.slice(0, 5).join(', ')}): they would ring without Movidesk knowing`,
    `take every member line out of [${asteriskQueue}] in queues.conf, ${RELOAD}; a dynamic one goes with: asterisk -rx 'queue remove member ${members[0]} from ${asteriskQueue}'`,
  );
}

/** Whether somebody may wait in it, though it has no members. */
function doorFinding({ asteriskQueue }: WaitingPlace, { settings, maxLength }: QueueFacts): Finding {
  const name = `queue ${asteriskQueue}, waiting`;
  if (settings === undefined)
    return warn(
      name,
      'it does not stand in queues.conf, so its settings cannot be seen',
      `see that it has joinempty = yes and leavewhenempty = no`,
    );
  const wrong = wrongSettings(settings);
  if (wrong.length > 0)
    return fail(
      name,
      `lets nobody wait: ${wrong.map(({ is, so }) => `${is}, so ${so}`).join('; ')}`,
      `in [${asteriskQueue}] of queues.conf write: ${wrong.map(({ write }) => write).join(' and ')}; ${RELOAD}`,
    );
  if (maxLength > 0)
    return warn(
      name,
      `lets ${count(maxLength, 'caller')} wait, and sends away whoever comes then`,
      `in [${asteriskQueue}] of queues.conf write: maxlen = 0; ${RELOAD}`,
    );
  return ok(name, 'callers are let in, and may stay, though it has no members');
}

function wrongSettings({ letsIn, letsStay, joinEmpty, leaveWhenEmpty }: QueueSettings) {
  return [
    ...(letsIn
      ? []
      : [{ is: `joinempty = ${joinEmpty}`, so: 'no caller is let in', write: 'joinempty = yes' }]),
    ...(letsStay
      ? []
      : [
          {
            is: `leavewhenempty = ${leaveWhenEmpty}`,
            so: 'every caller is thrown out',
            write: 'leavewhenempty = no',
          },
        ]),
  ];
}

/** Inside Queue() nobody looks whether the daemon lives: its longest wait is what takes callers to the fallback then. */
function maxWaitFinding({ asteriskQueue, maxWaitSeconds }: WaitingPlace, facts: QueueFacts): Finding {
  const name = `queue ${asteriskQueue}, longest wait`;
  const wanted = maxWaitSeconds + 60;
  const remedy = `where the dialplan calls it, write the seconds as fifth argument: Queue(${asteriskQueue},,,,${wanted}), and after it where callers go without us`;
  if (facts.maxWaitSeconds === undefined)
    return warn(
      name,
      'cannot be seen: callers do not come through [movidesk-queue] of extensions.conf',
      `see that callers do not wait for ever if the daemon is down (FreePBX: Max Wait Time and Fail Over Destination of the queue); ${wanted} seconds suit`,
    );
  if (facts.maxWaitSeconds === 0)
    return fail(name, 'none: callers would wait for ever if the daemon is down', remedy);
  return facts.maxWaitSeconds <= maxWaitSeconds
    ? warn(
        name,
        `${facts.maxWaitSeconds} s, no more than maxWaitSeconds (${maxWaitSeconds}): Asterisk gives up before the daemon does`,
        remedy,
      )
    : ok(name, `${facts.maxWaitSeconds} s, a little above maxWaitSeconds (${maxWaitSeconds})`);
}
