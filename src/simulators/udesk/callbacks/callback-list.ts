import { isObject, parseJson } from '../../kit/json.ts';
import { PSTN_NUMBER } from '../formats.ts';
import type { Application } from '../state/application.ts';
import type { Poster } from './poster.ts';
import { signedUrl } from './webhook-sender.ts';

/** What our side answered to a question about numbers to call. */
export interface ListAnswer {
  readonly status: number | 'failed';
  /** JSON where it is any, else the text. */
  readonly body: unknown;
}

export interface ListCaller {
  readonly application: Application;
  readonly poster: Poster;
  readonly object: (breach: string) => void;
}

export interface ListQuestion {
  /** Before `/cc_ad_task`. */
  readonly baseUrl: string;
  readonly adTaskId: string;
  /**
   * The document has no signature for these two requests, but one for all callbacks: so they are signed like those,
   * which does no harm to whoever does not look. `none` sends them bare.
   */
  readonly signed?: 'callback' | 'none';
}

/** Udesk asks for numbers to dial, at most so many. */
export async function askForNumbers(
  caller: ListCaller,
  question: ListQuestion & { readonly count: number },
): Promise<ListAnswer> {
  const answer = await ask(caller, 'numbers', question, { count: question.count });
  const breaches = answer.status === 200 ? answerBreaches(answer.body, question.count) : [];
  for (const breach of breaches) caller.object(`the answer of cc_ad_task/numbers: ${breach}`);
  return answer;
}

/** Udesk says that the task is over. */
export function tellStopped(caller: ListCaller, question: ListQuestion): Promise<ListAnswer> {
  return ask(caller, 'stop', question, {});
}

async function ask(
  { application, poster }: ListCaller,
  what: 'numbers' | 'stop',
  { baseUrl, adTaskId, signed = 'callback' }: ListQuestion,
  more: object,
): Promise<ListAnswer> {
  const url = `${baseUrl.replace(/\/$/, '')}/cc_ad_task/${what}`;
  const timestamp = String(Math.floor(application.world.now() / 1000));
  const target = signed === 'none' ? url : signedUrl(url, application, { timestamp });
  const body = JSON.stringify({ app_id: application.appId, ad_task_id: adTaskId, ...more });
  const { status, answer } = await poster.post(target, body);
  return { status, body: parseJson(answer) ?? answer };
}

/** Our answer against the table: code, message, exhausted, and a list of ids and numbers. */
function answerBreaches(body: unknown, count: number): readonly string[] {
  if (!isObject(body)) return ['no JSON object'];
  const { code, message, exhausted, results } = body;
  const isNamed = typeof code === 'string' && typeof message === 'string';
  return [
    ...(isNamed ? [] : ['code or message is no text']),
    ...(typeof exhausted === 'boolean' ? [] : ['exhausted is neither true nor false']),
    ...(Array.isArray(results) ? listBreaches(results, count) : ['results is no list']),
  ];
}

function listBreaches(results: readonly unknown[], count: number): readonly string[] {
  return [
    ...(results.length > count ? [`${results.length} numbers where ${count} were asked for`] : []),
    ...(results.every(isAdNumber)
      ? []
      : ['a result without an id, or without a number as Udesk writes them']),
  ];
}

function isAdNumber(result: unknown): boolean {
  if (!isObject(result)) return false;
  const { id, number } = result;
  return typeof id === 'string' && id !== '' && typeof number === 'string' && PSTN_NUMBER.test(number);
}
