// node errors.mjs PAGE.html: options of an address that the library refuses. The page must say so in its
// language and with its control's label, say it again where the language changes, and go on.
import { finish, goTo, launch, open } from './page.mjs';

const file = process.argv[2];
const failures = [];
const told = (page, section) => page.evaluate((name) => window.lab.failure(name), section);

function expect(what, text, parts, never) {
  for (const part of parts) if (!text.includes(part)) failures.push(`${what}: no ${part} in: ${text}`);
  if (never.test(text)) failures.push(`${what}: ${never} in: ${text}`);
}

// The section, its wrong options, and what must be said in either language.
const cases = [
  [
    'half_life',
    'half_life.lr=1&half_life.decay=5',
    ['learning rate 1 and weight decay 5 would take 5 of every weight'],
    ['学习率 1 与 权重衰减 5', '必须小于 1'],
  ],
  ['paths', 'paths.rule=adamm', ['no optimizer is called "adamm"; did you mean "adam"?'], ['没有叫 "adamm" 的优化器']],
];
const MARKS = /[\u0000-\u001f]|\{|undefined/;
const ENGLISH = /[a-z]+ [a-z]+ [a-z]+/;
const CHINESE = /[\u4e00-\u9fff]/;

const browser = await launch();
for (const [section, options, english, chinese] of cases) {
  for (const lang of ['en', 'zh']) {
    const what = `${section} ${lang}`;
    const opened = await open(browser, `${file}#${section}&${options}&lang=${lang}`);
    const { page } = opened;
    await goTo(page, section);
    const inEnglish = lang === 'en';
    expect(what, await told(page, section), inEnglish ? english : chinese, inEnglish ? CHINESE : ENGLISH);
    expect(what, await told(page, section), [], MARKS);
    await page.getByRole('button', { name: inEnglish ? '中文' : 'English' }).click();
    expect(`${what}, changed`, await told(page, section), inEnglish ? chinese : english, inEnglish ? ENGLISH : CHINESE);
    failures.push(...opened.failures);
    await opened.context.close();
  }
}
await browser.close();
finish(failures);
