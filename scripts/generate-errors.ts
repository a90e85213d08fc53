import { writeFileSync } from 'node:fs';
import { errorsPage } from '../test/docs/errors/page.ts';

// Run after every change of a code, of what it means, or of its remedy; a test compares the page with what this would write.
writeFileSync(new URL('../docs/errors.md', import.meta.url), errorsPage());
console.log('docs/errors.md written');
