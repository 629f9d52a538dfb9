// A sweep's verdict in words, from result.json alone: what the command line says, in the page's language.
import { plain, show } from '../numbers.js';
import { joined, word } from '../words.js';

const LITTLE = 0.01; // an improvement below this share of the loss is called little

const pointOf = (result, decay) => result.grid.find((point) => point.decay === decay);

// The rows that the verdict is about: a net has test rows beside the validation rows.
const rowsOf = (result) => word(result.test ? 'verdict.test' : 'verdict.validation');

const pText = (p) => (p === null ? 'p –' : p < 1e-4 ? 'p < 0.0001' : `p = ${show(p, 2)}`);

function baselineLoss(result) {
  return result.test?.baseline?.loss ?? pointOf(result, result.verdict.baseline)?.validation.loss ?? null;
}

function shareOf(result) {
  const loss = baselineLoss(result);
  return loss > 0 ? result.verdict.improvement / loss : null;
}

// Whether the columns tell nothing about the target that these rows can show.
const noSignal = (result) => result.verdict.label === 'no signal';

// The best model against always the mean, or always the shares of the classes.
function signalText(result) {
  const { improvement, ci95 } = result.verdict.no_signal;
  return word('verdict.says.nosignal', {
    rows: rowsOf(result),
    improvement: show(improvement, 3),
    low: show(ci95[0], 3),
    high: show(ci95[1], 3),
    constant: word(result.data.task === 'regression' ? 'verdict.mean' : 'verdict.shares'),
  });
}

function noSignalHeading(result) {
  const { target, task } = result.data;
  if (result.test) return word('verdict.nosignal.net', { target });
  return word('verdict.nosignal', {
    target,
    model: word(task === 'regression' ? 'verdict.linear' : 'verdict.logistic'),
  });
}

export function heading(result) {
  const { label, improvement, baseline, compared } = result.verdict;
  if (noSignal(result)) return noSignalHeading(result);
  if (improvement === null) return word('verdict.nothing');
  if (label === 'helps' && result.best.decay === baseline)
    return word('verdict.chosen', { baseline: show(baseline), compared: show(compared) });
  if (label === 'helps') return word('verdict.helps', { best: show(result.best.decay) });
  if (label === 'hurts') return word(baseline > 0 ? 'verdict.hurts.more' : 'verdict.hurts');
  return word('verdict.unclear');
}

const noDecay = (decay) =>
  decay === 0 ? word('verdict.nodecay') : word('verdict.adecay', { decay: show(decay) });

// Unknown where the baseline is none of the decays that were asked for.
function shareText(result) {
  const share = shareOf(result);
  return share === null ? '' : word('verdict.share', { share: `${show(100 * share, 2)} %` });
}

function answer(result) {
  const { label, improvement, ci95, p_value: p, baseline, compared } = result.verdict;
  const values = {
    best: result.best.decay === baseline ? noDecay(baseline) : show(result.best.decay),
    baseline: noDecay(baseline),
    compared: show(compared),
    rows: rowsOf(result),
    improvement: show(improvement, 3),
    loss: show(-improvement, 3),
    low: show(ci95[0], 3),
    high: show(ci95[1], 3),
    p: pText(p),
    share: shareText(result),
  };
  const kept = result.best.decay === baseline;
  if (label === 'helps' && !kept) return word('verdict.says.helps', values);
  if (label === 'hurts')
    return word('verdict.says.hurts', { ...values, low: show(-ci95[1], 3), high: show(-ci95[0], 3) });
  if (result.test && kept) return word('verdict.says.kept', values);
  return word(result.best.decay === baseline ? 'verdict.says.lowest' : 'verdict.says.unclear', values);
}

// A net's decay that no seed was trained to its end with: its losses are those of another epoch.
export const wasSetAside = (point) => point.trained?.seeds === 0;

// The largest decay, where both losses are worse than without.
function underfits(result) {
  const whole = result.grid.filter((point) => !wasSetAside(point));
  const first = whole[0];
  const last = whole.at(-1);
  if (first?.decay !== 0 || last.train.loss === null) return '';
  if (!(last.train.loss > first.train.loss && last.validation.loss > first.validation.loss)) return '';
  return word('verdict.under', {
    decay: show(last.decay),
    train0: show(first.train.loss),
    train1: show(last.train.loss),
    validation0: show(first.validation.loss),
    validation1: show(last.validation.loss),
  });
}

// Why 0 is not among the decays, though it was asked for.
function leftOut(result) {
  const separable = result.data.task === 'classification' && !result.test && result.grid[0].decay > 0;
  return separable ? word('verdict.separable') : '';
}

// What a net's verdict is about, as the table has other rows; and what some of its rows are.
function aboutNet(result) {
  if (!result.test) return '';
  const { baseline, best } = result.test;
  const parts = [];
  if (baseline && best && result.best.decay !== result.verdict.baseline)
    parts.push(word('verdict.tested', { baseline: show(baseline.loss), best: show(best.loss) }));
  if (result.grid.some(wasSetAside)) parts.push(word('verdict.aside'));
  return joined(parts);
}

// The sentences below the heading, a paragraph each.
export function paragraphs(result) {
  if (noSignal(result)) return [signalText(result)];
  if (result.verdict.improvement === null) return [];
  const { minimum_detectable: detectable } = result.verdict;
  const first = [answer(result)];
  const share = shareOf(result);
  if (share !== null && Math.abs(share) < LITTLE) first.push(word('verdict.little'));
  const second = [];
  if (detectable !== null) second.push(word('verdict.detectable', { detectable: show(detectable, 3) }));
  const more = result.one_se.index !== result.best.index;
  second.push(more ? word('verdict.onese', { decay: show(result.one_se.decay) }) : word('verdict.noonese'));
  if (result.best.at_edge && result.best.decay > 0) second.push(word('verdict.edge'));
  return [joined(first), leftOut(result), joined(second), aboutNet(result), underfits(result)].filter(
    Boolean,
  );
}

// [library, expression] pairs; none where no decay is recommended.
export function equivalents(result) {
  if (noSignal(result)) return [];
  const units = result.equivalents;
  const regression = result.data.task === 'regression';
  const list = [['halflife', `--decay ${plain(result.best.decay)}`]];
  const add = (library, value, write) => {
    if (value !== undefined)
      list.push([library, value === null ? word('use.none') : write(plain(Number(value.toPrecision(6))))]);
  };
  if (regression) add('scikit-learn', units.sklearn_alpha, (value) => `Ridge(alpha=${value})`);
  else add('scikit-learn', units.sklearn_C, (value) => `LogisticRegression(C=${value})`);
  add('glmnet', units.glmnet_lambda, (value) => `alpha=0, lambda=${value}`);
  const withLoss = (expression, loss) => word('use.with', { expression, loss });
  const optimizer = result.test ? 'AdamW' : 'SGD'; // a net is trained with decoupled decay
  const torchLoss = regression ? 'MSELoss' : 'cross-entropy';
  const kerasLoss = regression ? 'MeanSquaredError' : 'cross-entropy';
  add('PyTorch', units.pytorch_weight_decay, (value) =>
    withLoss(`${optimizer}(weight_decay=${value})`, torchLoss),
  );
  add('Keras', units.keras_l2, (value) => withLoss(`l2(${value})`, kerasLoss));
  return list;
}
