import { nothing, object, optional, text } from './kind.ts';
import type { Operations } from './operation.ts';

export const EXTENSIONS = {
  extensionCreate: {
    title: 'Create Extension',
    method: 'POST',
    path: 'extensions',
    app: 'AppId',
    /** Four digits, the first no zero. */
    body: { Extension: text },
    answer: 'Result',
    // `Number` is the SIP account: the company's ten digits and the extension, as `originatev2` explains.
    result: optional(object({ Extension: text, Password: text, Number: text })),
    // An extension that exists is refused.
    repeating: 'harmless',
  },
  extensionDelete: {
    title: 'Delete Extension',
    method: 'DELETE',
    path: 'extensions',
    app: 'AppId',
    body: { Extension: text },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
} as const satisfies Operations;
