import { quoted } from './mistake.ts';
import { list, matching, type Refusal, type Rule, text } from './rules.ts';

/** As Udesk writes them: the signature of its callbacks is made of the very letters, so their case counts. */
export const applicationId = (): Rule<string> =>
  matching(
    'a UUID such as 6f142ddb-47ed-442e-83e7-6d2574d77aa2',
    /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  );

/** The examples of the document have 10 to 15 digits and letters; the length is our choice. */
export const accountId = (): Rule<string> =>
  matching('1 to 64 letters, digits, dashes and underscores', /^[A-Za-z0-9_-]{1,64}$/);

/** "Digits", "Maximum length: 32 characters", says the document of the id of an agent. */
export const agentId = (): Rule<string> => matching('1 to 32 digits in quotes', /^[0-9]{1,32}$/);

/** What the domain takes for an extension. */
export const extension = (): Rule<string> => matching('2 to 20 digits in quotes', /^[0-9]{2,20}$/);

const VARIABLE = '1 to 64 letters, digits and underscores, the first one a letter';

/** A variable of a channel, as `channelvars` of manager.conf lists it. */
export const channelVariable = (): Rule<string> => text(VARIABLE, objectionToVariable);

function objectionToVariable(value: string): Refusal | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(value)) {
    const problem = `must be ${VARIABLE}, but is ${quoted(value)}`;
    return {
      problem,
      remedy: 'write its name alone: no dollar, no braces, none of the underscores that hand it on',
    };
  }
  // Of these the daemon knows what they hold, and it is no call of another system.
  if (!value.startsWith('MOVIDESK_')) return undefined;
  return {
    problem: `must not be a variable of the dialplan's own, but is ${quoted(value)}`,
    remedy: 'write the variable in which your dialplan keeps the id that Udesk has for the call',
  };
}

const EVENT = /^[a-z][a-z0-9_]{0,63}$/;

/**
 * Names of events. Not held against the document's own list: its chapters differ from one another, and of queues and
 * recordings it has a headline and no name.
 */
export function eventNames(): Rule<readonly string[]> {
  const most = 64;
  const { check, ...rule } = list(`a list of 1 to ${most} names of events`, 1, most);
  return {
    ...rule,
    check: (value) => {
      const verdict = check(value);
      if (!verdict.ok) return verdict;
      const names = verdict.value.filter((name) => typeof name === 'string' && EVENT.test(name));
      if (names.length < verdict.value.length) return { ok: false, refusal: noEvent(verdict.value) };
      const twice = names.find((name, index) => names.indexOf(name) < index);
      return twice === undefined
        ? { ok: true, value: names.map(String) }
        : { ok: false, refusal: { problem: `has ${twice} twice`, remedy: 'remove one of the two' } };
    },
  };
}

// What stands there is not shown: below a line that is indented wrongly it may be a secret.
function noEvent(entries: readonly unknown[]): Refusal {
  const place = entries.findIndex((name) => typeof name !== 'string' || !EVENT.test(name));
  return {
    problem: `has something at place ${place + 1} that is no event's name`,
    remedy: 'write it in small letters, digits and underscores, as in acd_agent_state',
  };
}
