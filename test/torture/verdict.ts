import { BRIDGE_USER } from '../asterisk/lab/asterisk-config.ts';
import { LINKS, TOKEN } from '../asterisk/lab/bridge.ts';
import { hasSound, spoolFile } from '../asterisk/lab/recordings.ts';
import { PBX_NAME } from './daemon.ts';
import { isExcused } from './diary-left.ts';
import { judge } from './judge.ts';
import type { Round } from './round.ts';

export interface Verdict {
  readonly breaches: readonly string[];
  /** How many notes stayed in the diary that nobody could erase. */
  readonly diaryLeft: number;
}

/** Everything that is promised of a round, whatever happened in it. */
export function verdictOf(round: Round): Verdict {
  const { truth, movidesk, plan, lab, diary } = round;
  const heard = {
    calls: movidesk.calls(),
    ledger: movidesk.ledger,
    violations: movidesk.violations(),
  };
  const links = {
    linkTo: (file: string) => `${LINKS}${encodeURIComponent(file)}`,
    hasSound: (file: string) => hasSound(spoolFile(lab, file)),
  };
  const excused = diary.filter((callId) => isExcused(callId, movidesk.ledger, truth));
  const forgotten = diary.filter((callId) => !excused.includes(callId));
  return {
    diaryLeft: excused.length,
    breaches: [
      ...round.breaches,
      ...judge(truth, heard, { pbxName: PBX_NAME, maxWaitSeconds: plan.maxWaitSeconds, links }),
      ...forgotten.map((callId) => `the diary of ${callId} was not erased`),
      ...daemonBreaches(round),
    ],
  };
}

function daemonBreaches({ daemon, plan }: Round): string[] {
  const secrets = [TOKEN, BRIDGE_USER.secret, ...plan.callers.map(({ number }) => number)];
  return [
    ...daemon.breaches,
    ...daemon.output.split('\n').filter((line) => line.includes('"level":"error"')),
    ...secrets.filter((secret) => daemon.output.includes(secret)).map((secret) => `in the log: ${secret}`),
  ];
}
