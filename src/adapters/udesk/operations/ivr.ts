import { list, nothing, object, oneOf, optional, orDefault, text } from './kind.ts';
import type { Operations } from './operation.ts';

/** `Content` is the text to speak, or the name of the file. */
const VOICE = object({ Type: oneOf('tts', 'wav'), Content: text });
const PROMPT = optional(orDefault(VOICE));

const PROMPTS = {
  Welcome: PROMPT,
  ClosingTime: PROMPT,
  NoAnswer: PROMPT,
  VoiceMail: PROMPT,
  Waiting: PROMPT,
  Consult: PROMPT,
  Hold: PROMPT,
  QueueTimeout: PROMPT,
  Evaluate: PROMPT,
};

const DEFAULT_VOICES = {
  path: 'ivrs/defvoices',
  app: 'AppId',
  // A list, says the table, although one object could hold them all; there is no example to say otherwise.
  body: { DefVoices: list(object(PROMPTS)) },
  answer: 'Result',
  result: nothing,
  repeating: 'harmless',
} as const;

/** One key (0 to 9) and the queue it leads to. */
const FAST_ROUTER = object({ Dtmf: text, Desc: text, QueueId: text });

const FAST_ROUTERS = {
  path: 'ivrs/fastrouters',
  app: 'AppId',
  body: { FastRouter: list(FAST_ROUTER) },
  answer: 'Result',
  result: nothing,
  repeating: 'harmless',
} as const;

export const IVR = {
  /** The document does not say how the sound itself travels: these are all the parameters it has. */
  voiceFileUpload: {
    title: 'Upload IVR Voice File',
    method: 'POST',
    path: 'ivrs/vfiles',
    app: 'AppId',
    body: { FileName: text, FileType: optional(text), FileDesc: optional(text) },
    answer: 'Result',
    result: nothing,
    // The name must be unique, so a second one is refused.
    repeating: 'harmless',
  },
  voiceFileDelete: {
    title: 'Delete IVR Voice File',
    method: 'DELETE',
    path: 'ivrs/vfiles',
    app: 'AppId',
    body: { FileName: text },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  voiceFileList: {
    title: 'Get IVR Voice File List',
    method: 'GET',
    path: 'ivrs/vfiles',
    app: 'AppId',
    answer: 'Result',
    result: object({ IvrVFiles: list(object({ FileName: text, FileType: text, FileDesc: text })) }),
    repeating: 'harmless',
  },
  defaultVoicesCreate: { title: 'Set IVR Default Voices (POST)', method: 'POST', ...DEFAULT_VOICES },
  defaultVoicesUpdate: { title: 'Set IVR Default Voices (PUT)', method: 'PUT', ...DEFAULT_VOICES },
  defaultVoicesGet: {
    title: 'Get IVR Default Voices',
    method: 'GET',
    path: 'ivrs/defvoices',
    app: 'AppId',
    answer: 'Result',
    // `[Voice]`, "refer to Set IVR Voice Configuration": bare voices or the objects that were set, so both are read.
    result: object({ Voices: list(object({ Type: text, Content: text, ...PROMPTS })) }),
    repeating: 'harmless',
  },
  fastRoutersCreate: { title: 'Update Fast Router Configuration (POST)', method: 'POST', ...FAST_ROUTERS },
  fastRoutersUpdate: { title: 'Update Fast Router Configuration (PUT)', method: 'PUT', ...FAST_ROUTERS },
  fastRoutersGet: {
    title: 'Get Fast Router Configuration',
    method: 'GET',
    path: 'ivrs/fastrouters',
    app: 'AppId',
    // Its table is the only one that has the result beside the code instead of in `Result`.
    answer: 'beside',
    result: object({ FastRouter: list(FAST_ROUTER) }),
    repeating: 'harmless',
  },
} as const satisfies Operations;
