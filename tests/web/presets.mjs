// node presets.mjs PAGE.html: presses every preset of the prose in both languages, also while a figure plays;
// each must then be the state and be computed. Those that show a divergence must say so. Then addresses with
// nonsense in them: the page must answer all the same.
import { finish, goTo, launch, open } from './page.mjs';

const file = process.argv[2];
const runsAway = ['overfit 3'];
const garbage = [
  '#variance.degree=999&variance.x=abc&paths.rule=sgd&lang=xx',
  '#variance.constructor=1&contours.toString=2&practice.target=-7',
  '#variance.degree=9.5&overfit.rows=20.5&penalty.points=7.2',
  `#${'x'.repeat(50000)}&=&%E0%A4&overfit.decays=nonsense`,
];

const pressed = (button) => button.evaluate((element) => element.getAttribute('aria-pressed') === 'true');

async function pressAll(page, lang, failures) {
  for (const section of ['overfit', 'variance', 'simple', 'penalty', 'contours', 'paths', 'practice']) {
    const block = await goTo(page, section);
    const buttons = await page.locator(`#${section} button[data-preset]:visible`).all();
    if (buttons.length < 3) failures.push(`${lang} ${section}: ${buttons.length} presets`);
    for (const [place, button] of buttons.entries()) {
      const play = block.locator('button.main').first();
      if (section === 'overfit' || section === 'paths') await play.click();
      await button.click();
      await page.evaluate(() => window.lab.idle());
      const name = `${section} ${place}`;
      const message = await page.evaluate((each) => window.lab.failure(each), section);
      if (!(await pressed(button))) failures.push(`${lang} ${name}: it is not the state`);
      if (runsAway.includes(name) === !message)
        failures.push(`${lang} ${name}: ${message || 'no divergence'}`);
    }
  }
}

const browser = await launch();
const failures = [];
for (const lang of ['en', 'zh']) {
  const { page, context, failures: of } = await open(browser, `${file}#lang=${lang}`);
  await pressAll(page, lang, of);
  failures.push(...of);
  await context.close();
}
for (const hash of garbage) {
  const { page, context, failures: of } = await open(browser, file + hash);
  for (const section of ['variance', 'contours', 'penalty']) {
    await goTo(page, section);
    const message = await page.evaluate((each) => window.lab.failure(each), section);
    if (message) of.push(`${hash.slice(0, 60)}: ${section}: ${message}`);
  }
  failures.push(...of);
  await context.close();
}
await browser.close();
finish(failures);
