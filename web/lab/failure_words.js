// What the library says of a failure, in the language of the page and with its controls' labels.
import { hasWord, language, word } from './words.js';

// The library puts options between marks: "name" or "name=value".
const OPTION = /\u0001([^\u0001]*)\u0001/g;

const labelOf = (name) => (hasWord(`option.${name}`) ? word(`option.${name}`) : name);

function optionWords(mark) {
  const [name, value] = mark.split('=');
  if (value === undefined) return labelOf(name);
  const key = `choice.${name}.${value}`;
  return `${labelOf(name)} = ${hasWord(key) ? word(key) : value}`;
}

// `error`: a LabFailure.
export function failureWords(error) {
  const words = error.words?.[language()] ?? error.message;
  return word('say.failed', { message: words.replace(OPTION, (whole, mark) => optionWords(mark)) });
}
