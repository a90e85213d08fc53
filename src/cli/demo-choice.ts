import type { Values } from './command.ts';
import { demoQueues } from './demo-queues.ts';
import type { Answer } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';

const OF_THE_WHOLE = ['udesk', 'ccai'] as const;
const OF_MOVIDESK_ONLY = ['queue', 'port'] as const;

// Easily told from the daemon's own 9095, and free on a PBX.
const DEFAULT_PORT = '18080';
const HIGHEST_PORT = 65_535;

/** The demo that the options ask for: the whole, or a Movidesk for a daemon that is already there. */
export function demoAsked(values: Values, surroundings: Surroundings): Answer | Promise<Answer> {
  const isMovideskOnly = values.has('movidesk-only');
  const misplaced = (isMovideskOnly ? OF_THE_WHOLE : OF_MOVIDESK_ONLY).find((name) => values.has(name));
  if (misplaced !== undefined)
    return isMovideskOnly
      ? `--${misplaced} is not for --movidesk-only`
      : `--${misplaced} is for --movidesk-only`;
  const text = values.text('minutes');
  const minutes = text === undefined ? undefined : Number(text);
  if (minutes !== undefined && !(minutes > 0)) return '--minutes takes a number above 0';
  return isMovideskOnly ? movideskOnly(values, minutes, surroundings) : whole(values, minutes, surroundings);
}

type Minutes = number | undefined;

async function whole(values: Values, minutes: Minutes, surroundings: Surroundings): Promise<Answer> {
  const { demo } = await import('./demo.ts');
  return demo({ minutes, withUdesk: values.has('udesk'), withCcai: values.has('ccai') }, surroundings);
}

async function movideskOnly(values: Values, minutes: Minutes, surroundings: Surroundings): Promise<Answer> {
  const queues = demoQueues(values.texts('queue'));
  if (typeof queues === 'string') return queues;
  const text = values.text('port') ?? DEFAULT_PORT;
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= HIGHEST_PORT)) return `--port takes a whole number from 0 to ${HIGHEST_PORT}`;
  const { demoMovidesk } = await import('./demo-movidesk.ts');
  return demoMovidesk({ queues, port, minutes }, surroundings);
}
