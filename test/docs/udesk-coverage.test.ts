import { coverageTests } from './coverage/coverage-tests.ts';
import { coverage } from './udesk-coverage/table.ts';

coverageTests({
  page: 'docs/udesk.md',
  script: 'generate:udesk',
  chapters: coverage(),
  // Its operations, requests and events, and what it asks of us.
  rowCounts: [57, 7, 10, 43, 3],
});
