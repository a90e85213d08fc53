import { formatMistakes } from '../config/mistake.ts';
import type { CallOutWish } from '../ports/call-out.ts';
import { callOutByHand } from './ccai-call.ts';
import { EXIT } from './exit-codes.ts';
import { loadWithoutSecrets } from './load-without-secrets.ts';
import type { Answer } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';

export interface CcaiOptions {
  readonly config: string | undefined;
  readonly json: boolean | undefined;
  readonly wish: CallOutWish;
}

/** `ccai call`. */
export async function ccai(
  words: readonly string[],
  { config: file, json = false, wish }: CcaiOptions,
  { env }: Pick<Surroundings, 'env'>,
): Promise<Answer> {
  const problem = problemIn(words, wish);
  if (problem !== undefined) return problem;
  const loaded = loadWithoutSecrets({ file, env, needed: ['ccai.token'] });
  if (!loaded.ok) {
    console.error(formatMistakes(loaded.mistakes));
    return EXIT.CONFIG;
  }
  const access = loaded.config.ccai;
  if (access === undefined) {
    console.error('ccai.enabled: is false, so nobody can be asked; set it to true.');
    return EXIT.CONFIG;
  }
  return callOutByHand(access, wish, json);
}

function problemIn(
  words: readonly string[],
  { agentEmail, number, ticketId }: CallOutWish,
): string | undefined {
  const [verb, ...tooMany] = words;
  if (verb === undefined) return 'ccai takes call';
  if (verb !== 'call') return `unknown command ccai ${verb}`;
  if (tooMany.length > 0) return `unexpected ${tooMany.join(' ')}`;
  if (agentEmail === undefined) return 'ccai call takes --agent EMAIL';
  if ((number === undefined) === (ticketId === undefined)) return 'ccai call takes --number N or --ticket T';
  return undefined;
}
