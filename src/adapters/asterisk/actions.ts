import type { Uniqueid } from '../../domain/identity.ts';
import type { ActionHeaders } from './action-headers.ts';

/** A channel's variable, or a global one where no channel is given. A function such as `DB(…)` will do, too. */
export function setVariable(name: string, value: string, uniqueid?: Uniqueid): ActionHeaders {
  const action = { Action: 'Setvar', Variable: name, Value: value };
  return uniqueid === undefined ? action : { ...action, Channel: uniqueid };
}

export function getVariable(name: string): ActionHeaders {
  return { Action: 'Getvar', Variable: name };
}

/** Asterisk takes the Uniqueid for `Channel`; channel names are given again after a restart. */
export function redirect(uniqueid: Uniqueid, context: string, exten: string): ActionHeaders {
  return { Action: 'Redirect', Channel: uniqueid, Context: context, Exten: exten, Priority: '1' };
}

export function extensionState(exten: string, context: string): ActionHeaders {
  return { Action: 'ExtensionState', Exten: exten, Context: context };
}

/** Of one channel, or of all of them. */
export function channelStatus(variables: string, uniqueid?: Uniqueid): ActionHeaders {
  const action = { Action: 'Status', Variables: variables };
  return uniqueid === undefined ? action : { ...action, Channel: uniqueid };
}

export function queueStatus(asteriskQueue: string): ActionHeaders {
  return { Action: 'QueueStatus', Queue: asteriskQueue };
}

// Redirect says the one, all others say the other.
const GONE = /no such channel|channel does not exist/i;

export const isGone = (message: string): boolean => GONE.test(message);
