// What the report page does beyond what its HTML does: the values along the figures, the files that
// are saved of them, the language of the document.
const root = document.documentElement;
const language = () =>
  document.querySelector('input[name="language"]:checked')?.value ?? root.lang;
// Texts that differ in Chinese stand beside the English ones, under keys that end in _zh.
const said = (object, key) => (language() === 'zh' && object[`${key}_zh`]) || object[key];
const wordsOf = (id) => {
  const whole = document.getElementById(id);
  return (whole.querySelector(`[lang="${language()}"]`) ?? whole).textContent.trim();
};
const seen = (figure) =>
  [...figure.querySelectorAll('.plot svg')].find((svg) => svg.getClientRects().length > 0);
const dataOf = (figure) =>
  JSON.parse(figure.querySelector('script[type="application/json"]').textContent);

// What a crosshair reads: told from the start, so that nothing moves when the pointer comes.
function makeReadable(figure, data) {
  const plot = figure.querySelector('.plot');
  const out = figure.querySelector('.readout');
  const name = figure.dataset.name;
  const drawings = ['wide', 'narrow'].map((variant) => ({
    svg: plot.querySelector(`svg.${variant}`),
    x: data[variant],
  }));
  const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  let at = data.best;
  const tell = () => {
    const reading = data.readings[at];
    out.replaceChildren(element('b', said(reading, 'title')));
    said(reading, 'values').forEach((value, i) => {
      const pair = document.createElement('span');
      pair.append(element('i', said(data, 'labels')[i]), element('span', value));
      out.append(pair);
    });
  };
  tell();
  addEventListener('languagechosen', tell);
  followReadings(plot, {
    count: data.readings.length,
    start: data.best,
    drawing: () => drawings.find((drawing) => drawing.svg === seen(figure)),
    show: (index) => {
      at = index;
      for (const { svg, x } of drawings) moveLine(svg, x[index]);
      tell();
    },
  });
  figure.querySelector('.keys').hidden = false;
  plot.setAttribute('aria-labelledby', `${name}-caption ${name}-keys`);
}

const kept = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray',
  'stroke-linecap', 'stroke-linejoin', 'font-family', 'font-size', 'font-weight', 'font-style',
  'font-variant-numeric', 'text-anchor', 'paint-order', 'visibility',
];
const keptOfItself = ['opacity', 'dominant-baseline'];

// The styles of `element` that it does not inherit, as an attribute has them.
function ownStyle(element, isRoot) {
  const style = getComputedStyle(element);
  const above = isRoot ? null : getComputedStyle(element.parentNode);
  const usual = { opacity: '1', 'dominant-baseline': 'auto' };
  return [
    ...kept.filter((name) => style.getPropertyValue(name) !== above?.getPropertyValue(name)),
    ...keptOfItself.filter((name) => style.getPropertyValue(name) !== usual[name]),
  ]
    .map((name) => `${name}:${style.getPropertyValue(name)}`)
    .join(';');
}

// The drawing that is seen, as a file that looks the same by itself, in the language shown.
function standalone(figure) {
  const svg = seen(figure);
  const copy = svg.cloneNode(true);
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  copies.forEach((element, i) => {
    const own = element.getAttribute('lang');
    if ((own && own !== language()) || element.matches('.crosshair, .scales')) return element.remove();
    for (const name of ['class', 'role', 'aria-labelledby', 'aria-describedby', 'data-handle'])
      element.removeAttribute(name);
    if (element.matches('title, desc, clipPath, clipPath *')) return;
    const style = ownStyle(originals[i], i === 0);
    if (style) element.setAttribute('style', style);
  });
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('width', width);
  copy.setAttribute('height', height);
  copy.setAttribute('lang', language());
  // A title without a language stands beside one in Chinese, or alone.
  for (const kind of ['title', 'desc']) {
    const [first, second] = copy.querySelectorAll(`:scope > ${kind}`);
    if (second) first.remove();
  }
  const title = copy.querySelector('title');
  title.textContent = wordsOf(`${figure.dataset.name}-caption`);
  const paper = document.createElementNS(copy.namespaceURI, 'rect');
  const look = { width, height, fill: getComputedStyle(document.body).backgroundColor };
  for (const [name, value] of Object.entries(look)) paper.setAttribute(name, value);
  copy.querySelector(':scope > desc').after(paper);
  return { text: `${new XMLSerializer().serializeToString(copy)}\n`, width, height };
}

const blobs = {
  async SVG(figure) {
    return new Blob([standalone(figure).text], { type: 'image/svg+xml' });
  },
  async PNG(figure) {
    const { text, width, height } = standalone(figure);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 2 * width, height: 2 * height });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  },
  async CSV(figure) {
    const { table } = dataOf(figure);
    const cell = (value) => {
      const text = String(value ?? '');
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const lines = [table.columns, ...table.rows].map((row) => row.map(cell).join(','));
    return new Blob([`${lines.join('\r\n')}\r\n`], { type: 'text/csv' });
  },
};

async function save(figure, kind) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await blobs[kind](figure));
  link.download = `halflife-${figure.dataset.name}.${kind.toLowerCase()}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

for (const figure of document.querySelectorAll('figure')) {
  const data = dataOf(figure);
  if (data.readings.length > 0) makeReadable(figure, data);
  const buttons = figure.querySelector('.save');
  buttons.hidden = false;
  for (const button of buttons.querySelectorAll('button'))
    button.onclick = () => save(figure, button.dataset.save);
}

function follow() {
  root.lang = language();
  document.title = document.querySelector('title').dataset[language()];
  dispatchEvent(new Event('languagechosen'));
}
document.querySelector('.languages').addEventListener('change', follow);
follow();

// The section that is read is marked in the contents.
const links = [...document.querySelectorAll('nav a')];
const sections = links.map((link) => document.getElementById(link.hash.slice(1)));
const mark = () => {
  const line = innerHeight / 3;
  const passed = sections.filter((section) => section.getBoundingClientRect().top < line).length;
  links.forEach((link, i) =>
    i === Math.max(0, passed - 1)
      ? link.setAttribute('aria-current', 'location')
      : link.removeAttribute('aria-current'),
  );
};
addEventListener('scroll', mark, { passive: true });
mark();

// What is folded is printed too.
addEventListener('beforeprint', () => {
  for (const each of document.querySelectorAll('details')) each.open = true;
});
