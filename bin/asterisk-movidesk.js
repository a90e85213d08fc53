#!/usr/bin/env node
// Plain JavaScript, so that an old Node can say what it lacks instead of stumbling over the first type.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(`asterisk-movidesk needs Node 24 or newer, this is ${process.version}`);
  process.exit(78);
}
await import('../src/main.ts');
