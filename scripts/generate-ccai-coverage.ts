import { readFileSync, writeFileSync } from 'node:fs';
import { coverage } from '../test/docs/ccai-coverage/table.ts';
import { withCoverage } from '../test/docs/coverage/page.ts';

// Run after every change of what CCAI Platform's client can do, or of what it is used for; a test compares the page with
// what this would write.
const target = new URL('../docs/ccai.md', import.meta.url);
writeFileSync(target, withCoverage(readFileSync(target, 'utf8'), 'generate:ccai', coverage()));
console.log('docs/ccai.md written');
