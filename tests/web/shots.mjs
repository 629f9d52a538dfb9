// node shots.mjs PAGE.html FOLDER [LANG]: a picture of every section at 1440 and 390 pixels, light and dark.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finish, launch, open } from './page.mjs';

// The section in the whole page, from edge to edge.
const placeOf = (section) =>
  section.evaluate((element) => {
    const { top, height } = element.getBoundingClientRect();
    return {
      x: 0,
      y: top + window.scrollY,
      width: document.documentElement.clientWidth,
      height: height + 30,
    };
  });

const [file, folder, lang = 'en'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await launch();
const all = [];
for (const width of [1440, 390]) {
  for (const colorScheme of ['light', 'dark']) {
    const { page, context, failures } = await open(browser, `${file}#lang=${lang}`, {
      colorScheme,
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
      hasTouch: width < 500,
    });
    // In a picture of the whole page the bar would lie over whatever it happens to be above.
    await page.screenshot({ path: join(folder, `start-${lang}-${width}-${colorScheme}.png`) });
    await page.addStyleTag({ content: 'nav { position: static !important; }' });
    for (const section of await page.locator('main > section').all()) {
      await section.scrollIntoViewIfNeeded();
      for (const block of await section.locator('.block').all()) await block.scrollIntoViewIfNeeded();
      await page.evaluate(() => window.lab.idle());
      const name = await section.getAttribute('id');
      await page.screenshot({
        path: join(folder, `${name}-${lang}-${width}-${colorScheme}.png`),
        fullPage: true,
        clip: await placeOf(section),
      });
    }
    all.push(...failures);
    await context.close();
  }
}
await browser.close();
finish(all);
