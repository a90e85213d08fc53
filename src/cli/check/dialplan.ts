import {
  DIARY_CONTEXT,
  ENTRY_CONTEXT,
  MADE_AGENT_CONTEXT,
  MADE_CONTEXT,
  MONITOR_CONTEXT,
} from '../../adapters/asterisk/dialplan-names.ts';
import type { ActiveCallConfig } from '../../config/active-call-config.ts';
import type { Config } from '../../config/config.ts';
import { shippedFile } from '../../config/shipped-file.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** What is asked of the dialplan: whether a caller who is sent there would find anything. */
export type IsInDialplan = (context: string, exten: string) => Promise<boolean | undefined>;

interface Place {
  readonly context: string;
  readonly extens: readonly string[];
  /** What callers would suffer without it. */
  readonly otherwise: string;
  readonly remedy: string;
  /** The daemon works without it. */
  readonly isOptional?: boolean;
}

const COPY = `copy ${shippedFile('asterisk/extensions_movidesk.conf')} beside extensions.conf, #include it there, and asterisk -rx 'dialplan reload' (FreePBX: ${shippedFile('asterisk/freepbx/extensions_custom.conf')})`;
const COPY_ANEW = `it is of an older version: ${COPY}`;
// Any: the agent's context must have an answer to every extension that Movidesk may name.
const SOME_EXTENSION = '1001';

export async function dialplanFindings(config: Config, isThere: IsInDialplan): Promise<readonly Finding[]> {
  const looks: Look[] = [];
  for (const place of placesOf(config)) looks.push(await lookAt(place, isThere));
  return looks.every(isAbsent) ? [nothingThere(looks)] : looks.map(placeFinding);
}

/** One thing to do, and so one line: the file was not copied yet, or not included, or not loaded. */
const nothingThere = (looks: readonly Look[]): Finding =>
  fail(
    'contexts',
    `none of ours is there (${looks.map(({ context }) => context).join(', ')}): nobody could come in`,
    `${COPY}; where yours have other names, name them in dialplan.*`,
  );

function placesOf({ queues, dialplan, activeCall }: Config): readonly Place[] {
  const { holdContext, agentContext, lostContext, fallbackContext } = dialplan;
  const names = queues.map(({ name }) => name);
  const entered = queues.filter(({ asteriskQueue }) => asteriskQueue === undefined).map(({ name }) => name);
  const orNamed = (key: string) => `${COPY}; or name yours in dialplan.${key}`;
  return [
    ...(entered.length === 0
      ? []
      : [{ context: ENTRY_CONTEXT, extens: entered, otherwise: 'nobody could come in', remedy: COPY }]),
    {
      context: holdContext,
      extens: ['s'],
      otherwise: 'a caller whom no agent took would be hung up',
      remedy: orNamed('holdContext'),
    },
    {
      context: agentContext,
      extens: [SOME_EXTENSION, 'i'],
      otherwise: 'a caller would be hung up when Movidesk names an extension that is not there',
      remedy: `${orNamed('agentContext')}; it needs a pattern for every extension and exten => i`,
    },
    {
      context: lostContext,
      extens: ['holiday', 'closed', 'nobody', 'waited'],
      otherwise: 'a caller for whom nobody is there would be hung up',
      remedy: orNamed('lostContext'),
    },
    {
      context: fallbackContext,
      // `unknown` is where a caller without a queue is sent from the hold.
      extens: [...names, 'unknown'],
      otherwise: 'callers would be hung up while the daemon or Movidesk is down',
      remedy: `${orNamed('fallbackContext')}; it needs an extension for every queue, or exten => _[A-Za-z0-9_].`,
    },
    {
      context: DIARY_CONTEXT,
      extens: ['s', 'ended', 'unanswered'],
      otherwise: 'what becomes of calls while the daemon is away is not written down',
      remedy: COPY_ANEW,
      // Of calls made from Movidesk nothing else tells what became of them.
      isOptional: activeCall === undefined,
    },
    ...(activeCall === undefined ? [] : placesOfMadeCalls(activeCall)),
  ];
}

// Any: they have a pattern for every number that can be dialled.
const SOME_NUMBER = '551130001000';

function placesOfMadeCalls({ supervisors }: ActiveCallConfig): readonly Place[] {
  return [
    {
      context: MADE_AGENT_CONTEXT,
      extens: [SOME_EXTENSION],
      otherwise: 'no agent who calls from Movidesk would be rung',
      remedy: COPY_ANEW,
    },
    {
      context: MADE_CONTEXT,
      extens: [SOME_NUMBER, `+${SOME_NUMBER}`],
      otherwise: 'an agent who calls from Movidesk would be hung up',
      remedy: COPY_ANEW,
    },
    ...(supervisors === undefined
      ? []
      : [
          {
            context: MONITOR_CONTEXT,
            extens: [SOME_EXTENSION],
            otherwise: 'a supervisor who wants to listen would be hung up',
            remedy: COPY_ANEW,
          },
        ]),
  ];
}

/** It works, and callers get nowhere: the one place that only the admin can fill. */
export const shippedFallback = (context: string, queues: readonly string[]): Finding =>
  warn(
    'fallback',
    `[${context}] is as shipped for ${queues.join(', ')}: without the daemon callers hear an apology and are hung up`,
    `write into [${context}] of extensions_movidesk.conf (FreePBX: extensions_custom.conf) where they would have gone, such as: exten => ${queues[0] ?? 'support'},1,Queue(people); then asterisk -rx 'dialplan reload'`,
  );

interface Look extends Place {
  /** Those that are not there; nothing where the PBX does not say. */
  readonly missing: readonly string[] | undefined;
}

const isAbsent = ({ extens, missing }: Look): boolean => missing?.length === extens.length;

async function lookAt(place: Place, isThere: IsInDialplan): Promise<Look> {
  const missing: string[] = [];
  for (const exten of place.extens) {
    const found = await isThere(place.context, exten);
    if (found === undefined) return { ...place, missing: undefined };
    if (!found) missing.push(exten);
  }
  return { ...place, missing };
}

function placeFinding(look: Look): Finding {
  const { context, extens, missing, otherwise, remedy, isOptional = false } = look;
  const name = `context ${context}`;
  if (missing === undefined)
    return warn(name, 'the PBX does not say what is in it', `look yourself: dialplan show ${context}`);
  if (missing.length === 0) return ok(name, `has ${extens.join(', ')}`);
  const found = `${isAbsent(look) ? 'is not there' : `lacks ${missing.join(', ')}`}: ${otherwise}`;
  return isOptional ? warn(name, found, remedy) : fail(name, found, remedy);
}
