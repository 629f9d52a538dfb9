// The buttons of the prose that set a section's options: <button data-preset="degree=12 decay=0">.

const parse = (line) =>
  line
    .split(' ')
    .filter(Boolean)
    .map((part) => part.split(/=(.*)/s));

// All values that a preset leads to: what it does not name has its default.
function valuesOf(section, line) {
  const values = { ...section.defaults };
  for (const name of section.table.keeps ?? []) values[name] = section.values[name];
  for (const [name, text] of parse(line)) {
    const value = section.accept(name, text);
    if (value === undefined) console.error(`preset of ${section.name}: ${name}=${text}`);
    else values[name] = value;
  }
  return values;
}

export function makePresets(section) {
  const buttons = [...section.place.querySelectorAll('button[data-preset]')];
  if (section.table.home) return { sync() {} };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      section.set(valuesOf(section, button.dataset.preset));
      section.table.chosen?.(section);
    });
  }
  const sync = () => {
    for (const button of buttons) {
      const values = valuesOf(section, button.dataset.preset);
      const same = Object.keys(section.defaults).every((name) => section.values[name] === values[name]);
      button.setAttribute('aria-pressed', String(same));
    }
  };
  return { sync };
}
