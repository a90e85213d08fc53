import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import {
  type Access,
  accessCheck,
  challengeOf,
  isFromAnotherSite,
  type Shown,
} from './active-call-access.ts';
import { askingAddress } from './asking-address.ts';
import { OnceAMinute } from './once-a-minute.ts';
import { refuse } from './refusals.ts';

interface Guarding {
  readonly access: Access;
  readonly log: Pick<Log, 'warn'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

/** Refuses whoever may not ask for calls, before their body is read: it costs us nothing more. */
export function activeCallGuard({ access, log, clock }: Guarding): Guard {
  const verdictOn = accessCheck(access);
  const pages = new OnceAMinute(clock);
  // One for each, so that a stranger who tries does not keep out of the log what is amiss with the help desk's own request.
  const strangers: Readonly<Record<Shown, OnceAMinute>> = {
    nothing: new OnceAMinute(clock),
    'another-scheme': new OnceAMinute(clock),
    wrong: new OnceAMinute(clock),
  };
  return async (request, reply) => {
    if (isFromAnotherSite(access, request)) {
      const times = pages.timesToTell();
      if (times !== undefined)
        log.warn({ ...askingAddress(request), times }, 'a page of another site had a browser ask for a call');
      return refuse(reply, 403, NO_PAGES);
    }
    const shown = verdictOn(request);
    if (shown === 'let-in') return;
    const times = strangers[shown].timesToTell();
    if (times !== undefined)
      log.warn(
        { ...askingAddress(request), shown, times },
        'somebody asked for a call who has not the token or password for it',
      );
    return refuse(reply.header('www-authenticate', challengeOf(access, request)), 401, WHY_NOT[shown]);
  };
}

const NO_PAGES =
  'with activeCall.auth: none pages of other sites may not ask for calls; with token, or basic, they may';

const WHY_NOT: Readonly<Record<Shown, string>> = {
  nothing: 'you may not ask for calls: no token or password came',
  'another-scheme': 'you may not ask for calls: what came is not shown in the way of activeCall.auth',
  wrong: 'you may not ask for calls: the token or password is another one',
};
