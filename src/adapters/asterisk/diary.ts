import type { Diary, Farewell } from '../../domain/call/input.ts';
import { type CallId, callIdFrom, extensionFrom } from '../../domain/identity.ts';
import type { ActionHeaders } from './action-headers.ts';
import { getVariable, setVariable } from './actions.ts';
import { DIARY_FAMILY } from './dialplan-names.ts';
import { isPlainName } from './packet.ts';

/**
 * The dialplan's own notes on a call, in the keys of Asterisk's database (`[movidesk-diary]` in
 * `config/asterisk/extensions_movidesk.conf`): `movidesk/<call id>/<answered by>:<answered at>:<ended at>:<recording>`, or
 * `movidesk/<call id>/::<ended at>:<message>` of a caller whom nobody could take. In the keys, because a user with no more
 * than write=call may list them, but not read a value.
 */
export function listDiary(callId: CallId): ActionHeaders | undefined {
  // Nothing may break out of the function's brackets.
  return isPlainName(callId) ? getVariable(`DB_KEYS(${DIARY_FAMILY}/${callId})`) : undefined;
}

/** The calls of which there are notes. Asterisk cuts a long list anywhere: an id cut short has no notes, and does no harm. */
export const LIST_DIARIES = getVariable(`DB_KEYS(${DIARY_FAMILY})`);

export function callIdsIn(keys: string): readonly CallId[] {
  return keys.split(',').filter(isPlainName).map(callIdFrom);
}

/** A dialplan function that is written to; the action `DBDel` would need write=system. */
export function eraseNote(callId: CallId, note: string): ActionHeaders {
  return setVariable(`DB_DELETE(${DIARY_FAMILY}/${callId}/${note})`, '');
}

// Of all that a note may be made of; anything else is not ours, and is neither read nor erased.
const NOTE = /^[A-Za-z0-9._:+-]+$/;

/** The notes of one call: one, or two where the PBX died while it replaced the first. */
export function notesIn(keys: string): readonly string[] {
  return keys.split(',').filter((key) => NOTE.test(key));
}

/** The fullest of the notes that can be understood. */
export function diaryFrom(notes: readonly string[]): Diary | undefined {
  const diaries = notes.flatMap((note) => diaryOf(note) ?? []);
  return diaries.find(({ endedAt }) => endedAt !== undefined) ?? diaries[0];
}

function diaryOf(note: string): Diary | undefined {
  const [by = '', answered = '', ended = '', ...rest] = note.split(':');
  const recording = rest.join(':');
  const answeredBy = extensionFrom(by);
  const answeredAt = instantFrom(answered);
  const endedAt = instantFrom(ended);
  if (answeredBy === undefined || answeredAt === undefined) return undefined;
  if (ended !== '' && endedAt === undefined) return undefined;
  return { answeredBy, answeredAt, endedAt, recording: isPlainName(recording) ? recording : undefined };
}

/** What is written down of a caller whom nobody could take. */
export function farewellFrom(notes: readonly string[]): Farewell | undefined {
  const [farewell] = notes.flatMap((note) => {
    const [by, answered, ended = '', message = ''] = note.split(':');
    const at = instantFrom(ended);
    if (by !== '' || answered !== '' || at === undefined) return [];
    return [{ at, message: isPlainName(message) ? message : undefined }];
  });
  return farewell;
}

function instantFrom(epochSeconds: string): number | undefined {
  return /^[0-9]{1,12}$/.test(epochSeconds) ? Number(epochSeconds) * 1_000 : undefined;
}
