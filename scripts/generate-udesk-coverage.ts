import { readFileSync, writeFileSync } from 'node:fs';
import { withCoverage } from '../test/docs/coverage/page.ts';
import { coverage } from '../test/docs/udesk-coverage/table.ts';

// Run after every change of what Udesk's client can do, or of what it is used for; a test compares the page with what
// this would write.
const target = new URL('../docs/udesk.md', import.meta.url);
writeFileSync(target, withCoverage(readFileSync(target, 'utf8'), 'generate:udesk', coverage()));
console.log('docs/udesk.md written');
