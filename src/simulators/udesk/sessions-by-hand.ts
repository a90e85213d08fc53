import type { Session } from './sessions/session.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { Application } from './state/application.ts';

/** The open WebSockets of one application's agents. */
export class SessionsByHand {
  readonly #sessions: Sessions;
  readonly #application: Application;

  constructor(sessions: Sessions, application: Application) {
    this.#sessions = sessions;
    this.#application = application;
  }

  agentIds(): readonly string[] {
    return this.#sessions.all().map(({ agentId }) => agentId);
  }

  /** Any event, of the document or not; it wants its ACK. */
  sendEvent(agentId: string, method: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.#session(agentId).sendEvent({ method, fields });
  }

  /** A notification, which is not to be acknowledged. */
  notify(agentId: string, method: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.#session(agentId).sendNotification({ method, fields });
  }

  /** A frame as it is, which need be no message. */
  sendRaw(agentId: string, text: string): void {
    this.#session(agentId).sendRaw(text);
  }

  /** Says `disconnect`, then closes. */
  disconnect(agentId: string, reason: string): void {
    this.#session(agentId).disconnect(reason);
  }

  /** Breaks the connection off without a word: of one agent, or of all. */
  drop(agentId?: string): void {
    if (agentId === undefined) this.#sessions.dropAll();
    else this.#session(agentId).drop();
  }

  #session(agentId: string): Session {
    const session = this.#sessions.of(this.#application, agentId);
    if (session === undefined) throw new Error(`${agentId} has no session`);
    return session;
  }
}
