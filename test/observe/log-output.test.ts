import { describe, expect, test } from 'vitest';
import { logLook } from '../../src/observe/log-output.ts';

const FILE = { isTerminal: false, device: 8, inode: 23_651 };
const TERMINAL = { ...FILE, isTerminal: true };
const INTO_THE_JOURNAL = '8:23651';

describe('a log whose format is auto', () => {
  test('is pretty at a terminal', () => {
    expect(logLook('auto', TERMINAL, undefined)).toEqual({ format: 'pretty', withPriority: false });
  });

  test('is JSON in a file or a pipe', () => {
    expect(logLook('auto', FILE, undefined)).toEqual({ format: 'json', withPriority: false });
  });

  test('is JSON with priorities in the journal', () => {
    expect(logLook('auto', FILE, INTO_THE_JOURNAL)).toEqual({ format: 'json', withPriority: true });
  });

  test('has no priorities where a service sends its output elsewhere: the variable is inherited', () => {
    expect(logLook('auto', FILE, '8:99')).toEqual({ format: 'json', withPriority: false });
  });
});

describe('a log whose format was chosen', () => {
  test('is JSON at a terminal, too', () => {
    expect(logLook('json', TERMINAL, undefined)).toEqual({ format: 'json', withPriority: false });
  });

  test('is pretty in the journal, too, and then without priorities', () => {
    expect(logLook('pretty', FILE, INTO_THE_JOURNAL)).toEqual({ format: 'pretty', withPriority: false });
  });
});
