// node links.mjs PAGE.html: the address holds the state. For each section some options are set, the page
// is opened again with the address it then has, and must show the same numbers in the same language.
import { finish, goTo, launch, open } from './page.mjs';

const file = process.argv[2];
const states = {
  overfit: { seed: 3, noise: 0.42, epochs: 150, decays: '0:0,60:0.1,90:0.5' },
  variance: { seed: 7, degree: 13, decay: 0.0316, x: -0.55 },
  simple: { points: 33, decay: 1e-6 },
  penalty: { w: -1.25, decay: 2 },
  contours: { p: 0.75, radius: 0.8, angle: -40 },
  paths: { rule: 'sgd', law_b: 'independent', lr: 0.1, steps: 77 },
  practice: { data: 'breast_cancer', target: 3, decays: '0,0.01,0.1' },
  half_life: { lr: 0.02, epochs: 50 },
};

const answers = (page, name) =>
  page.evaluate((section) => JSON.stringify(window.lab.answer(section).numbers), name);

// The address is written a little later than the change.
async function linkOf(page, name, values) {
  const written = ([section, options]) => {
    const parts = decodeURIComponent(location.hash).split('&');
    return Object.entries(options).every(([key, value]) => parts.includes(`${section}.${key}=${value}`));
  };
  await page.waitForFunction(written, [name, values]);
  return page.evaluate(() => location.hash.slice(1));
}

const browser = await launch();
const failures = [];
for (const [name, values] of Object.entries(states)) {
  const first = await open(browser, `${file}#${name}`);
  await goTo(first.page, name);
  await first.page.getByRole('button', { name: '中文' }).click();
  await first.page.evaluate(([section, options]) => window.lab.set(section, options), [name, values]);
  await first.page.evaluate(() => window.lab.idle());
  const told = await answers(first.page, name);
  const link = await linkOf(first.page, name, values);
  const again = await open(browser, `${file}#${link}`);
  await goTo(again.page, name);
  if ((await answers(again.page, name)) !== told) failures.push(`${name}: other numbers after ${link}`);
  const lang = await again.page.evaluate(() => document.documentElement.lang);
  if (lang !== 'zh-CN') failures.push(`${name}: the language was not kept`);
  if (!link.startsWith(name === 'half_life' ? '' : name))
    failures.push(`${name}: its anchor is not in ${link}`);
  failures.push(...first.failures, ...again.failures);
  await first.context.close();
  await again.context.close();
}
await browser.close();
finish(failures);
