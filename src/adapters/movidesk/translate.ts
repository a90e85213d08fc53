import { extensionFrom, type Instant } from '../../domain/identity.ts';
import type { AskAnswer, ReceivedCall, Report } from '../../ports/help-desk.ts';
import type { DateFormat, MovideskCall } from './wire.ts';

export function receivedCallOf(call: ReceivedCall, dateFormat: DateFormat): MovideskCall {
  return {
    operation: 'asterisk_receivedCall',
    query: {
      queueId: String(call.helpDeskQueueId),
      clientNumber: call.clientNumber,
      id: call.callId,
      callDate: utcDate(call.receivedAt, dateFormat),
    },
  };
}

export function movideskCallOf(report: Report, dateFormat: DateFormat): MovideskCall {
  const id = report.callId;
  switch (report.kind) {
    case 'transfered': {
      const transferDate = utcDate(report.at, dateFormat);
      return {
        operation: 'asterisk_transferedCall',
        query: { id, branchLine: report.extension, transferDate },
      };
    }
    case 'completed': {
      const query = { id, link: report.link, completedDate: utcDate(report.at, dateFormat) };
      return { operation: 'asterisk_completedCall', query };
    }
    case 'lost': {
      const query = { id, link: report.link, completedDate: utcDate(report.at, dateFormat) };
      return { operation: 'asterisk_lostCall', query };
    }
    case 'canceled':
      return {
        operation: 'asterisk_canceledCall',
        query: { id, canceledDate: utcDate(report.at, dateFormat) },
      };
    case 'made-call-link':
    case 'repaired-link':
      return { operation: 'setMadeCallLink', query: { id, Link: report.link } };
    default:
      return report satisfies never;
  }
}

/** `2018-05-01T17:00:00`, or without its seconds. UTC, zero-padded, and never rounded up into the future. */
export function utcDate(at: Instant, dateFormat: DateFormat): string {
  return new Date(at).toISOString().slice(0, dateFormat === 'seconds' ? 19 : 16);
}

/**
 * What an answer body says. Seen in production: a JSON string, in it an extension or a code, and sometimes a name
 * after a blank. Taken as well: plain text, a JSON number, an object that holds one of them. Anything else is unknown.
 */
export function askAnswerFrom(body: string, excerpt: (text: string) => string): AskAnswer {
  return wordsAnswer(body) ?? { kind: 'unknown', body: excerpt(body) };
}

function wordsAnswer(body: string): AskAnswer | undefined {
  // A byte order mark counts as white space here.
  const text = body.trim();
  // Digits are taken as they stand: parsing would drop a leading zero and round a long number.
  if (/^\d+$/.test(text)) return answerOf(text);
  const value = jsonFrom(text);
  if (value === undefined) return answerOf(text);
  // Digits aside, what is left of JSON's numbers is `-3`, `42.5` and `1e3`: no way to write an extension.
  if (typeof value === 'number') return undefined;
  return answerOf(value) ?? answerWithin(value);
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The answer in an object's own properties, where exactly one of them is an answer. Two would be a guess. */
function answerWithin(value: unknown): AskAnswer | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const answers = Object.entries(value)
    .filter(([name]) => !ABOUT_THE_REQUEST.test(name))
    .flatMap(([, held]) => answerOf(held) ?? []);
  return answers.length === 1 ? answers[0] : undefined;
}

// `{"statusCode": 200}` speaks of the request; taken for an extension it would send the caller to whoever has 200.
const ABOUT_THE_REQUEST = /status|message|error/i;

function answerOf(value: unknown): AskAnswer | undefined {
  if (typeof value !== 'string' && !Number.isSafeInteger(value)) return undefined;
  const word = String(value).trim().split(/\s/, 1)[0] ?? '';
  const extension = extensionFrom(word);
  return extension === undefined ? CODES.get(word) : { kind: 'extension', extension };
}

const CODES: ReadonlyMap<string, AskAnswer> = new Map<string, AskAnswer>([
  ['0', { kind: 'holiday' }],
  ['1', { kind: 'closed' }],
  ['2', { kind: 'nobody' }],
  ['3', { kind: 'nobody-on-phone' }],
  ['4', { kind: 'all-busy' }],
]);
