import type { CallInput, Place } from '../domain/call/input.ts';
import { shownFile } from '../domain/recording/shown-file.ts';
import type { Facts } from '../ports/log.ts';

/** What the timeline and the log keep of an input. No phone number is among it. */
export function factsOf(input: CallInput): Facts {
  switch (input.kind) {
    case 'agent-named':
    case 'extension-checked':
      return { extension: input.extension, available: input.verdict.available, ...whyNot(input.verdict) };
    case 'found':
      return { ...placeFacts(input.place), answeredBy: input.diary?.answeredBy };
    case 'missed-hangup':
      return { answeredBy: input.diary?.answeredBy };
    case 'answered':
      return input.by.context === 'agent' ? { extension: input.by.extension } : { by: 'somebody else' };
    case 'gone':
      return { cause: input.cause, recording: fileFact(input.recording) };
    case 'message-left':
      return { file: fileFact(input.file) };
    case 'entered-again':
      return {};
    case 'transferred':
      return { how: input.how, target: hidden(input.target) };
    case 'not-moved':
      return { move: input.to, problem: input.problem };
    default: {
      const { kind, ...facts } = input;
      return facts;
    }
  }
}

const fileFact = (file: string | undefined): string | undefined =>
  file === undefined ? undefined : shownFile(file);

const whyNot = (verdict: { available: true } | { available: false; why: string }): Facts =>
  verdict.available ? {} : { why: verdict.why };

/** A target may be anybody's phone number, which seven digits or more are taken for: only the last four are kept. */
function hidden(target: string): string {
  return target.replace(/[0-9]{7,}/g, (digits) => '*'.repeat(digits.length - 4) + digits.slice(-4));
}

const placeFacts = ({ at, ...rest }: Place): Facts => ({ place: at, ...rest });
