// What controls, sentences and messages say, in both languages. Figures have theirs in figure_words.js.
import { english } from './words_en.js';
import { chinese } from './words_zh.js';

const languages = { en: english, zh: chinese };
let now = 'en';

export const language = () => now;
export const hasWord = (key) => key in languages[now];

export function useLanguage(name) {
  now = name;
  document.documentElement.lang = name === 'zh' ? 'zh-CN' : 'en';
}

// The words of `key`, with {name} replaced by values.name.
export function word(key, values = {}) {
  const text = languages[now][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// Sentences in a row: Chinese puts no blank between them.
export const joined = (sentences) => sentences.filter(Boolean).join(now === 'zh' ? '' : ' ');
