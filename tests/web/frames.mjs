// node frames.mjs PAGE.html [MOVES]: drags sliders of the sections 2 to 6 and prints, a line a section,
// how often it was drawn again, how often that took more than 16 ms, and the longest time;
// then when the page was first painted.
import { finish, goTo, launch, open } from './page.mjs';

const [file, moves = '200'] = process.argv.slice(2);
const sliders = {
  variance: ['decay', 'degree', 'x'],
  simple: ['decay', 'degree', 'noise'],
  penalty: ['decay', 'w', 'degree'],
  contours: ['radius', 'p', 'angle'],
  paths: ['lr', 'decay', 'steps'],
};

// Back and forth over the slider.
async function sweep(page, slider) {
  await slider.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const box = await slider.boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 2, y);
  await page.mouse.down();
  for (let i = 0; i < Number(moves); ++i) {
    const share = 0.5 - 0.5 * Math.cos(i / 9);
    await page.mouse.move(box.x + 2 + share * (box.width - 4), y);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.mouse.up();
}

const browser = await launch();
const { page, failures } = await open(browser, file);
for (const [section, names] of Object.entries(sliders)) {
  const block = await goTo(page, section);
  // The first drawing is no drag.
  await page.evaluate((name) => (window.lab.frames[name] = { frames: 0, over: 0, longest: 0 }), section);
  for (const name of names) {
    const slider = block.locator(`[data-option="${name}"] input`);
    await sweep(page, slider);
  }
  await page.evaluate(() => window.lab.idle());
  const { frames, over, longest } = await page.evaluate((name) => window.lab.frames[name], section);
  console.log(`${section} ${frames} ${over} ${longest.toFixed(1)}`);
}
const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
console.log(`first paint after ${paint.toFixed(0)} ms`);
await browser.close();
finish(failures);
