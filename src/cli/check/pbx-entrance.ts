import type { Entrance } from '../../adapters/asterisk/pbx-inspector.ts';
import { type Finding, fail, ok } from './finding.ts';

/** Where the PBX is, and who we are there. */
export interface Peer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly tls: boolean;
}

export function entranceFindings(peer: Peer, entrance: Entrance): readonly Finding[] {
  if (entrance.kind === 'out') return [outFinding(peer, entrance)];
  const { host, port, username, tls } = peer;
  const login = ok('login', `let in as ${username} at ${host}:${port}${tls ? ', over TLS' : ''}`);
  return [
    login,
    entrance.isToldOfBoot ? ok('FullyBooted', 'was told, as the daemon needs it') : unbooted(peer),
  ];
}

const unbooted = ({ username }: Peer): Finding =>
  fail(
    'FullyBooted',
    'the PBX did not say that it is up, and the daemon waits for that word',
    `in the section [${username}] of manager.conf let read have system; then asterisk -rx 'manager reload'. If Asterisk is only just starting, run check again`,
  );

function outFinding(peer: Peer, { problem, why, remedy }: Extract<Entrance, { kind: 'out' }>): Finding {
  const { host, port, username, tls } = peer;
  switch (problem) {
    case 'unreachable':
      return fail(
        'login',
        `nothing answers at ${host}:${port}: ${why}`,
        `see that Asterisk runs (asterisk -rx 'core show uptime'), that manager.conf has enabled = yes and bindaddr lets this machine in (asterisk -rx 'manager show settings'), and that no firewall stands between; else correct asterisk.host and asterisk.port`,
      );
    case 'no-ami':
      return fail(
        'login',
        `something listens on ${host}:${port}, but it does not answer as AMI does: ${why}`,
        tls
          ? 'set asterisk.port to the port of tlsbindaddr in manager.conf'
          : 'set asterisk.port to the port of manager.conf (5038 unless it says otherwise), or asterisk.tls to true if that port speaks TLS',
      );
    case 'refused':
      return fail(
        'login',
        `the PBX refuses the login of ${username}: ${why}; it says no more, whatever the reason`,
        `if you have just written it: asterisk -rx 'manager reload'. Else compare the section [${username}] of manager.conf and its secret with asterisk.username and with what asterisk.secret or asterisk.secretFile gives, see that permit lets this machine in and allowmultiplelogin is not no; manager reload. Asterisk's own log names the reason: /var/log/asterisk/messages.log, or full`,
      );
    case 'distrusted':
      return fail(
        'login',
        `the PBX is not to be trusted over TLS: ${why}`,
        remedy ?? 'give it a certificate',
      );
    default:
      return problem satisfies never;
  }
}
