// Opens the live page, or a report, in Debian's Chromium. Errors of the page and any request it makes are failures.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
}

// `address`: a file, with a fragment where one is wanted. `looks`: options of a browser context.
export async function openFile(browser, address, looks = {}) {
  const [file, ...hash] = address.split('#');
  const target = pathToFileURL(resolve(file)).href + (hash.length > 0 ? `#${hash.join('#')}` : '');
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    ...looks,
  });
  const page = await context.newPage();
  const failures = [];
  page.on('console', (message) => message.type() === 'error' && failures.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => failures.push(`page: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    const own = url.split('#')[0] === target.split('#')[0] || /^(blob|data):/.test(url);
    if (!own) failures.push(`request: ${url}`);
  });
  await page.goto(target);
  return { page, context, failures };
}

// The same of the live page, once it is drawn.
export async function open(browser, address, looks = {}) {
  const opened = await openFile(browser, address, looks);
  await ready(opened.page);
  return opened;
}

// The library is there, and what can be seen is drawn.
export async function ready(page) {
  await page.waitForFunction(() => window.lab !== undefined);
  await page.evaluate(() => window.lab.idle());
}

// Brings a section into view and waits until it is drawn.
export async function goTo(page, section) {
  const block = page.locator(`.block[data-section="${section}"]`);
  await block.scrollIntoViewIfNeeded();
  await page.waitForFunction((name) => window.lab.answer(name) !== null || window.lab.failure(name), section);
  await page.evaluate(() => window.lab.idle());
  return block;
}

// Ends a test program: says what failed, with exit code 1 where anything did.
export function finish(failures) {
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
