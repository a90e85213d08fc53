import { listOf, objectOf, optional, required } from '../fields.ts';
import { dtmf, either, oneOf, queueId, text } from '../formats.ts';
import { duplicate, REFUSALS } from '../refusal.ts';
import type { Application } from '../state/application.ts';
import { operation } from './operation.ts';

const FILE_NAME = { FileName: required(text) };

const VOICE = either(
  oneOf('default'),
  objectOf({ Type: required(oneOf('tts', 'wav')), Content: required(text) }),
);

const VOICES = objectOf({
  Welcome: optional(VOICE),
  ClosingTime: optional(VOICE),
  NoAnswer: optional(VOICE),
  VoiceMail: optional(VOICE),
  Waiting: optional(VOICE),
  Consult: optional(VOICE),
  Hold: optional(VOICE),
  QueueTimeout: optional(VOICE),
  Evaluate: optional(VOICE),
});

const setDefaults = operation({
  // `[object]`, of which one alone makes sense; more are taken one after the other.
  fields: { DefVoices: required(listOf(VOICES)) },
  act({ application, body }) {
    const chosen = body.DefVoices.flatMap((voices) => Object.entries(voices));
    const voices = chosen.filter(([, voice]) => voice !== undefined);
    if (voices.some(([, voice]) => isMissing(application, voice))) return REFUSALS.recordNotFound;
    for (const [name, voice] of voices) {
      if (voice === 'default') application.defaultVoices.delete(name);
      else application.defaultVoices.set(name, voice);
    }
    return null;
  },
});

const setRouters = operation({
  fields: {
    FastRouter: required(
      listOf(objectOf({ Dtmf: required(dtmf), Desc: required(text), QueueId: required(queueId) })),
    ),
  },
  act({ application, body: { FastRouter } }) {
    if (!FastRouter.every(({ QueueId }) => application.queues.has(QueueId))) return REFUSALS.recordNotFound;
    application.fastRouters = FastRouter;
    return null;
  },
});

export const VOICES_AND_ROUTERS = {
  'POST ivrs/vfiles': operation({
    fields: { ...FILE_NAME, FileType: optional(oneOf('wav')), FileDesc: optional(text) },
    act({ application: { voiceFiles }, body }) {
      if (voiceFiles.has(body.FileName)) return duplicate(body.FileName, 'FileName');
      const fileDesc = body.FileDesc ?? '';
      voiceFiles.set(body.FileName, { fileName: body.FileName, fileType: 'wav', fileDesc });
      return null;
    },
  }),

  'DELETE ivrs/vfiles': operation({
    fields: FILE_NAME,
    act: ({ application, body }) =>
      application.voiceFiles.delete(body.FileName) ? null : REFUSALS.doesNotExist,
  }),

  'GET ivrs/vfiles': operation({
    act: ({ application }) => ({
      IvrVFiles: [...application.voiceFiles.values()].map(({ fileName, fileType, fileDesc }) => ({
        FileName: fileName,
        FileType: fileType,
        FileDesc: fileDesc,
      })),
    }),
  }),

  'POST ivrs/defvoices': setDefaults,
  'PUT ivrs/defvoices': setDefaults,
  // `[Voice]`, "refer to Set": assumed to be what was set, in one object.
  'GET ivrs/defvoices': operation({
    act: ({ application }) => ({ Voices: [Object.fromEntries(application.defaultVoices)] }),
  }),

  'POST ivrs/fastrouters': setRouters,
  'PUT ivrs/fastrouters': setRouters,
  // The table has FastRouter where others have Result.
  'GET ivrs/fastrouters': operation({
    shape: 'beside',
    act: ({ application }) => ({ FastRouter: application.fastRouters }),
  }),
};

/** A voice of which the file was never uploaded. */
function isMissing({ voiceFiles }: Application, voice: unknown): boolean {
  return (
    typeof voice === 'object' &&
    voice !== null &&
    'Type' in voice &&
    'Content' in voice &&
    voice.Type === 'wav' &&
    !voiceFiles.has(String(voice.Content))
  );
}
