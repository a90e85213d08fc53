import type { CodeMeaning } from '../../ports/code-meaning.ts';

/** What an operator may look up. All but the last are tried again by themselves; meanwhile callers go to the fallback. */
export const AMI_CODES = {
  AMI_LOGIN_REFUSED: {
    means: 'the PBX refuses the login',
    toDo: "if it was just written: `asterisk -rx 'manager reload'`. Else, in manager.conf, compare the section name and the secret with `asterisk.username` and with what `asterisk.secret` or `asterisk.secretFile` gives, see that `permit` lets this host in, then `manager reload`. Asterisk’s own log names the reason: /var/log/asterisk/messages.log, or full",
  },
  AMI_TLS_REFUSED: {
    means:
      'the PBX is not to be trusted over TLS, so nothing was told to it: its certificate is from nobody whom we trust, for another name, or out of date, or what listens there does not speak TLS',
    toDo: 'what `remedy` in the line says: it is for the case at hand',
  },
  AMI_UNREACHABLE: {
    means: 'no link to the PBX: nobody listens there, or the connection broke off, or nothing came',
    toDo: 'see that Asterisk runs, that `enabled = yes`, `bindaddr` and `port` in manager.conf are what `asterisk.host` and `asterisk.port` name, and that no firewall stands between. Where `why` says “before secure TLS connection”, Asterisk itself ended the handshake: its own log tells the rest',
  },
  AMI_NOT_BOOTED: {
    means: 'the PBX let us in and has not finished starting',
    toDo: 'wait; if it stays so, `core waitfullybooted` on Asterisk’s console, and its log, say what it waits for',
  },
  AMI_MALFORMED: {
    means:
      'the PBX sent a packet that Asterisk would not make, and it was refused. Told at the first, tenth, hundredth of its kind',
    toDo: 'somebody may be writing into the stream by a caller’s name or number. Nothing of it was done. See by the CDR which trunk such callers come from, and have line breaks filtered there',
  },
} as const satisfies Readonly<Record<string, CodeMeaning>>;

export type AmiCode = keyof typeof AMI_CODES;

/** The remedy as a line of the log says it: what is marked as code on a page stands there as it is. */
export const remedyOf = (code: AmiCode): string => AMI_CODES[code].toDo.replaceAll('`', '');
