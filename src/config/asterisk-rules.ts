import { quoted } from './mistake.ts';
import { matching, type Refusal, type Rule, text } from './rules.ts';

// These texts go into AMI headers, dialplan functions and AstDB keys, where blanks, commas, brackets and line breaks
// mean something. Hence lists of what may stand there, not of what may not.

/** Asterisk keeps 79 characters of a context's name (AST_MAX_CONTEXT is 80 with its end mark). */
export const context = (): Rule<string> =>
  matching('1 to 79 letters, digits, dots, dashes and underscores', /^[A-Za-z0-9_.-]{1,79}$/);

/** The name of a queue in queues.conf. As long as a context's; our choice, no real one comes near. */
export const asteriskQueueName = (): Rule<string> =>
  matching('1 to 79 letters, digits, dots, dashes, @ and underscores', /^[A-Za-z0-9_.@-]{1,79}$/);

/** The name of an AMI user: a section of manager.conf. */
export const managerUser = (): Rule<string> =>
  matching('1 to 79 letters, digits, dots, dashes, @ and underscores', /^[A-Za-z0-9_.@-]{1,79}$/);

const EXTENSION = '{extension}';
const DEVICE = /^[A-Za-z][A-Za-z0-9]*[/:][A-Za-z0-9_.@/:-]+$/;
// With twenty digits in the place of {extension} this makes 79, one less than AST_MAX_EXTENSION, which bounds a hint.
const DEVICE_CHARACTERS = 70;

/** A device name in which `{extension}` stands for the agent's extension. */
export function devicePattern(example: string): Rule<string> {
  const wanted = `a device such as ${example}, of at most ${DEVICE_CHARACTERS} characters`;
  return text(wanted, (value) => objectionToDevice(value, wanted, example));
}

function objectionToDevice(value: string, wanted: string, example: string): Refusal | undefined {
  if (!value.includes(EXTENSION)) {
    return {
      problem: `would be the same device for every agent, ${quoted(value)}`,
      remedy: `put ${EXTENSION} where the agent's extension stands, as in ${example}`,
    };
  }
  const isDevice = DEVICE.test(value.replaceAll(EXTENSION, '00')) && value.length <= DEVICE_CHARACTERS;
  return isDevice
    ? undefined
    : { problem: `must be ${wanted}, but is ${quoted(value)}`, remedy: `write it as in ${example}` };
}
