import { absolutePath, secretPath } from './address-rules.ts';
import { servedUrl } from './credential-url.ts';
import { linkTemplate, pathTemplate } from './recording-rules.ts';
import { flag, orEmpty, secretText, wholeNumber } from './rules.ts';
import type { SettingGroup } from './setting.ts';
import { timeZone } from './time-zone.ts';

/** Of an HMAC-SHA256: below half its 32 bytes a key may be guessed from a link that somebody was sent. */
const LEAST_KEY_BYTES = 16;

const KEY_DOC = 'A file that holds it must not be readable by others.';

/** The keys of the group `recordings`. */
export const recordingsSchema = {
  linkTemplate: {
    doc: "Address that opens one call's recording on a web server of yours, sent to Movidesk when the call ends. {file} is the recording's file name, {path} the way to it below the folder of recordings, {callId}, {extension} and {queue} the call's own, {date:yyyy/MM/dd} the day of the call (yyyy, MM, dd and / . _ - in any order). Other placeholders are refused. Empty: no link is sent, unless serve is true.",
    default: '',
    example: 'https://pbx.example.com/recordings/{file}',
    ...orEmpty(linkTemplate()),
  },
  folder: {
    doc: "Where this machine can read the PBX's recordings and messages: the folder `movidesk` of Asterisk's spool, or where it is mounted here. Needed with serve. With it a recording that was renamed or moved after the call is found again, and Movidesk told; and `asterisk-movidesk check` looks whether the files can be read. Empty: nobody looks.",
    default: '',
    example: '/var/spool/asterisk/movidesk',
    ...orEmpty(absolutePath()),
  },
  pathTemplate: {
    doc: 'Where in that folder a recording or a message lies that our dialplan made. They lie side by side; where folder is the whole spool, it is movidesk/{file}. It takes the placeholders of linkTemplate but {path}; a folder whose placeholder is empty is left out (a message has no extension, a call that an agent made no queue).',
    default: '{file}',
    ...pathTemplate(),
  },
  pbxPathTemplate: {
    doc: "Where in that folder a recording lies that the PBX made by itself, and named: FreePBX's inbound routes that record. Where folder is the whole spool (/var/spool/asterisk), it is monitor/{date:yyyy/MM/dd}/{file}.",
    default: '{file}',
    ...pathTemplate(),
  },
  timeZone: {
    doc: "The time zone in whose days the PBX names its folders, for {date:…}. Empty: this machine's.",
    default: '',
    example: 'America/Sao_Paulo',
    ...orEmpty(timeZone()),
  },
  serve: {
    doc: 'Whether the daemon itself hands recordings out, at /recordings/ of its HTTP port, to whoever has the link that Movidesk was sent. Each link is signed, for one file, and expires. It needs folder, publicUrl and key; linkTemplate must be empty. A proxy of yours in front of it speaks HTTPS.',
    default: false,
    ...flag(),
  },
  publicUrl: {
    doc: "The address under which browsers reach the daemon's /recordings/, through the proxy.",
    default: '',
    example: 'https://pbx.example.com/recordings',
    ...orEmpty(servedUrl()),
  },
  linkDays: {
    doc: 'Days after a call for which its link opens. Our choice: a year, for a ticket may be read long after; keep recordings no longer than you promise (LGPD).',
    default: 365,
    ...wholeNumber(1, 3650),
  },
  key: {
    doc: `What links are signed with, of your own making: openssl rand -hex 32. It can also come from keyFile, from the systemd credential recordings-key, or from the environment. ${KEY_DOC}`,
    default: '',
    example: '',
    secret: { credential: 'recordings-key', onlyWith: 'recordings.serve' },
    ...orEmpty(secretText(LEAST_KEY_BYTES)),
  },
  keyFile: {
    doc: 'File that holds only the key.',
    default: '',
    example: '/etc/asterisk-movidesk/recordings-key',
    ...orEmpty(secretPath()),
  },
  previousKey: {
    doc: `The key before the last change: links that were signed with it open until they expire. It can also come from previousKeyFile, from the systemd credential recordings-previous-key, or from the environment. ${KEY_DOC}`,
    default: '',
    example: '',
    secret: { credential: 'recordings-previous-key', onlyWith: 'recordings.serve' },
    ...orEmpty(secretText(LEAST_KEY_BYTES)),
  },
  previousKeyFile: {
    doc: 'File that holds only the previousKey.',
    default: '',
    example: '/etc/asterisk-movidesk/recordings-previous-key',
    ...orEmpty(secretPath()),
  },
} as const satisfies SettingGroup;
