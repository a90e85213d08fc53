import { Refusal } from '../refusal.ts';
import type { Result, Shape } from './operation.ts';

interface Wording {
  readonly shape: Shape;
  readonly desc: string;
  /** The request's MsgId, or nothing. */
  readonly msgId: string;
}

const SUCCESS = '000000';

/** The body of an answer. The status is 200 whatever the code says. */
export function answerBody(result: Result, { shape, desc, msgId }: Wording): string {
  const refused = result instanceof Refusal;
  const [code, says] = refused ? [result.code, result.desc] : [SUCCESS, desc];
  return JSON.stringify(shaped(shape, { code, says, msgId, result: refused ? undefined : result }));
}

interface Said {
  readonly code: string;
  readonly says: string;
  readonly msgId: string;
  readonly result: Exclude<Result, Refusal> | undefined;
}

function shaped(shape: Shape, { code, says, msgId, result }: Said): object {
  const head = { ErrCode: code, ErrDesc: says };
  switch (shape) {
    case 'result':
      return { ...head, Result: result ?? null };
    case 'message':
      return { ...head, msg_id: msgId, results: result ?? '', data: null };
    case 'control':
      return { code, message: says, results: result ?? '' };
    case 'beside':
      return { ...head, ...(typeof result === 'object' ? result : {}) };
    default:
      return shape satisfies never;
  }
}
