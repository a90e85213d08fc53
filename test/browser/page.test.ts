import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callIdFrom, type Extension, queueNameFrom } from '../../src/domain/identity.ts';
import { pageRoom } from '../../src/observe/http/page-room.ts';
import { degraded } from '../../src/ports/readiness.ts';
import type { Status } from '../../src/ports/status.ts';
import { MORNING } from '../domain/builders.ts';
import { someStatus } from '../observe/some-status.ts';
import { watching } from '../observe/watching.ts';
import { launch, PHONE, Reader } from './reader.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const somePlace = () => watching({ rooms: [pageRoom], shown: (number) => number });

/** A status in which each text is this one. */
function statusOf(text: string): Partial<Status> {
  const queue = queueNameFrom(text);
  const caller = { callId: callIdFrom(text), number: text, queue };
  const since = MORNING - 5_000_000;
  const extension = text as Extension;
  return {
    state: 'degraded',
    links: [{ name: text, ...degraded(text), since }],
    queues: [
      {
        name: queue,
        callers: [
          { ...caller, phase: 'offered', extension, since },
          { ...caller, phase: 'waiting', since },
        ],
      },
    ],
    talks: [{ ...caller, extension, since }],
    leaving: [{ ...caller, reason: text as 'closed', since }],
    agents: [
      { extension, state: 'aside', queues: [queue], device: text, why: text },
      { extension, state: 'busy', queues: [], device: text },
    ],
    outbox: [{ lane: text as 'udesk', due: 12_345, parked: 67, oldestAt: since }],
    endings: [
      { ...caller, ending: text as 'lost', extension, enteredAt: since, answeredAt: since, endedAt: MORNING },
    ],
  };
}

test.each([
  ['an element', '<img src=x onerror="globalThis.harmed=1">'],
  ['a script', '</span><script>globalThis.harmed=1</script>'],
  ['an attribute', '" onmouseover="globalThis.harmed=1" x="'],
])('%s in any text of the status is shown as text', async (_what, text) => {
  await using place = await somePlace();
  place.daemon.changes = statusOf(text);
  await using reader = await Reader.opens(browser, place.url);
  await reader.sees('footer', 'version 1.2.3');
  for (const id of ['queues', 'talks', 'leaving', 'endings', 'agents', 'links', 'outbox', 'headline-whys'])
    expect(await reader.page.locator(`#${id}`).innerText()).toContain(text);
  expect(await reader.finds('globalThis.harmed')).toBe(undefined);
  expect(await reader.finds('document.images.length + document.scripts.length')).toBe(1);
  expect(reader.complaints).toEqual([]);
});

test.each([
  ['what is usual', {}],
  ['the longest of names', statusOf('x'.repeat(200))],
  ['many words', statusOf('uma palavra atrás da outra '.repeat(8).trim())],
])('on a phone nothing stands beside the screen: %s', async (_what, changes) => {
  await using place = await somePlace();
  place.daemon.changes = changes;
  for (const width of [320, 360, 699]) {
    const viewport = { width, height: 700 };
    await using reader = await Reader.opens(browser, place.url, { viewport });
    await reader.sees('footer', 'version');
    expect(await reader.finds('document.documentElement.scrollWidth')).toBe(width);
  }
});

test('on a narrow phone nothing must be pushed aside to be read', async () => {
  await using place = await somePlace();
  await using reader = await Reader.opens(browser, place.url, { viewport: { width: 320, height: 600 } });
  await reader.sees('footer', 'version');
  const tooWide = `[...document.querySelectorAll('section')]
    .filter((section) => section.scrollWidth > section.clientWidth).map((section) => section.textContent)`;
  for (const language of ['Português', 'English']) {
    await reader.page.getByRole('button', { name: language }).click();
    expect(await reader.finds(tooWide)).toEqual([]);
  }
});

test('on a phone all stands in one column, on a desk in two', async () => {
  await using place = await somePlace();
  const lefts = `new Set([...document.querySelectorAll('section:not([hidden])')]
    .map((section) => section.getBoundingClientRect().left)).size`;
  await using phone = await Reader.opens(browser, place.url, PHONE);
  await phone.sees('footer', 'version');
  expect(await phone.finds(lefts)).toBe(1);
  await using desk = await Reader.opens(browser, place.url);
  await desk.sees('footer', 'version');
  expect(await desk.finds(lefts)).toBe(2);
});

test.each([
  ['pt-BR', 'Filas', 'pt-BR'],
  ['pt-PT', 'Filas', 'pt-BR'],
  ['en-GB', 'Queues', 'en'],
  ['zh-CN', 'Queues', 'en'],
])('a browser that speaks %s is answered so', async (locale, title, language) => {
  await using place = await somePlace();
  await using reader = await Reader.opens(browser, place.url, { locale });
  await reader.sees('queues-title', title);
  expect(await reader.finds('document.documentElement.lang')).toBe(language);
});

test('another language is a click away, and is remembered', async () => {
  await using place = await somePlace();
  await using reader = await Reader.opens(browser, place.url);
  await reader.sees('headline-text', 'All is well');
  await reader.page.getByRole('button', { name: 'Português' }).click();
  await reader.sees('headline-text', 'Tudo em ordem');
  await reader.sees('endings', 'atendida');
  await reader.sees('budget', '4 de 10 no último minuto');
  await reader.page.reload();
  await reader.sees('headline-text', 'Tudo em ordem');
  expect(await reader.page.getByRole('button', { name: 'Português' }).getAttribute('aria-pressed')).toBe(
    'true',
  );
});

test('how it is stands in one headline and in the title of the tab', async () => {
  await using place = await somePlace();
  place.daemon.changes = {
    state: 'degraded',
    links: [{ name: 'helpDesk', ...degraded('Movidesk has refused 2: see outbox') }],
  };
  await using reader = await Reader.opens(browser, place.url);
  await reader.sees('headline', /needs attention\s+Movidesk: Movidesk has refused 2: see outbox/);
  expect(await reader.page.title()).toBe('! 1 waiting · pbx1');
});

test('where too many watch already the status is still seen, now and then', async () => {
  await using place = await somePlace();
  const others = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const abort = new AbortController();
      await fetch(`${place.url}/api/events`, { signal: abort.signal });
      return abort;
    }),
  );
  await using reader = await Reader.opens(browser, place.url);
  await reader.sees('headline-text', 'All is well');
  expect(await reader.page.locator('#stale').isVisible()).toBe(false);
  for (const other of others) other.abort();
});

test('a screen reader is told where it is: titles, tables with heads, a meter with a value', async () => {
  await using place = await somePlace();
  await using reader = await Reader.opens(browser, place.url);
  await reader.sees('footer', 'version');
  const { page } = reader;
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  for (const name of ['Queues', 'Talking', 'Agents', 'Links', 'Outbox', 'Last calls that ended'])
    expect(await page.getByRole('region', { name }).count()).toBe(1);
  expect(await page.getByRole('columnheader', { name: 'Waits' }).count()).toBe(1);
  expect(await page.getByRole('meter').getAttribute('aria-valuetext')).toBe('4 of 10 in the last minute');
  expect(await page.getByRole('status').innerText()).toBe('All is well');
  expect(await page.getByRole('alert').count()).toBe(0);
});

test.each(['light', 'dark'] as const)(
  'every text can be read against its ground: %s',
  async (colorScheme) => {
    await using place = await somePlace();
    place.daemon.changes = { ...someStatus(), outbox: [{ lane: 'movidesk', due: 0, parked: 2 }] };
    await using reader = await Reader.opens(browser, place.url, { colorScheme });
    await reader.sees('footer', 'version');
    // WCAG 2.2, 1.4.3: at least 4.5 to 1.
    expect(await reader.finds(FAINT_TEXTS)).toEqual([]);
  },
);

/** Texts of less contrast than that, with what they have. */
const FAINT_TEXTS = `(() => {
  const channel = (value) => { const c = value / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => { const [r, g, b] = parts(colour).map(channel); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const groundOf = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return parts(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor;
  };
  const texts = [...document.querySelectorAll('body *:not(.sign)')].filter((element) =>
    element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''));
  return texts.flatMap((element) => {
    const [one, other] = [getComputedStyle(element).color, groundOf(element)].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return ratio >= 4.5 ? [] : [element.textContent + ' ' + ratio.toFixed(2)];
  });
})()`;
