"""The works that halflife and its peers are given: one entry a row of the comparison."""
from dataclasses import dataclass, replace

GLMNET = "cv.glmnet"
GRID = "GridSearchCV(Ridge)"
RIDGECV = "RidgeCV"
LASSOCV = "LassoCV"
ELASTICCV = "ElasticNetCV"
LOGISTICCV = "LogisticRegressionCV"
FREAD = "fread"
PANDAS = "pandas"


@dataclass(frozen=True)
class Work:
    """What is fitted or read. `bars` is how many times halflife's time each peer is wanted to take."""
    name: str
    what: str
    maker: str  # the function of data.py that generates it
    rows: int
    columns: int
    bars: dict  # peer: ratio wanted, None where no bar is set
    job: str = "fit"  # fit, read or stream
    family: str = "gaussian"  # gaussian, binomial or multinomial
    ratio: float | None = None  # share of L1 in the penalty; None: L2 alone
    # Smallest, largest, count; with an L1 part in units of the smallest decay that leaves no weight.
    decays: tuple = (1e-5, 1e1, 100)
    folds: int = 5
    signals: int = 0  # columns that matter; 0: all
    thresh: float = 1e-7  # glmnet's: its default, or the largest power of ten at which its losses are right to 3e-3
    quick_rows: int = 0  # rows with --quick; 0: all

    def quick(self):
        """The same work with fewer rows and a name, so a folder, of its own."""
        if not self.quick_rows:
            return self
        return replace(self, name=self.name + "-quick", rows=self.quick_rows)


def _ridge(name, rows, columns, bars, **more):
    return Work(name, "ridge", "gaussian", rows, columns, bars, **more)


def _sparse(name, ratio, rows, columns, bars, **more):
    what = "lasso" if ratio == 1 else f"elastic net, ratio {ratio:g}"
    return Work(name, what, "gaussian", rows, columns, bars, ratio=ratio, **more)


_SMALL = (1e-4, 1e0, 30)  # decays of the classifiers

WORKS = {work.name: work for work in (
    _ridge("ridge-tall", 200_000, 100, {GLMNET: 50, GRID: None, RIDGECV: None}, quick_rows=20_000),
    _ridge("ridge-long", 1_000_000, 50, {GLMNET: 60, RIDGECV: None}, quick_rows=100_000),
    _ridge("ridge-square", 20_000, 1000, {GLMNET: 30, RIDGECV: 6}, quick_rows=4_000),
    _ridge("ridge-wide-500", 500, 5000, {GLMNET: 10, GRID: 10}, decays=(1e-2, 1e4, 100)),
    _ridge("ridge-wide-128", 128, 12_000, {GLMNET: 10, GRID: 10}, decays=(1e-1, 1e5, 100)),
    _sparse("lasso-tall", 1, 20_000, 1000, {LASSOCV: 5, GLMNET: 15}, decays=(1e-3, 1, 100), signals=50,
            quick_rows=4_000),
    _sparse("elastic-tall", .5, 20_000, 1000, {ELASTICCV: 5, GLMNET: 15}, decays=(1e-3, 1, 100), signals=50,
            quick_rows=4_000),
    _sparse("lasso-wide", 1, 500, 5000, {LASSOCV: None, GLMNET: 1.5}, decays=(1e-2, 1, 100), signals=25,
            thresh=1e-10),
    _sparse("elastic-wide", .5, 500, 5000, {ELASTICCV: None, GLMNET: 1.5}, decays=(1e-2, 1, 100), signals=25,
            thresh=1e-9),
    Work("logistic", "logistic", "two_classes", 100_000, 50, {GLMNET: 6, LOGISTICCV: 8}, family="binomial",
         decays=(1e-6, 1e0, 30), quick_rows=10_000),
    Work("softmax-digits", "softmax, 10 classes", "digits", 1797, 64, {GLMNET: 5, LOGISTICCV: 5},
         family="multinomial", decays=_SMALL),
    Work("softmax-small", "softmax, 19 classes, from text columns", "soybeans", 683, 35,
         {GLMNET: 5, LOGISTICCV: 5}, family="multinomial", decays=(1e-5, 1e0, 30)),
    Work("softmax-long", "softmax, 7 unequal classes", "unequal_classes", 58_000, 9, {GLMNET: 5, LOGISTICCV: 5},
         family="multinomial", decays=_SMALL, quick_rows=5_800),
    Work("csv-numbers", "read a CSV of numbers", "gaussian", 1_000_000, 50, {FREAD: 1.3, PANDAS: 6}, job="read",
         quick_rows=100_000),
    Work("csv-text", "read a CSV, half text", "half_text", 2_200_000, 18, {FREAD: 1.3, PANDAS: 6}, job="read",
         quick_rows=220_000),
    Work("crossed-linear", "ridge, text columns of 3,000 and 1,100 levels", "crossed", 73_000, 7, {},
         quick_rows=7_300),
    Work("crossed-logistic", "logistic, text columns of 3,000 and 1,100 levels", "crossed", 73_000, 7, {},
         family="binomial", decays=_SMALL, quick_rows=7_300),
    Work("stream-1m", "ridge, streamed", "streamed", 1_000_000, 20, {}, job="stream", quick_rows=100_000),
    Work("stream-20m", "ridge, streamed", "streamed", 20_000_000, 20, {}, job="stream", quick_rows=2_000_000),
)}

# Not run unless named: they take gigabytes of disk.
ON_REQUEST = ("stream-1m", "stream-20m")
