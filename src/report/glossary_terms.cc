#include "report/glossary_terms.h"

namespace halflife {

namespace {

constexpr GlossaryTerm kTerms[] = {
    {"weight-decay",
     "weight decay|decay",
     {"weight decay", "权重衰减"},
     {"A pull of the weights towards 0 during training; the number is its strength. A little "
      "steadies weights that the rows say little about, too much keeps the model from learning.",
      "训练时把权重拉向 0 的力，数值就是力的大小。适度的衰减能稳住数据说不清的权重，过大则使模型"
      "学不到东西。"}},
    {"l2",
     "l2",
     {"L2 penalty", "L2 惩罚"},
     {"decay/2 times the sum of squared weights, added to the loss. It shrinks all weights and "
      "makes none of them exactly 0.",
      "加在损失上的 decay/2 乘以权重平方和。它缩小所有权重，但不会使任何一个恰好为 0。"}},
    {"l1",
     "l1 |elastic|lasso",
     {"L1 penalty", "L1 惩罚"},
     {"decay times the sum of the weights' sizes, added to the loss. It makes weights exactly 0, "
      "mostly more of them as decay grows; the elastic net mixes it with L2.",
      "加在损失上的 decay 乘以权重绝对值之和。它使一些权重恰好为 0，衰减越大大多越多；弹性网是它"
      "与 L2 的混合。"}},
    {"loss",
     "",
     {"loss", "损失"},
     {"How wrong the predictions are, a mean over rows: half the squared error of numbers, or "
      "the log loss of classes. Lower is better. The penalty is not part of it.",
      "预测错了多少，对各行取平均：数值目标为平方误差的一半，类别目标为对数损失。越低越好，不含"
      "惩罚项。"}},
    {"log-loss",
     "log loss",
     {"log loss", "对数损失"},
     {"Minus the logarithm of the probability that was given to the true class, a mean over "
      "rows. "
      "0 is certain and right; being sure and wrong is dear.",
      "真实类别所得概率的负对数，对各行取平均。0 表示确信且正确；确信却错了，代价很大。"}},
    {"training-loss",
     "training loss|train loss",
     {"training loss", "训练损失"},
     {"The loss on the rows that the model was fitted to. It rises with decay, of nets "
      "mostly, and says nothing about new rows by itself.",
      "模型所拟合的那些行上的损失。它随衰减上升（神经网络大多如此），单凭它说明不了新的行。"}},
    {"validation-loss",
     "validation loss",
     {"validation loss", "验证损失"},
     {"The loss on rows that the fit has not seen. As decay grows it usually falls, then "
      "rises; the best decay is where it is lowest.",
      "拟合时没见过的行上的损失。随着衰减增大，它通常先降后升；最低处就是最优衰减。"},
     {"The loss on rows that the fit has not seen. As decay grows it usually falls, then rises; "
      "the best decay is the lowest whose runs all ended, or no decay where none is better beyond "
      "chance.",
      "拟合时没见过的行上的损失。随着衰减增大，它通常先降后升；最优衰减是全部训练到底的衰减中损失"
      "最低的，若没有哪个的改善超出偶然，则为不衰减。"}},
    {"test-loss",
     "test loss|test rows",
     {"test loss", "测试损失"},
     {"The loss on rows that neither the training nor the choice of the decay has seen. The "
      "verdict on a net is from these.",
      "训练和选择衰减时都没见过的行上的损失。对神经网络的结论由它得出。"}},
    {"standard-error",
     "standard error|one-se|se ",
     {"standard error (se, ±)", "标准误（se，±）"},
     {"How much a mean would typically move if other rows had been drawn, judged by how its "
      "parts differ. The bars of the figures are one of them either side.",
      "若抽到的是另一些行，平均值大致会变动多少，由各部分的差异估计。图中的误差棒为上下各一个"
      "。"}},
    {"one-se",
     "one-se",
     {"one-SE choice", "一倍标准误之选"},
     {"The largest decay whose mean loss is within one standard error of the best: simpler, but "
      "it may well be worse, for the error bar ignores that decays share rows.",
      "平均损失与最优值相差不超过一个标准误的最大衰减：更简单，但可能更差，因为误差棒没有考虑各"
      "衰减共用同样的行。"}},
    {"baseline",
     "baseline",
     {"baseline", "基线"},
     {"What tuning is compared with: no decay, or the smallest decay tried where there is no fit "
      "without.",
      "调参的比较对象：不用衰减；若不用衰减就没有拟合，则为试过的最小衰减。"}},
    {"constant",
     "constant",
     {"constant", "常数"},
     {"What always predicting the mean of the target, or the shares of the classes, gives: what "
      "the columns have to beat.",
      "总是预测目标的平均值或各类别所占份额的结果：各列必须胜过它。"}},
    {"r2",
     "r²",
     {"R²", "R²"},
     {"The share of the target's variation that is predicted on held-out rows: 1 is all of it, 0 "
      "is no better than the mean.",
      "在留出的行上，目标的变化被预测出的份额：1 为全部，0 为不比平均值好。"}},
    {"accuracy",
     "accuracy",
     {"accuracy", "准确率"},
     {"The share of held-out rows whose class is predicted right. It changes in jumps and so "
      "shows "
      "less than the loss.",
      "留出的行中类别预测正确的份额。它跳跃式变化，因此能显示的比损失少。"}},
    {"balanced-accuracy",
     "balanced accuracy",
     {"balanced accuracy", "平衡准确率"},
     {"The accuracy within each class, a mean over the classes: rare classes count as much as "
      "common ones.",
      "各类别内准确率的平均：罕见类别与常见类别同等看待。"}},
    {"auc",
     "auc|roc",
     {"AUC", "AUC"},
     {"The chance that a row of the second class gets a higher probability of it than a row of "
      "the first: 1 separates them, 0.5 is guessing.",
      "第二类的一行所得该类概率高于第一类的一行的机会：1 为完全分开，0.5 为瞎猜。"}},
    {"average-precision",
     "average precision",
     {"average precision", "平均精确率"},
     {"How many of those told as the second class are of it, a mean over the thresholds that "
      "find "
      "more and more of them.",
      "被判为第二类的行中确属该类的份额，对逐步找出更多该类的各阈值取平均。"}},
    {"fold",
     "fold",
     {"fold", "折"},
     {"One of several parts of the rows. Each is held out once while the others train, so that "
      "every row is predicted by a fit that has not seen it.",
      "把所有行分成的几份之一。每份轮流留出，其余用于训练，于是每一行都由没见过它的拟合来"
      "预测。"}},
    {"split",
     "split",
     {"split", "划分"},
     {"The rows dealt out in three: to train on, to choose the decay by, and to judge by. "
      "Several "
      "splits let every row judge once.",
      "把行分成三部分：训练、选择衰减、评判。多次划分使每一行都评判一次。"}},
    {"seed",
     "seed",
     {"seed", "随机种子"},
     {"The number that chance starts from: which rows go where, a net's first weights, the order "
      "of its batches. The same seed gives the same result.",
      "随机过程的起点：哪些行分到哪里、网络的初始权重、批次的顺序。种子相同，结果相同。"}},
    {"leave-one-out",
     "leave-one-out",
     {"leave-one-out", "留一法"},
     {"As many folds as rows: each row is predicted by a fit to all the others. Of a linear fit "
      "it takes no further fits.",
      "有多少行就有多少折：每一行由其余所有行的拟合来预测。对线性拟合无需另行拟合。"}},
    {"gcv",
     "gcv",
     {"GCV", "GCV"},
     {"Generalised cross-validation: the training loss, raised for the degrees of freedom in "
      "use. Nearly leave-one-out.",
      "广义交叉验证：按所用自由度放大的训练损失，与留一法相近。"}},
    {"evidence",
     "evidence",
     {"evidence", "证据"},
     {"How probable the targets are if the weights were drawn with the spread that the decay "
      "implies. Its largest value is another way to choose.",
      "若权重按该衰减所对应的离散程度抽取，目标出现的概率有多大。取其最大处是另一种选法。"}},
    {"interval",
     "95 interval",
     {"95 % interval", "95 % 置信区间"},
     {"The gains that agree with the rows: made so, in about 95 of 100 tables it holds the true "
      "gain. Where it includes 0, there may be none.",
      "与数据相符的增益范围：这样构造的区间，100 张表中约有 95 张包含真实的增益。若含 0，可能没有"
      "增益。"}},
    {"p-value",
     "p value",
     {"p value", "p 值"},
     {"How often chance alone would show a difference at least as large as this one if there "
      "were none. Below 0.05 counts as detected.",
      "若本无差异，单凭偶然出现至少这么大差异的频率。低于 0.05 算作测出。"}},
    {"detectable",
     "power|detectable",
     {"minimum detectable", "最小可测效应"},
     {"The gain that would have been found in at least 80 of 100 such tables. A smaller one may "
      "be there and not be seen.",
      "在 100 张这样的表中至少有 80 张能发现的增益。更小的增益可能存在而看不出来。"}},
    {"dof",
     "dof|degrees of freedom",
     {"effective degrees of freedom (dof)", "有效自由度（dof）"},
     {"How many weights the fit really uses: at decay 0 as many as the columns allow, mostly "
      "fewer as decay grows.",
      "拟合实际用到多少个权重：衰减为 0 时为各列所允许的全部，衰减越大大多越少。"}},
    {"norm",
     "norm",
     {"norm of the weights", "权重的范数"},
     {"The root of the sum of their squares: their size taken together. Decay makes it smaller.",
      "平方和的平方根：权重合起来的大小。衰减使它变小。"}},
    {"standardised",
     "standardised",
     {"standardised", "标准化"},
     {"A column less its mean, divided by its standard deviation, both of the training rows: so "
      "weights of different columns can be compared.",
      "一列减去均值再除以标准差，两者都取自训练行：这样不同列的权重才可比较。"}},
    {"half-life",
     "half-life|halves|halve ",
     {"half-life", "半衰期"},
     {"The time in which a weight that gets no gradient falls to half: ln 2 / (learning rate × "
      "decay) steps.",
      "没有梯度的权重降到一半所需的时间：ln 2 /（学习率 × 衰减）步。"},
     {"The time in which a weight that gets no gradient falls to half: ln 2 / (learning rate × "
      "decay) steps, which the table of decays gives in epochs.",
      "没有梯度的权重降到一半所需的时间：ln 2 /（学习率 × 衰减）步；衰减表中以轮计。"}},
    {"learning-rate",
     "learning rate|lr ",
     {"learning rate (lr)", "学习率（lr）"},
     {"The length of a training step. With most optimizers a step shrinks a weight by the share "
      "learning rate × decay.",
      "训练一步的步长。在多数优化器中，一步使权重缩小的份额为学习率 × 衰减。"}},
    {"epoch",
     "epoch",
     {"epoch", "轮"},
     {"One pass over all training rows, in steps of a batch each.",
      "把所有训练行过一遍，每步一个批次。"}},
    {"early-stopping",
     "early stopping|early-stopping",
     {"early stopping", "提前停止"},
     {"Training ends once the validation loss no longer falls, and the weights of its lowest "
      "epoch are kept.",
      "验证损失不再下降就结束训练，保留其最低那一轮的权重。"}},
    {"overfitting",
     "overfit",
     {"overfitting", "过拟合"},
     {"Fitting the chance in the training rows: the training loss falls while the validation "
      "loss "
      "rises. Decay is a remedy.",
      "拟合了训练行中的偶然：训练损失下降而验证损失上升。衰减是一种补救。"}},
    {"underfitting",
     "underfit",
     {"underfitting", "欠拟合"},
     {"Training and validation loss are both worse than with less decay: the model is kept from "
      "what it could learn.",
      "训练损失和验证损失都比衰减较小时差：模型本可学到的被压住了。"}},
    {"bias",
     "",
     {"bias", "偏差"},
     {"The part of the error that stays when fits to many such tables are averaged: what the "
      "model, or the decay, keeps from fitting. Decay adds to it.",
      "对许多这样的表的拟合取平均后仍留下的误差：模型或衰减使其无法拟合的部分。它随衰减增大。"}},
    {"variance",
     "variance",
     {"variance", "方差"},
     {"The part of the error that comes from the chance of which rows are in the table. It falls "
      "with decay.",
      "来自表中恰好有哪些行的误差。它随衰减减小。"}},
    {"noise",
     "noise",
     {"noise", "噪声"},
     {"The part of the target that no model can foresee from these columns. No decay changes it.",
      "任何模型都无法由这些列预见的那部分目标。衰减改变不了它。"}},
    {"residual",
     "residual",
     {"residual", "残差"},
     {"The true value less the prediction, on rows that the fit has not seen.",
      "真实值减去预测值，取自拟合时没见过的行。"}},
    {"calibration",
     "reliab|calibrat",
     {"reliability", "可靠性"},
     {"Whether probabilities mean what they say: of the rows that were given 70 %, 70 % should "
      "have the class.",
      "概率是否名副其实：给出 70 % 的那些行中，应有 70 % 属于该类。"}},
    {"confusion",
     "confusion",
     {"confusion matrix", "混淆矩阵"},
     {"How many rows of each true class were predicted as each class. What is right stands on "
      "the "
      "diagonal.",
      "每个真实类别有多少行被预测为各个类别。对角线上是正确的。"}},
    {"curvature",
     "curvature|eigenvalue|stiff",
     {"curvature", "曲率"},
     {"How steeply the loss rises in a direction of the weights. Decay leaves the share "
      "curvature "
      "/ (curvature + decay) of a weight: flat directions shrink first.",
      "损失沿权重某个方向上升得多陡。衰减使权重剩下曲率 /（曲率 + 衰减）：平坦的方向先缩小。"}},
};

}  // namespace

std::span<const GlossaryTerm> GlossaryTerms() { return kTerms; }

}  // namespace halflife
