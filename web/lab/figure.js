// A place for one figure of the library: an SVG text, for a wide or a narrow page.
import { inWords, make } from './dom.js';
import { inLanguage } from './figure_words.js';

// Made at the first use: the same script also runs in a worker, which has no window.
let query = null;
const small = () => (query ??= window.matchMedia('(max-width: 35rem)'));

// `half`: beside another one, where only the narrow drawing fits. `named`: with names of columns.
export class Picture {
  constructor(name, { half = false, square = false, named = false } = {}) {
    this.name = name;
    this.half = half;
    this.named = named;
    // Until the first drawing the place has the size that drawings usually have.
    const ratios = square
      ? { wide: '720 / 612', narrow: '360 / 412' }
      : { wide: '720 / 340', narrow: '360 / 300' };
    this.sheet = make('div', { class: 'sheet' });
    this.element = make(
      'div',
      { class: half ? 'picture half' : 'picture', 'data-picture': name },
      this.sheet,
    );
    const reserve = () => {
      if (!this.source) this.sheet.style.aspectRatio = ratios[this.variant()];
    };
    reserve();
    small().addEventListener('change', () => {
      reserve();
      this.draw();
    });
    inWords(() => this.draw());
  }

  variant() {
    return this.half || small().matches ? 'narrow' : 'wide';
  }

  show(texts) {
    this.source = texts;
    this.draw();
  }

  draw() {
    const text = this.source?.[`${this.name}.${this.variant()}`];
    if (text === undefined) return;
    const translated = inLanguage(text, this.named);
    if (translated === this.drawn) return;
    this.drawn = translated;
    this.sheet.innerHTML = translated;
    this.sheet.style.aspectRatio = '';
    this.ondraw?.();
  }

  get svg() {
    return this.sheet.querySelector('svg');
  }
}
