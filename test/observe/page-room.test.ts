import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pageRoom } from '../../src/observe/http/page-room.ts';
import { READY } from '../../src/ports/readiness.ts';
import { readinessOf } from '../../src/runtime/readiness.ts';
import { serving } from './serving.ts';

const PAGE = new URL('../../src/observe/http/page/', import.meta.url);
const pathOf = (file: string) => (file === 'index.html' ? '/' : `/page/${file}`);

/** A module of the page. It is written for the browser, without types. */
const pageModule = async (file: string): Promise<unknown> => import(new URL(file, PAGE).href);

test('every file of the page is served as what it is, under a policy that lets nothing else in', async () => {
  await using place = await serving({ rooms: [pageRoom] });
  const types: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
  for (const file of readdirSync(PAGE)) {
    const answer = await fetch(place.url + pathOf(file));
    expect({ file, status: answer.status }).toEqual({ file, status: 200 });
    expect(answer.headers.get('content-type')).toBe(`${types[file.split('.')[1] ?? '']}; charset=utf-8`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    await answer.text();
  }
});

test('nothing on the page makes HTML of text, and nothing of it comes from elsewhere', () => {
  for (const file of readdirSync(PAGE)) {
    const text = readFileSync(new URL(file, PAGE), 'utf8');
    expect({
      file,
      found: text.match(/innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b/g),
    }).toEqual({
      file,
      found: null,
    });
    expect({ file, found: text.match(/(src|href)="(?!\/)|https?:\/\/|@import|url\(/g) }).toEqual({
      file,
      found: null,
    });
  }
});

test('whatever is said in one language is said in the other', async () => {
  const { words } = (await pageModule('words.js')) as { words: Record<string, Record<string, unknown>> };
  const shapeOf = (dictionary: Record<string, unknown> = {}) =>
    Object.entries(dictionary).map(([name, word]) => [name, typeof word]);
  expect(shapeOf(words['pt'])).toEqual(shapeOf(words['en']));
});

test('each reason that the daemon gives for not being ready is known in Portuguese', async () => {
  const { reasonText } = (await pageModule('reasons.js')) as {
    reasonText: (why: string, language: string) => string;
  };
  const lane = { isSilent: false, isStarving: false, isUnauthorized: false, parkedCount: 0 };
  const well = {
    isStopping: false,
    link: { isConnected: true, isReconciled: true, whyUnlinked: undefined },
    lane,
    lanes: { readiness: { udesk: READY } },
  };
  const away = { isConnected: false, isReconciled: false, whyUnlinked: undefined };
  const ill = [
    { ...well, isStopping: true },
    { ...well, link: { ...away, isConnected: true } },
    { ...well, link: away },
    { ...well, link: { ...away, whyUnlinked: 'login refused as movidesk' } },
    { ...well, link: { ...away, whyUnlinked: 'connection refused 127.0.0.1:5038' } },
    { ...well, link: { ...away, whyUnlinked: 'no connection within 5000 ms' } },
    { ...well, lane: { ...lane, isUnauthorized: true } },
    { ...well, lane: { ...lane, isSilent: true } },
    { ...well, lane: { ...lane, isStarving: true } },
    { ...well, lane: { ...lane, parkedCount: 2 } },
  ];
  for (const seen of ill)
    for (const { why } of Object.values(readinessOf(seen)).filter((part) => part.why !== undefined)) {
      expect(reasonText(why ?? '', 'pt')).not.toBe(why);
      expect(reasonText(why ?? '', 'en')).toBe(why);
    }
  expect(reasonText('not connected: login refused as movidesk', 'pt')).toBe(
    'sem conexão: login recusado como movidesk',
  );
  const both = 'nothing but faults for 70 s; 3 refused: see outbox';
  expect(reasonText(both, 'pt')).toBe('só falhas há 70 s; 3 recusadas: veja outbox');
  expect(reasonText('the far side said: não', 'pt')).toBe('the far side said: não');
});
