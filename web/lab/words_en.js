// English.
export const english = {
  'page.title': 'Weight decay, live',
  'nav.label': 'Sections',
  'nav.overfit': 'Overfitting',
  'nav.variance': 'Bias and variance',
  'nav.simple': 'Small weights',
  'nav.penalty': 'Penalty',
  'nav.contours': 'Contours',
  'nav.paths': 'Optimizer',
  'nav.practice': 'Practice',
  'nav.glossary': 'Glossary',
  'block.overfit': 'Live figure: a net learns noisy points',
  'block.variance': 'Live figure: bias, variance and noise',
  'block.simple': 'Live figure: weights and the curve they make',
  'block.penalty': 'Live figure: data loss and penalty',
  'block.contours': 'Live figure: loss ellipses and a ball of the norm',
  'block.paths': 'Live figure: two optimizers on one loss',
  'block.practice': 'Live figure: a sweep on real data',
  'block.half_life': 'Live figure: the half-life of a weight',

  'option.rows': 'points',
  'option.points': 'points',
  'option.noise': 'noise',
  'option.hidden': 'hidden units a layer',
  'option.lr': 'learning rate',
  'option.decay': 'weight decay',
  'option.law': 'decay law',
  'option.rule': 'optimizer',
  'option.degree': 'degree',
  'option.fits': 'fits drawn',
  'option.x': 'chosen x',
  'option.model': 'model',
  'option.w': 'the weight w',
  'option.cx': 'centre, first weight',
  'option.cy': 'centre, second weight',
  'option.stretch': 'stretch',
  'option.angle': 'turn',
  'option.level': 'loss of the bold ellipse',
  'option.p': 'p of the norm',
  'option.radius': 'radius of the ball',
  'option.law_a': 'law of path A',
  'option.law_b': 'law of path B',
  'option.steps': 'steps',
  'option.start_x': 'start, first weight',
  'option.start_y': 'start, second weight',
  'option.speed': 'epochs a frame',
  'option.steps_per_epoch': 'steps an epoch',
  'option.epochs': 'epochs',
  'option.momentum': 'momentum',
  'option.data': 'data',
  'option.target': 'column to predict',
  'option.bias': 'decay the biases too',
  'option.seeds': 'seeds',
  'option.decays': 'decays to try',
  'group.place': 'Place and shape of the loss',
  'group.start': 'Start and loss',
  'group.net': 'Net, points, optimizer',

  'choice.law.none': 'none',
  'choice.law.coupled': 'coupled: decay in the gradient',
  'choice.law.decoupled': 'decoupled: shrink the weight',
  'choice.law.independent': 'independent of the learning rate',
  'choice.law.corrected': 'corrected for the schedule',
  'choice.law.cautious': 'cautious: only where signs agree',
  'choice.law.proximal': 'proximal map after the step',
  'choice.model.polynomial': 'polynomial',
  'choice.model.net': 'small net',
  'choice.model.auto': 'linear or logistic, exact',
  'choice.data.diabetes': 'diabetes, 442 rows',
  'choice.data.breast_cancer': 'breast cancer, 569 rows',
  'choice.data.own': 'your own CSV',

  'do.play': 'Play',
  'do.pause': 'Pause',
  'do.step': 'Step',
  'do.restart': 'Start again',
  'do.again': 'Draw again',
  'do.reset': 'Reset',
  'do.link': 'Copy link',
  'do.copied': 'Copied',
  'do.notcopied': 'Copy it from the address bar',
  'do.copy': 'Copy',
  'do.back': 'Back to what worked',
  'do.run': 'Run the sweep',
  'do.stop': 'Stop',
  'do.use': 'Use this text',
  'do.result': 'Save result.json',
  'do.report': 'Save report.html',
  'do.none': 'No touch',
  'do.one': 'One touch (A)',
  'do.two': 'Two crossings (B, C)',
  'code.cpp': 'C++',
  'code.pytorch': 'PyTorch',
  'code.label': 'The code of both paths',
  'code.a': 'Path A: {law}',
  'code.b': 'Path B: {law}',

  'say.overfit.new': 'Not trained yet. Press Play.',
  'say.overfit':
    'Epoch {epoch}: training loss {train_loss}, validation loss {validation_loss}. ' +
    'Validation was lowest at epoch {best_epoch}, with {best_validation}.',
  'say.variance':
    'At x = {x}: bias² {bias2} + variance {variance} + noise {noise2} = {total}. ' +
    'Over all x the expected error is least at a decay near {best_decay}.',
  'say.simple':
    'Norm {norm}, roughness {roughness}. Training loss {train_loss}, validation loss {validation_loss}.',
  'say.penalty':
    'Data loss {data_loss} + penalty {penalty} = {total}. ' +
    'For the one weight {one_data_loss} + {one_penalty} = {one_total}; least at w = {one_best}.',
  'say.contours.inside': 'The ball holds the centre: it changes nothing, and the decay is 0.',
  'say.contours.none': 'The ball does not reach the bold ellipse.',
  'say.contours.one': 'The ball just reaches the bold ellipse, at A.',
  'say.contours.two': 'The edge of the ball crosses the bold ellipse {crossings} times.',
  'say.contours.best':
    'The lowest loss on the ball, the black point, is {loss}, at ({best_x}, {best_y}); the decay {decay} ' +
    'gives the same point.',
  'say.contours.rest':
    'The lowest loss on the ball is {loss}, at ({best_x}, {best_y}); with a decay of {decay} ' +
    'loss and penalty balance there, though they may be lower elsewhere.',
  'say.contours.zero': 'One weight is exactly 0.',
  'say.contours.zeros': 'Both weights are exactly 0.',
  'say.contours.several': 'On the ball {count} points are each the lowest around.',
  'say.paths.same':
    'The paths are the same in all {steps} steps, up to rounding (at most {difference} apart).',
  'say.paths.diverged': 'Path {path} ran away at step {step}.',
  'say.paths.why':
    'Learning rate × (curvature + decay) is too large: each step overshoots more than it corrects.',
  'say.paths':
    'In {steps} steps the paths are up to {difference} apart. Loss at the end: A {loss_a}, B {loss_b}.',
  'say.half_life':
    'A weight without a gradient halves in {half_life_steps} steps, that is {half_life_epochs} epochs; ' +
    'after the whole run {left} of it is left.',
  'say.diverged':
    'The training diverged: the numbers grew without bound, as each step overshot more than it corrected. ' +
    'Take a smaller learning rate or decay; with coupled SGD, learning rate × decay ' +
    'above 2 alone is too much.',
  'say.failed': 'That cannot be computed: {message}',
  'say.loading': 'The figures are being made ready.',
  'say.broken': 'The figures need a browser with WebAssembly and DecompressionStream: {message}',

  'own.file': 'Open a CSV file',
  'own.drop': 'or drop it here. It stays in this page, so a link does not hold it.',
  'own.paste': 'or paste the text',
  'own.large': 'The file has {size} MB. A page can take 50 MB; for more use the program: halflife tune.',
  'own.empty': 'There is nothing in it.',
  'own.none': 'There is no table yet: open a file or paste one first.',
  'own.loaded': '{name}: {rows} rows, {columns} columns',
  'run.busy': 'Running, {seconds} s.',
  'run.done': 'Done in {seconds} s.',
  'run.stopped': 'Stopped.',
  'run.stale': 'The options have changed. Run the sweep to see what they change.',
  'run.decays': 'The decays must be two or more numbers from 0 up, with commas between: 0, 1e-4, 0.01',

  'verdict.helps': 'Weight decay helps: use {best}',
  'verdict.hurts': 'Weight decay hurts here',
  'verdict.hurts.more': 'More weight decay hurts here',
  'verdict.unclear': 'Weight decay has no detectable effect here',
  'verdict.nothing': 'Nothing was compared',
  'verdict.chosen': 'Decay {baseline} was chosen, though {compared} tests better',
  'verdict.nosignal': 'These columns tell {model} nothing about {target} that these rows can show',
  'verdict.nosignal.net': 'Trained as it was, this net tells nothing about {target} that these rows can show',
  'verdict.linear': 'a linear model',
  'verdict.logistic': 'logistic regression',
  'verdict.says.nosignal':
    'Held against {constant}, the best model gains {improvement} of {rows} loss, 95 % interval {low} to {high}: nothing that chance could not give. No decay is recommended.',
  'verdict.mean': 'always predicting the mean',
  'verdict.shares': 'always predicting the shares of the classes',
  'verdict.says.helps':
    'Against {baseline} it lowers the {rows} loss by {improvement} (95 % interval {low} to {high}, ' +
    '{p}){share}.',
  'verdict.says.hurts':
    'Of the others tried, the best raises the {rows} loss by {loss} (95 % interval {low} to {high}, {p}).',
  'verdict.says.unclear':
    'The lowest validation loss is at {best}. Compared with {baseline}, a decay of {compared} improves the ' +
    '{rows} loss by {improvement} (95 % interval {low} to {high}, {p}), which could be chance.',
  'verdict.says.lowest':
    'The lowest validation loss is that of {best}, with which the others are compared. ' +
    'A decay of {compared} improves the {rows} loss by {improvement} (95 % interval {low} to {high}, ' +
    '{p}), which could be chance.',
  'verdict.says.kept':
    'By the validation rows no other decay did better than {best} by more than chance in training. ' +
    'The best of the others, {compared}, improves the {rows} loss by {improvement} ' +
    '(95 % interval {low} to {high}, {p}).',
  'verdict.share': ', {share} of it',
  'verdict.nodecay': 'no decay',
  'verdict.adecay': 'a decay of {decay}',
  'verdict.validation': 'validation',
  'verdict.test': 'test',
  'verdict.detectable': 'An improvement of {detectable} or more would have been found with 80 % power.',
  'verdict.onese': 'Up to {decay} the loss stays within one standard error of the best.',
  'verdict.noonese': 'No larger decay tried is within one standard error of the best.',
  'verdict.little':
    'Expect little: the change is under 1 % of the loss. On clean data with enough rows that is the ' +
    'usual case.',
  'verdict.under':
    'At {decay} it underfits: training loss {train1} and validation loss {validation1} are both ' +
    'above those without decay, {train0} and {validation0}.',
  'verdict.separable':
    'Without decay not every fold has a finite fit: there some columns tell the classes apart without error, and ' +
    'the weights would grow without end. The smallest decay stands in for none.',
  'verdict.tested':
    'The verdict is on test rows, which no choice has seen: their loss is {baseline} at the baseline and ' +
    '{best} at the best. The table shows the validation rows that chose.',
  'verdict.aside':
    'Decays that fell behind were set aside early: their losses are those of an earlier epoch.',
  'verdict.edge': 'The best is at the end of the decays tried: try more beyond it.',
  'table.label': 'Table of decays',
  'table.decay': 'decay',
  'table.train': 'training loss',
  'table.validation': 'validation loss ± se',
  'table.r2': 'R²',
  'table.accuracy': 'accuracy',
  'table.norm': 'norm of w',
  'table.dof': 'dof',
  'table.half': 'half-life, epochs',
  'table.choice': 'choice',
  'table.best': 'best',
  'table.onese': 'one-SE',
  'table.aside': 'set aside early',
  'title.use': 'The same decay elsewhere',
  'title.command': 'The same on the command line',
  'title.half': 'Half-life calculator',
  'use.none': 'no equivalent',
  'use.with': '{expression} with {loss}',
  'plot.arrows': '{label}. The arrow keys read the values at each decay.',
  'plot.losslabel': 'Loss along the weight decay',
  'read.validation': 'validation',
  'read.training': 'training',
  'read.accuracy': 'accuracy',
  'read.effective dof': 'effective dof',
  'read.effective dof, about': 'effective dof, about',
  'read.half-life, epochs': 'half-life, epochs',
  'read.none': 'none',
  'read.decay': 'decay {decay}',
};
