// The words inside the library's figures, in Chinese: whole strings of <text>, <title> and <desc>.
import { language } from './words.js';

const WHOLE = {
  'first weight': '第一个权重',
  'second weight': '第二个权重',
  'Data loss and ball': '数据损失与约束球',
  "Ellipses of equal data loss of two weights, a ball of the norm, the point of the ball where the loss is least, and where the ball's edge meets the bold ellipse.":
    '两个权重的等损失椭圆、一个范数球、球上损失最低的点，以及球的边界与粗椭圆相遇之处。',
  'equal data loss': '等数据损失',
  'the chosen loss': '选定的损失',
  'ball of the norm': '范数球',
  'One weight: data loss, penalty and their sum': '单个权重：数据损失、惩罚项及其和',
  'The data loss, the penalty and the total loss against one weight; the ring marks the least total, the bar stands at the weight you drag.':
    '数据损失、惩罚项和总损失随一个权重的变化；圆环标出总损失最低处，竖条位于你拖动的权重。',
  weight: '权重',
  loss: '损失',
  'data loss': '数据损失',
  penalty: '惩罚项',
  total: '总损失',
  'Data loss and penalty along the decay': '数据损失与惩罚项随衰减的变化',
  'The data loss of the fit with its penalty on top, against the weight decay.':
    '拟合的数据损失，上面叠加惩罚项，随权重衰减的变化。',
  'norm of the weights, log scale': '权重的范数（对数刻度）',
  'roughness, log scale': '粗糙度（对数刻度）',
  roughness: '粗糙度',
  'Roughness against the norm of the weights': '粗糙度与权重范数',
  'How much the fitted curve bends against the size of its weights, along the weight decays; the point is the decay that is set.':
    '沿着各个衰减值，拟合曲线的弯曲程度与权重大小的关系；圆点是当前的衰减。',
  'weight, log scale either way from 0': '权重（从 0 向两边取对数刻度）',
  'hidden units, layer by layer': '隐藏单元（逐层）',
  'power of x': 'x 的幂次',
  'The weights': '各个权重',
  'A bar for each weight of the fit.': '拟合的每个权重一根竖条。',
  'weights into the hidden units': '进入隐藏单元的权重',
  'weights out of them': '从隐藏单元出来的权重',
  'Fits to many draws of the noise': '多次噪声抽样的拟合',
  'The true curve, the points of the first draw, the fits to all draws, and the mean of the fits.':
    '真实曲线、第一次抽样的点、所有抽样的拟合，以及平均拟合。',
  'true curve': '真实曲线',
  fits: '各次拟合',
  'mean of the fits': '平均拟合',
  fit: '拟合',
  'Bias, variance and noise along the decay': '偏差、方差与噪声随衰减的变化',
  'The expected squared error at the chosen x, stacked: noise, squared bias and variance, against the weight decay.':
    '选定 x 处的期望平方误差，由噪声、偏差平方和方差叠加而成，随权重衰减的变化。',
  'squared error': '平方误差',
  noise: '噪声',
  'squared bias': '偏差平方',
  variance: '方差',
  'What decay leaves of a weight': '衰减给权重留下多少',
  'The share of a weight that decay alone leaves, by step, with its half-lives marked.':
    '只有衰减时权重逐步剩下的比例，标出每个半衰期。',
  step: '步',
  'share left of a weight': '权重剩下的比例',
  'The fit': '拟合',
  'The true curve, the points, and the fitted curve.': '真实曲线、数据点与拟合曲线。',
  'Decay and radius': '衰减与半径',
  'The radius of the ball against the weight decay whose penalty gives the same weights; the current pair is marked.':
    '球的半径与给出同样权重的衰减之间的关系；标出当前的一对。',
  'radius of the ball': '球的半径',
  'weight decay, log scale': '权重衰减（对数刻度）',
  'What the net has learnt': '网络学到的曲线',
  'The true curve, the noisy points and the curve of the net.': '真实曲线、带噪声的点与网络的曲线。',
  net: '网络',
  'Loss by epoch': '各轮的损失',
  'Training and validation loss by epoch, on a log scale.': '训练损失与验证损失随轮数的变化（对数刻度）。',
  epoch: '轮',
  'data loss, log scale': '数据损失（对数刻度）',
  validation: '验证',
  training: '训练',
  'mean data loss': '平均数据损失',
  'validation ± se': '验证 ± 标准误',
  'training ± se': '训练 ± 标准误',
  'Loss along the weight decay': '损失随权重衰减的变化',
  'weight, standardised': '权重（标准化）',
  best: '最优',
  'one-SE': '一倍标准误',
  'Two decay laws on one loss': '同一损失上的两种衰减方式',
  'Ellipses of equal data loss of two weights, and the weights step by step under two decay laws from the same start.':
    '两个权重的等损失椭圆，以及从同一起点出发、在两种衰减方式下逐步变化的权重。',
  'How far the two laws part': '两种方式相差多远',
  'The largest difference between the weights under the two laws, step by step; at the lower edge they are equal.':
    '两种方式下权重逐步的最大差；位于下边缘时两者相等。',
  'difference of the weights, log scale': '权重之差（对数刻度）',
  difference: '差',
  'most that rounding can do': '舍入误差的上限',
  coupled: '耦合',
  decoupled: '解耦',
  independent: '独立',
  corrected: '修正',
  cautious: '谨慎',
  proximal: '近端',
  none: '无',
  'The largest weights along the weight decay': '最大的几个权重随权重衰减的变化',
  'no decay': '不衰减',
};

// Strings with numbers in them.
const PATTERNS = [
  [/^(.+) \(× (10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)\)$/, (all, name, power) => `${chinese(name)}（× ${power}）`],
  [
    /^Validation loss is (?:lowest, )?(\S+) plus or minus (\S+) at a decay of (\S+); training loss there is (\S+)\. Decays tried: (\d+), from (\S+) to (\S+)\.(?: The one-SE decay is (\S+)\.)?$/,
    (all, loss, se, decay, train, count, first, last, one) =>
      `选中的衰减为 ${decay}，那里的验证损失为 ${loss} ± ${se}，训练损失为 ${train}。从 ${first} 到 ${last} 试了 ${count} 个衰减。` +
      (one ? `一倍标准误的衰减为 ${one}。` : ''),
  ],
  [
    /^Weights at the best decay, (\S+): (.*)all weights together shrink towards 0 as the decay grows\.$/,
    '最优衰减 $1 处的权重：$2衰减增大时，全部权重合起来向 0 收缩。',
  ],
  [/^(.+), val\.$/, (all, name) => `${chinese(name)}，验证`],
  [/^(.+), train$/, (all, name) => `${chinese(name)}，训练`],
  [/^By epoch\. At the end: .*$/, '随轮数的变化，最优衰减与不衰减时的训练损失和验证损失。'],
  [/^best and one-SE (\S+)$/, '最优与一倍标准误 $1'],
  [/^best (\S+)$/, '最优 $1'],
  [/^lowest (\S+)$/, '最低 $1'],
  [/^chosen (\S+)$/, '选中 $1'],
  [/^one-SE (\S+)$/, '一倍标准误 $1'],
];

function chinese(text) {
  if (text in WHOLE) return WHOLE[text];
  for (const [pattern, words] of PATTERNS) {
    if (pattern.test(text)) return text.replace(pattern, words);
  }
  return text;
}

// The library escapes these five, and names of columns may hold any.
const SIGNS = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const unescaped = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => SIGNS[entity]);
const escaped = (text) =>
  text.replace(/[&<>"']/g, (sign) => Object.keys(SIGNS).find((entity) => SIGNS[entity] === sign));

// The drawing with its words in the page's language. `named`: labels are names of the reader's columns.
export function inLanguage(svg, named) {
  if (language() !== 'zh') return svg;
  return svg.replace(/<(text|title|desc)\b([^>]*)>([^<]+)</g, (whole, tag, attributes, content) => {
    if (named && attributes.includes('class="label"')) return whole;
    const text = unescaped(content);
    const translated = chinese(text);
    return translated === text ? whole : `<${tag}${attributes}>${escaped(translated)}<`;
  });
}
