import {
  type AgentState,
  agentStateOf,
  type CallMode,
  callModeOf,
  type ExtensionState,
  extensionStateOf,
  wordOf,
} from './agent-state.ts';
import { CALL_EVENT_NAMES, type CallEventName } from './call-event-names.ts';
import { type Fields, readFields, textOf, wholeNumberOf, wordingOf } from './json-fields.ts';

/** Who and what an event is about, as far as it says. */
interface About {
  /** The digits of the agent: `7765@…` with the application behind it, as the seat's details have it, is cut. */
  readonly agentId: string | undefined;
  readonly workId: string | undefined;
  readonly extension: string | undefined;
  readonly callId: string | undefined;
  readonly queueId: string | undefined;
}

/** The numbers of a call under the names that the document has for them, in whichever chapter. */
export interface CallNumbers {
  readonly destNumber: string | undefined;
  readonly spNumber: string | undefined;
  readonly agentNumber: string | undefined;
  readonly caller: string | undefined;
  readonly called: string | undefined;
  readonly calledDisplay: string | undefined;
}

/** `word` is Udesk's own for the state, for the log: nobody has written down which words there are. */
export type CallbackEvent =
  | (About & {
      readonly kind: 'agent-state';
      readonly state: AgentState;
      readonly oldState: AgentState;
      readonly subState: number | undefined;
      readonly word: string | undefined;
    })
  | (About & {
      readonly kind: 'extension-state';
      readonly state: ExtensionState;
      readonly oldState: ExtensionState;
      readonly word: string | undefined;
    })
  | (About & { readonly kind: 'call-mode'; readonly mode: CallMode; readonly word: string | undefined })
  | (About & {
      readonly kind: 'call';
      readonly name: CallEventName;
      readonly numbers: CallNumbers;
      /** Why it failed or ended. */
      readonly reason: string | undefined;
    })
  /** Something of a queue; the document has a headline for these events and no name. */
  | (About & { readonly kind: 'queue'; readonly name: string })
  | { readonly kind: 'unknown'; readonly name: string }
  /** No event at all. */
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * The document lists the names of the events and gives not one body. So this is a reading of ours: a JSON object with the
 * event's name under one of the words below, or only its category, and the properties in any of the document's ways to
 * write them (AgentId, agent_id, agentId; WorkId; CurState or State; ExtState; CallId, call_id …). What else is there
 * does not matter. Total: whatever comes, an event comes out of it.
 */
export function callbackEventOf(body: string): CallbackEvent {
  const reading = readFields(body);
  if (!reading.ok) return { kind: 'unreadable', why: reading.why };
  const fields = byWord(reading.fields);
  // A seat has a `Name` as well, so the first that is an event's counts, not the first that is there.
  const names = PLACES_OF_NAME.flatMap((place) => textOf(fields.get(place)) ?? []);
  if (names.length === 0) return { kind: 'unreadable', why: withoutName(reading.fields) };
  const [event] = names.flatMap((name) => eventNamed(name, fields) ?? []);
  return event ?? { kind: 'unknown', name: wordingOf(names[0]) ?? '' };
}

// `evt` is what the user data of originatev2 calls it, `Method` the agent's client, `category` the subscription.
const PLACES_OF_NAME = ['event', 'eventname', 'eventtype', 'evt', 'method', 'type', 'name', 'category'];

/** What its properties are called says how Udesk means it. */
const withoutName = (fields: Fields): string =>
  `without the name of an event: ${wordingOf([...fields.keys()].join(', ')) ?? 'an empty object'}`;

function eventNamed(name: string, fields: Fields): CallbackEvent | undefined {
  const word = wordOf(name);
  const callEvent = CALL_EVENTS.get(word);
  if (callEvent !== undefined) return callEventOf(callEvent, fields);
  if (AGENT_STATE_NAMES.has(word)) return agentStateEventOf(fields);
  if (EXTENSION_STATE_NAMES.has(word)) return extensionStateEventOf(fields);
  if (CALL_MODE_NAMES.has(word)) return callModeEventOf(fields);
  return word.startsWith('queue')
    ? { kind: 'queue', name: wordingOf(name) ?? '', ...aboutOf(fields) }
    : undefined;
}

// Each by its event, its category, and what the agent's client calls the same thing.
const AGENT_STATE_NAMES = new Set(['acdagentstate', 'agentstate', 'agentstatechange']);
const EXTENSION_STATE_NAMES = new Set(['extstate', 'extensionstatechange']);
const CALL_MODE_NAMES = new Set(['agentcallmodechange', 'agentcallmode']);
const CALL_EVENTS: ReadonlyMap<string, CallEventName> = new Map<string, CallEventName>([
  ...CALL_EVENT_NAMES.map((name) => [wordOf(name), name] as const),
  // The misspelling that the document has for the agent's client.
  ['agnethangup', 'agent_hangup'],
]);

function agentStateEventOf(fields: Fields): CallbackEvent {
  const said = firstOf(fields, ['curstate', 'state', 'agentstate']);
  return {
    kind: 'agent-state',
    ...aboutOf(fields),
    state: agentStateOf(said),
    oldState: agentStateOf(fields.get('oldstate')),
    subState: wholeNumberOf(firstOf(fields, ['curstatesubid', 'substate'])),
    word: wordingOf(said),
  };
}

function extensionStateEventOf(fields: Fields): CallbackEvent {
  const said = firstOf(fields, ['extstate', 'curextstate', 'curstate', 'state']);
  return {
    kind: 'extension-state',
    ...aboutOf(fields),
    state: extensionStateOf(said),
    oldState: extensionStateOf(fields.get('oldstate')),
    word: wordingOf(said),
  };
}

function callModeEventOf(fields: Fields): CallbackEvent {
  const said = firstOf(fields, ['curcontact', 'contact', 'curmode', 'mode']);
  return { kind: 'call-mode', ...aboutOf(fields), mode: callModeOf(said), word: wordingOf(said) };
}

function callEventOf(name: CallEventName, fields: Fields): CallbackEvent {
  const numbers = {
    destNumber: textOf(fields.get('destnumber')),
    spNumber: textOf(fields.get('spnumber')),
    agentNumber: textOf(fields.get('agentnumber')),
    caller: textOf(fields.get('caller')),
    called: textOf(fields.get('called')),
    calledDisplay: textOf(fields.get('calleddisplay')),
  };
  const reason = firstText(fields, ['reason', 'hangupreason', 'hangupcause']);
  return { kind: 'call', name, ...aboutOf(fields), numbers, reason };
}

function aboutOf(fields: Fields): About {
  return {
    agentId: textOf(fields.get('agentid'))?.replace(/^(\d+)@.*$/s, '$1'),
    workId: firstText(fields, ['workid', 'workerid']),
    extension: textOf(fields.get('extension')),
    callId: textOf(fields.get('callid')),
    queueId: textOf(fields.get('queueid')),
  };
}

/** The first one counts where two are written as the same word. */
function byWord(fields: Fields): Fields {
  return new Map([...fields].reverse().map(([name, value]) => [wordOf(name), value]));
}

/** The first that has a value at all. */
function firstOf(fields: Fields, words: readonly string[]): unknown {
  return words.map((word) => fields.get(word)).find((value) => value !== undefined && value !== null);
}

function firstText(fields: Fields, words: readonly string[]): string | undefined {
  return words.map((word) => textOf(fields.get(word))).find((text) => text !== undefined);
}
