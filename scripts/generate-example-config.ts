import { writeFileSync } from 'node:fs';
import { exampleConfig } from '../src/config/example.ts';

// Run after every change of the schema; a test compares the file with what this would write.
const target = new URL('../config/example.yaml', import.meta.url);
writeFileSync(target, exampleConfig());
console.log('config/example.yaml written');
