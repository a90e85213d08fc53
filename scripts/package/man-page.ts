import type { Command, Option, Usage } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { EXIT } from '../../src/cli/exit-codes.ts';
import type { Release } from './release.ts';

/** asterisk-movidesk(8) in mdoc(7): the commands from where the program itself has them, so that neither lacks any. */
export function manPage({ epochSeconds }: Pick<Release, 'epochSeconds'>): string {
  const day = new Date(epochSeconds * 1_000);
  const date = `${day.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${day.getUTCDate()}, ${day.getUTCFullYear()}`;
  return `${HEAD(date)}
.Sh COMMANDS
.Bl -tag -width Ds
${COMMANDS.flatMap(entriesOf).join('\n')}
.El
${FOOT}
.Sh EXAMPLES
.Bd -literal
${[...new Set(COMMANDS.flatMap(({ examples }) => examples))].map(escaped).join('\n')}
.Ed
.Sh SEE ALSO
.Xr journalctl 1 ,
.Xr systemctl 1 ,
.Xr systemd.exec 5 ,
.Xr asterisk 8
.Pp
The guides in
.Pa /usr/share/doc/asterisk-movidesk .
`;
}

const HEAD = (date: string) => `.Dd ${date}
.Dt ASTERISK-MOVIDESK 8
.Os
.Sh NAME
.Nm asterisk-movidesk
.Nd lets Movidesk decide which agent takes which caller
.Sh SYNOPSIS
.Nm
.Ar command
.Op Ar options
.Nm
.Fl -version
.Sh DESCRIPTION
A daemon beside an Asterisk PBX.
Callers wait in the PBX; the daemon sees them over AMI, asks Movidesk's telephony API whose turn it is,
puts each through to the agent's extension, and reports how the call ended.
While it can serve, it beats a heart in the PBX; when that stops, the dialplan takes callers to where they would have gone
without it.
.Pp
As a service:
.Dl systemctl enable --now --no-block asterisk-movidesk
.Pp
It is active when the PBX is reconciled and callers are taken; until then
.Ql systemctl status asterisk-movidesk
says what it waits for.`;

const FOOT = `.Sh ENVIRONMENT
Every key of the configuration has a variable, which wins over the file: the path of the key in capitals, after
.Ev ASTERISK_MOVIDESK_ ;
.Ev ASTERISK_MOVIDESK_HTTP_PORT
is
.Ql http.port .
Those that end in
.Ev _FILE
name the file of a secret.
.Ev ASTERISK_MOVIDESK_CONFIG
names the configuration itself.
.Sh FILES
.Bl -tag -width Ds
.It Pa /etc/asterisk-movidesk/config.yaml
The configuration.
Every user may read it: keep secrets out of it.
.It Pa /etc/asterisk-movidesk/asterisk-secret
The secret of the AMI user, alone in its file, mode 600.
.It Pa /etc/asterisk-movidesk/movidesk-token
The API key of Movidesk, likewise.
.It Pa /usr/share/asterisk-movidesk/example.yaml
Every key with its meaning and its default.
.It Pa /usr/share/asterisk-movidesk/asterisk/
What goes into the PBX: dialplan, AMI user, queue, hints; for FreePBX and Issabel as well.
.It Pa /var/lib/asterisk-movidesk/bridge.db
The store: open calls, what was not yet told, calls that are over.
It stays when the package is removed, and goes when it is purged.
.El
.Sh EXIT STATUS
.Bl -tag -width Ds
.It ${EXIT.OK}
Done; or stopped, as it was asked to.
.It ${EXIT.UNDONE}
What was asked for could not be done, or not all of it.
.It ${EXIT.USAGE}
The command line makes no sense.
.It ${EXIT.SOFTWARE}
The daemon cannot go on, and its last line says why: the store failed, the port for HTTP is taken.
systemd starts it again.
.It ${EXIT.CONFIG}
The configuration must be mended first.
systemd does not start it again.
.El`;

function entriesOf(command: Command): readonly string[] {
  const calls = command.usage.map((usage) => `.It ${calledBy(command, usage)}\n${sentence(usage.does)}`);
  const options = Object.entries(command.options).map(
    ([name, option]) => `.It ${optionOf(name, option)}\n${escaped(option.help)}`,
  );
  const list = options.length === 0 ? [] : ['.Bl -tag -width Ds', ...options, '.El'];
  return [
    ...calls,
    ...(command.about === undefined ? [] : command.about.split('\n\n').map(paragraph)),
    ...list,
  ];
}

/** What is indented is to be typed, and keeps its lines. */
function paragraph(text: string): string {
  const indented = /^ {2}/.test(text);
  return indented ? `.Bd -literal\n${escaped(text)}\n.Ed` : `.Pp\n${escaped(text)}`;
}

/** Words in small letters are typed as they are, those in capitals stand for something. */
function calledBy({ name }: Command, { words }: Usage): string {
  const shown = words.split(' ').filter((word) => word !== '');
  return [
    `Cm ${name}`,
    ...shown.map((word) => (/^[A-Z]/.test(word) ? `Ar ${word}` : `Cm ${escaped(word)}`)),
  ].join(' ');
}

const optionOf = (name: string, { value }: Option): string =>
  `Fl -${name}${value === undefined ? '' : ` Ar ${value}`}`;

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return escaped(/[.!?]$/.test(capital) ? capital : `${capital}.`);
}

/** Nothing in it is a request to the formatter; a new sentence begins a new line, as mdoc wants it. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll(/(?<=[.!?]) (?=[A-Z])/g, '\n')
    .replaceAll(/^([.'])/gm, '\\&$1');
}
