import { expect, test } from 'vitest';
import { sourcesUnder } from '../house/source-files.ts';
import { coverage } from './ccai-coverage/table.ts';
import { coverageTests } from './coverage/coverage-tests.ts';

coverageTests({
  page: 'docs/ccai.md',
  script: 'generate:ccai',
  chapters: coverage(),
  // Its operations with their parameters, answers and refusals; the call object with its statuses and types; flags.
  rowCounts: [7, 39, 14, 22, 41, 16, 3, 3],
});

test('what is called "client only" is called by nobody but a test', () => {
  const daemon = [...sourcesUnder('src')].filter(
    ([file]) => !file.startsWith('src/simulators/') && file !== 'src/adapters/ccai/client.ts',
  );
  const callers = daemon.filter(([, text]) => /scheduledCall\(\{[^}]*\bcallId\b/.test(text));
  expect(callers.map(([file]) => file)).toEqual([]);
});
