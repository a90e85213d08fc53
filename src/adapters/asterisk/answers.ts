import type { Moved } from '../../ports/pbx.ts';
import { isGone } from './actions.ts';
import { textOf } from './packet.ts';
import type { Answer } from './pending-actions.ts';

export type Failed = Exclude<Answer, { readonly kind: 'success' }>;

export const NOT_LINKED = { kind: 'silent', cause: 'no link to the PBX' } as const satisfies Failed;

/** Empty where there is no such header, or no answer. */
export function headerOf(answer: Answer, header: string): string {
  return answer.kind === 'success' ? textOf(answer.packet, header) : '';
}

export function causeOf(answer: Failed): string {
  return answer.kind === 'error' ? answer.message : answer.cause;
}

export function movedBy(answer: Answer): Moved {
  if (answer.kind === 'success') return { ok: true };
  if (answer.kind === 'silent') return { ok: false, problem: 'unlinked', cause: answer.cause };
  return { ok: false, problem: isGone(answer.message) ? 'gone' : 'refused', cause: answer.message };
}
