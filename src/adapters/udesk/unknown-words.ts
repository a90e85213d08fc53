import type { Log } from '../../ports/log.ts';
import type { AgentEvent } from './agent-events.ts';
import type { CallbackEvent } from './callback-events.ts';
import type { AgentSnapshot } from './session-messages.ts';

/** The answer to the question for an agent's state is no event. */
type Heard =
  | AgentEvent
  | CallbackEvent
  | (Pick<AgentSnapshot, 'state' | 'word'> & { readonly kind: 'snapshot' });

type Finding = { readonly what: string } & ({ readonly word: string } | { readonly why: string });

// Udesk has some dozens of words for things. Whoever sends us what they like fills neither log nor memory with others.
const MOST_SAID = 100;

/**
 * What Udesk says and nobody here understands, said once: the document lists no words of states and shows no callback, so
 * this line is where it shows that an account has others. One for all sessions and callbacks.
 */
export class UnknownWords {
  readonly #log: Pick<Log, 'warn' | 'debug'>;
  readonly #said = new Set<string>();

  constructor(log: Pick<Log, 'warn' | 'debug'>) {
    this.#log = log;
  }

  /** Of whatever is understood nothing is said. */
  look(event: Heard, agentId?: string): void {
    const finding = findingIn(event);
    if (finding !== undefined) this.say(finding, agentId);
  }

  /** What is said must be fit for a log. It is said once, whoever it was said of. */
  say(finding: Finding, agentId?: string): void {
    const name = JSON.stringify(finding);
    const facts = agentId === undefined ? finding : { agentId, ...finding };
    const isNews = this.#said.size < MOST_SAID && !this.#said.has(name);
    if (isNews) this.#said.add(name);
    if (isNews) this.#log.warn(facts, 'not understood from Udesk');
    else this.#log.debug(facts, 'not understood from Udesk');
  }
}

function findingIn(event: Heard): Finding | undefined {
  if (event.kind === 'unreadable') return { what: 'callback', why: event.why };
  if (event.kind === 'unknown') return { what: 'event', word: 'name' in event ? event.name : event.method };
  if (!('word' in event)) return undefined;
  const understood = 'mode' in event ? event.mode : event.state;
  return understood === 'unknown' ? { what: event.kind, word: event.word ?? 'nothing' } : undefined;
}
