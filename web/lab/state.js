// All options of all sections, as they stand in the address: #SECTION&variance.degree=12&lang=zh
// Only what differs from its default is written, so that links are short and stay valid.

const WRITE_EVERY = 250; // ms; browsers refuse pages that write more often than about 100 times in 30 s

export class State {
  constructor() {
    this.sections = new Map(); // name -> {defaults, accept, values}
    this.flat = {}; // what stands on its own, such as lang
    this.at = ''; // the section that a link leads to
    this.timer = 0;
    this.read();
  }

  read() {
    this.given = {};
    this.at = '';
    this.flat = {};
    for (const part of location.hash.slice(1).split('&')) {
      const [name, ...rest] = part.split('=').map(safeDecode);
      if (rest.length === 0) this.at ||= name;
      else if (name.includes('.')) this.given[name] = rest.join('=');
      else this.flat[name] = rest.join('=');
    }
  }

  // `accept(name, text)` gives the value that a text of the address stands for, or undefined.
  add(section, defaults, accept) {
    const values = { ...defaults };
    this.sections.set(section, { defaults, accept, values });
    this.take(section);
    return values;
  }

  take(section) {
    const { defaults, accept, values } = this.sections.get(section);
    for (const name of Object.keys(values)) delete values[name];
    Object.assign(values, defaults);
    for (const [key, text] of Object.entries(this.given)) {
      if (!key.startsWith(`${section}.`)) continue;
      const name = key.slice(section.length + 1);
      const value = accept(name, text);
      if (value !== undefined) values[name] = value;
    }
  }

  hash(at = this.at) {
    const parts = at ? [encodeURIComponent(at)] : [];
    for (const [section, { defaults, values }] of this.sections) {
      for (const [name, value] of Object.entries(values)) {
        if (value !== defaults[name]) parts.push(`${section}.${name}=${encodeValue(value)}`);
      }
    }
    for (const [name, value] of Object.entries(this.flat)) parts.push(`${name}=${encodeValue(value)}`);
    return parts.length > 0 ? `#${parts.join('&')}` : '';
  }

  write() {
    this.timer ||= setTimeout(() => this.writeNow(), WRITE_EVERY);
  }

  writeNow() {
    clearTimeout(this.timer);
    this.timer = 0;
    const hash = this.hash();
    if (hash === location.hash) return;
    history.replaceState(null, '', hash || location.pathname + location.search);
  }

  link(section) {
    return location.href.split('#')[0] + this.hash(section);
  }
}

// Colons and commas may stand in a fragment as they are, and read better so.
function encodeValue(value) {
  return encodeURIComponent(String(value)).replaceAll('%3A', ':').replaceAll('%2C', ',');
}

function safeDecode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
