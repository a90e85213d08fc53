import { readFileSync } from 'node:fs';
import type { Room } from './room.ts';

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
} as const;

const FILES = [
  { path: '/', file: 'index.html', type: TYPES.html },
  { path: '/page/style.css', file: 'style.css', type: TYPES.css },
  { path: '/page/page.js', file: 'page.js', type: TYPES.js },
  { path: '/page/clock.js', file: 'clock.js', type: TYPES.js },
  { path: '/page/connection.js', file: 'connection.js', type: TYPES.js },
  { path: '/page/dom.js', file: 'dom.js', type: TYPES.js },
  { path: '/page/language.js', file: 'language.js', type: TYPES.js },
  { path: '/page/reasons.js', file: 'reasons.js', type: TYPES.js },
  { path: '/page/sections.js', file: 'sections.js', type: TYPES.js },
  { path: '/page/times.js', file: 'times.js', type: TYPES.js },
  { path: '/page/words.js', file: 'words.js', type: TYPES.js },
] as const;

// Callers choose what stands in some of its fields. Nothing runs, loads or is sent but what comes from here.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/`: the status page, read once and served from memory. */
export const pageRoom: Room = (server) => {
  server.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'content-security-policy': POLICY, 'referrer-policy': 'no-referrer' });
  });
  for (const { path, file, type } of FILES) {
    const content = readFileSync(new URL(`page/${file}`, import.meta.url));
    server.get(path, (_request, reply) => reply.type(type).send(content));
  }
};
