import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserPath } from '../../scripts/browser-path.ts';

/** A browser without a window. As root, which it is in a container, Chromium does not run with its sandbox. */
export function launch(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: browserPath(), args });
}

export const PHONE = { viewport: { width: 360, height: 740 } } as const;

/** Somebody who looks at a page, with a browser profile of their own. */
export class Reader implements AsyncDisposable {
  readonly page: Page;
  /** What the page complained of. */
  readonly complaints: string[] = [];

  static async opens(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Reader> {
    const context = await browser.newContext({ locale: 'en-US', ...options });
    const reader = new Reader(await context.newPage());
    await reader.page.goto(url);
    return reader;
  }

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** Until the part of the page with that id says it. */
  async sees(id: string, text: string | RegExp): Promise<void> {
    const part = this.page.locator(`#${id}`);
    await expect.poll(() => part.innerText(), { timeout: 15_000 }).toMatch(text);
  }

  /** What a script of ours finds on the page. */
  finds(expression: string): Promise<unknown> {
    return this.page.evaluate(expression);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}
