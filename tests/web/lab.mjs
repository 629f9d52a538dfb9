// node lab.mjs PAGE.html SECTION OUT.json: moves a section's real controls, and writes what each state
// asked the library and was answered: [{question, data, options, numbers}]. A test compares them with
// the library outside of the page.
import { writeFileSync } from 'node:fs';
import { finish, goTo, launch, open } from './page.mjs';

const [file, section, out] = process.argv.slice(2);

// What a reader does to the controls of a block. Each waits until the page has drawn.
class Hand {
  constructor(page, block) {
    Object.assign(this, { page, block });
  }
  async done() {
    await this.page.evaluate(() => new Promise(requestAnimationFrame)); // events first
    await this.page.evaluate(() => window.lab.idle());
  }
  input(name) {
    return this.block.locator(`[data-option="${name}"] :is(input, select)`);
  }
  async keys(name, ...keys) {
    await this.input(name).focus();
    for (const key of keys) await this.page.keyboard.press(key);
    await this.done();
  }
  // Clicks the slider's track at a share of its width.
  async click(name, share) {
    const box = await this.visible(this.input(name));
    await this.page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
    await this.done();
  }
  // Drags a slider from one share of its width to another.
  async drag(name, from, to) {
    const box = await this.visible(this.input(name));
    const y = box.y + box.height / 2;
    await this.stroke([box.x + from * box.width, y], [box.x + to * box.width, y]);
  }
  // Drags a figure's handle by so many pixels.
  async pull(handle, dx, dy) {
    const box = await this.visible(this.block.locator(`[data-grip="${handle}"]`));
    const from = [box.x + box.width / 2, box.y + box.height / 2];
    await this.stroke(from, [from[0] + dx, from[1] + dy]);
  }
  async stroke(from, to) {
    await this.page.mouse.move(...from);
    await this.page.mouse.down();
    await this.page.mouse.move(...to, { steps: 12 });
    await this.page.mouse.up();
    await this.done();
  }
  async choose(name, value) {
    await this.input(name).selectOption(value);
    await this.done();
  }
  async press(words) {
    await this.block.getByRole('button', { name: words, exact: true }).click();
    await this.done();
  }
  async preset(place) {
    await this.page.locator(`#${section} button[data-preset]:visible`).nth(place).click();
    await this.done();
  }
  async unfold() {
    await this.block
      .locator('details:not([open]) summary')
      .evaluateAll((all) => all.forEach((each) => each.click()));
  }
  async visible(locator) {
    await locator.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
    return locator.boundingBox();
  }
}

const polynomial = (handle) => [
  (hand) => hand.drag('decay', 0.02, 0.5),
  (hand) => hand.keys('degree', 'ArrowRight', 'ArrowRight'),
  (hand) => hand.click('points', 0.8),
  (hand) => hand.keys('noise', 'PageUp'),
  (hand) => hand.press('Draw again'),
  ...handle,
  (hand) => hand.keys('decay', 'End'),
  (hand) => hand.preset(1),
];

const acts = {
  overfit: [
    (hand) => hand.press('Start again'),
    (hand) => hand.press('Step'),
    async (hand) => {
      await hand.block.getByRole('button', { name: 'Play', exact: true }).click();
      const epoch = () => window.lab.answer('overfit').numbers.epoch[0];
      const before = await hand.page.evaluate(epoch);
      await hand.page.waitForFunction(
        (from) => window.lab.answer('overfit').numbers.epoch[0] >= from + 50,
        before,
      );
      await hand.press('Pause');
    },
    (hand) => hand.click('decay', 0.7),
    (hand) => hand.press('Step'),
    (hand) => hand.keys('lr', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft'),
    (hand) => hand.press('Draw again'),
    (hand) => hand.choose('rule', 'sgd'),
    (hand) => hand.preset(3),
    (hand) => hand.press('Back to what worked'),
  ],
  variance: polynomial([(hand) => hand.pull('x', 60, 0), (hand) => hand.keys('fits', 'Home')]),
  simple: polynomial([(hand) => hand.choose('model', 'net'), (hand) => hand.click('decay', 0.6)]),
  penalty: polynomial([(hand) => hand.pull('w', -40, 0), (hand) => hand.keys('w', 'ArrowRight')]),
  contours: [
    (hand) => hand.pull('centre', 40, -30),
    (hand) => hand.pull('turn', -30, 40),
    (hand) => hand.pull('stretch', 12, -12),
    (hand) => hand.pull('radius', -50, 0),
    (hand) => hand.click('p', 0.14),
    (hand) => hand.press('No touch'),
    (hand) => hand.press('One touch (A)'),
    (hand) => hand.press('Two crossings (B, C)'),
    (hand) => hand.keys('level', 'ArrowRight', 'ArrowRight'),
    (hand) => hand.preset(1),
    (hand) => hand.preset(2),
  ],
  paths: [
    (hand) => hand.choose('rule', 'sgd'),
    (hand) => hand.click('steps', 0.03),
    (hand) => hand.keys('momentum', 'End'),
    (hand) => hand.pull('start', 60, 50),
    (hand) => hand.choose('rule', 'adam'),
    (hand) => hand.keys('lr', 'PageUp'),
    (hand) => hand.choose('law_b', 'cautious'),
    (hand) => hand.choose('rule', 'muon'),
    (hand) => hand.preset(0),
    (hand) => hand.preset(2),
  ],
  half_life: [
    (hand) => hand.click('lr', 0.6),
    (hand) => hand.keys('decay', 'ArrowRight'),
    (hand) => hand.drag('steps_per_epoch', 0.4, 0.6),
    (hand) => hand.keys('epochs', 'PageDown'),
    (hand) => hand.keys('decay', 'Home'),
  ],
  practice: [
    (hand) => hand.press('Run the sweep'),
    (hand) => hand.choose('column', '3'),
    (hand) => hand.choose('source', 'breast_cancer'),
    async (hand) => {
      await hand.block.getByLabel('decays to try').fill('0, 1e-3, 0.03');
      await hand.keys('column', 'Tab');
      await hand.press('Run the sweep');
    },
    async (hand) => {
      await hand.choose('model', 'net');
      await hand.keys('hidden', 'Home', 'ArrowRight');
      await hand.keys('seeds', 'Home');
      await hand.input('bias').check();
      await hand.press('Run the sweep');
    },
  ],
};

// JSON has no infinity and no NaN; a test reads these words for them.
const words = (key, value) =>
  typeof value === 'number' && !Number.isFinite(value)
    ? String(value).replace('Infinity', 'inf').toLowerCase()
    : value;

async function record(page) {
  return page.evaluate((name) => {
    const { data } = window.lab.state(name);
    return {
      question: name,
      data,
      options: window.lab.asked(name),
      numbers: window.lab.answer(name).numbers,
    };
  }, section);
}

const browser = await launch();
const { page, failures } = await open(browser, `${file}#${section === 'half_life' ? 'practice' : section}`);
try {
  const hand = new Hand(page, await goTo(page, section));
  await hand.unfold();
  const states = [await record(page)];
  for (const act of acts[section]) {
    const before = JSON.stringify(states.at(-1).options);
    await act(hand);
    states.push(await record(page));
    if (JSON.stringify(states.at(-1).options) === before && !/Run|source/.test(String(act)))
      failures.push(`${section}: nothing was changed by ${act}`);
  }
  const failure = await page.evaluate((name) => window.lab.failure(name), section);
  if (failure) failures.push(`${section}: ${failure}`);
  writeFileSync(out, JSON.stringify(states, words));
} catch (error) {
  failures.push(error.stack);
} finally {
  await browser.close();
}
finish(failures);
