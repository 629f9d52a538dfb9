// A sweep as a question to the library, as a command line, and its numbers.

// What the library is asked: the place of the target, and a net's options only for a net.
export function questionOf({ values, file, columns }) {
  const options = { name: nameOf(file), model: values.model, decays: values.decays };
  options.target = targetOf({ values, columns });
  if (values.model === 'net') {
    const { hidden, seeds, bias } = values;
    Object.assign(options, { hidden, seeds, bias });
  }
  return options;
}

// Options have no blanks.
export const nameOf = ({ name }) => name.replaceAll(/\s+/g, '_');

// Without a choice the last column is the target.
export const targetOf = ({ values, columns }) =>
  values.target >= 0 && values.target < columns.length ? values.target : columns.length - 1;

const quoted = (name) => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);

export function commandOf(section) {
  const { values, columns, file } = section;
  const parts = ['halflife tune', quoted(file.name), '--target', quoted(columns[targetOf(section)].name)];
  parts.push('--decay', values.decays);
  if (values.model === 'net') {
    parts.push('--model mlp --hidden', values.hidden, '--seeds', values.seeds, '--batch 32');
    if (values.bias === 1) parts.push('--decay-all');
  }
  return parts.join(' ');
}

// The numbers of result.json as an answer has them, for whoever compares.
export function numbersOf(result) {
  const of = (read) => result.grid.map(read).map((value) => value ?? NaN);
  return {
    decays: of((point) => point.decay),
    train_loss: of((point) => point.train.loss),
    validation_loss: of((point) => point.validation.loss),
    validation_se: of((point) => point.validation.se),
    weight_norm: of((point) => point.weight_norm),
    best_decay: [result.best.decay],
    one_se_decay: [result.one_se.decay],
    improvement: [result.verdict.improvement ?? NaN],
    p_value: [result.verdict.p_value ?? NaN],
    minimum_detectable: [result.verdict.minimum_detectable ?? NaN],
  };
}
