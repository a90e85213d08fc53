import { isWithinWindow, sha1, type TimestampUnit, unitOf } from '../signature.ts';
import type { Account } from '../state/account.ts';

export interface SignedQuery {
  readonly Timestamp?: string | undefined;
  readonly Sid?: string | undefined;
  readonly AgentId?: string | undefined;
  readonly Sign?: string | undefined;
}

export interface Judge {
  readonly account: Account;
  /** Nothing: either unit will do. */
  readonly unit: TimestampUnit | undefined;
}

/**
 * What is wrong with a signature, or nothing. With a Sid it is a server's, SHA1(Sid + AuthToken + Timestamp); without
 * one but with an AgentId it is a front end's, SHA1(AgentId + AuthToken + Timestamp).
 */
export function signatureBreach(query: SignedQuery, { account, unit }: Judge): string | undefined {
  const { Timestamp = '', Sid, AgentId, Sign = '' } = query;
  const stale = timestampBreach(Timestamp, account.world.now(), unit);
  if (stale !== undefined) return stale;
  const signer = Sid ?? AgentId;
  if (signer === undefined) return 'neither Sid nor AgentId';
  if (Sid !== undefined && Sid !== account.sid) return 'the Sid is wrong';
  if (Sign === '') return 'no Sign';
  return Sign === sha1(signer, account.authToken, Timestamp) ? undefined : 'the Sign is wrong';
}

function timestampBreach(text: string, now: number, unit: TimestampUnit | undefined): string | undefined {
  if (!/^\d{1,15}$/.test(text)) return 'the Timestamp is missing or no number';
  const timestamp = Number(text);
  if (unit !== undefined && unitOf(timestamp) !== unit) return `the Timestamp is not in ${unit}`;
  return isWithinWindow(timestamp, now) ? undefined : 'the Timestamp is more than ten minutes off';
}
