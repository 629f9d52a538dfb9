// How numbers are written for a reader, and how values are rounded that sliders give.

const MINUS = '\u2212';
const RAISED = {
  '-': '\u207b',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

function trimmed(text) {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

// 0.3, 12.35, 1.2 × 10⁻⁵, ∞: `digits` of them, and no zeros at the end.
export function show(value, digits = 4) {
  if (Number.isNaN(value) || value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  if (value === 0) return '0';
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(digits));
  if (Number.isInteger(value) && size < 1e7) return signed(String(value));
  if (size >= 1e-3 && size < 1e6) {
    const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
    return signed(trimmed(rounded.toFixed(decimals)));
  }
  const [factor, power] = value.toExponential(digits - 1).split('e');
  const raised = [...power.replace('+', '')].map((c) => RAISED[c]).join('');
  const head = trimmed(factor);
  return head === '1' ? `10${raised}` : signed(`${head}\u202f×\u202f10${raised}`);
}

function signed(text) {
  return text.replace(/^-/, MINUS);
}

// As a command line takes it: 1e-5, 0.003.
export function plain(value) {
  return String(value).replace('e+', 'e');
}

export function rounded(value, digits = 3) {
  return Number(value.toPrecision(digits));
}

export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
