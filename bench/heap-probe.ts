import { writeSync } from 'node:fs';

/**
 * Loaded into the daemon before its own code (`--expose-gc --import`): asks for a full collection now and then, and writes
 * what is left of the heap, in bytes, to the pipe at descriptor 3. Without asking, V8 collects fully once in two minutes
 * here, and what one would measure in between is the garbage that it has not got round to.
 */
const EVERY_MS = 20_000;
const PIPE = 3;

setInterval(() => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  writeSync(PIPE, `${heapUsed + external}\n`);
}, EVERY_MS).unref();
