import type { Instant } from '../../domain/identity.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed } from '../../ports/failure.ts';
import { excerptWithout } from '../kit/excerpt.ts';
import type { AgentLink } from './agent-link.ts';
import type { UdeskOutcome } from './answer.ts';
import type { Fields } from './json-fields.ts';
import { PendingRequests, type Reply } from './pending-requests.ts';
import { outcomeOfReply } from './session-failure.ts';
import { requestText, type SessionRequest } from './session-messages.ts';

export interface SessionRequestsOptions {
  readonly link: Pick<AgentLink, 'status' | 'send' | 'drop'>;
  readonly appId: string;
  readonly agentId: string;
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly makeMessageId: () => string;
}

const USER_AGENT = 'asterisk-movidesk;1.0';
// The outbox has one request of an agent on its way at a time; a hundred is a caller of ours that has gone wild.
const MOST_PENDING = 100;

/** Sends the requests of one session and finds their replies. The numbers rise over all of its connections. */
export class SessionRequests {
  readonly #options: SessionRequestsOptions;
  readonly #pending: PendingRequests;
  #seqId = 0;

  constructor(options: SessionRequestsOptions) {
    this.#options = options;
    const { clock, deadlineMs, link } = options;
    // A link may be dead without anybody telling us; a request that is not answered is how it shows.
    const onOverdue = (why: string) => link.drop(why);
    this.#pending = new PendingRequests({ clock, deadlineMs, onOverdue });
  }

  /** Never rejects, never waits for a connection. `secret` appears in no cause, nor does what a person handed in. */
  async ask(
    request: SessionRequest,
    { at, secret }: { readonly at: Instant; readonly secret: string },
  ): Promise<UdeskOutcome<Fields>> {
    const { link, appId, agentId, makeMessageId } = this.#options;
    const name = request.Method;
    const unsent = (why: string) => failed({ kind: 'unreachable', cause: `${name}: ${why}` });
    if (link.status.kind !== 'online') return unsent(`the session is ${link.status.kind}`);
    if (this.#pending.size >= MOST_PENDING) return unsent(`${MOST_PENDING} requests await their replies`);
    this.#seqId += 1;
    const key = { seqId: this.#seqId, msgId: makeMessageId() };
    const text = requestText(request, { appId, agentId, userAgent: USER_AGENT }, key, at);
    if (!link.send(text)) return unsent('the connection is gone');
    const answer = await this.#pending.expect(key);
    if (answer.kind === 'lost') return failed({ kind: 'unknown-outcome', cause: `${name}: ${answer.cause}` });
    return outcomeOfReply(name, answer.reply, excerptWithout([secret, ...personalIn(request)]));
  }

  /** Whether it was awaited. */
  onReply(reply: Reply): boolean {
    return this.#pending.onReply(reply);
  }

  failAll(cause: string): void {
    this.#pending.failAll(cause);
  }
}

function personalIn(request: SessionRequest): readonly string[] {
  if (request.Method !== 'dialout' && request.Method !== 'setCallMode') return [];
  const number = request.Method === 'dialout' ? [request.DestNumber, request.SpNumber] : [];
  return [...number, request.UserData].filter((text) => text !== undefined);
}
