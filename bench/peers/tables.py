"""The tables behind the works, by seed, before folds are drawn and columns standardised."""
import numpy as np
import pandas as pd

COMMON_SHARE = .25  # of a column's variance comes from factors that all columns share
FACTORS = 10


def correlated(work, random):
    """Normal columns with some correlation between any two, as measured tables have."""
    x = random.standard_normal((work.rows, work.columns))
    x *= np.sqrt(1 - COMMON_SHARE)
    loadings = random.standard_normal((FACTORS, work.columns)) * np.sqrt(COMMON_SHARE / FACTORS)
    x += random.standard_normal((work.rows, FACTORS)) @ loadings
    return x


def _signal(work, x, random):
    """What the columns say of the target, with mean 0 and sd 1."""
    weights = random.standard_normal(work.columns)
    if work.signals:
        weights[random.permutation(work.columns)[work.signals:]] = 0
    signal = x @ weights
    return (signal - signal.mean()) / signal.std()


def gaussian(work, random, _):
    """A number of which the columns tell half (two thirds where few of them matter)."""
    x = correlated(work, random)
    noise = .7 if work.signals else 1
    return x, _signal(work, x, random) + noise * random.standard_normal(work.rows)


def two_classes(work, random, _):
    """Classes 0 and 1 from logits with an sd of 1.5."""
    x = correlated(work, random)
    chance = 1 / (1 + np.exp(-1.5 * _signal(work, x, random)))
    return x, (random.random(work.rows) < chance).astype(float)


def digits(_, __, repository):
    """data/digits.csv."""
    table = np.loadtxt(repository / "data" / "digits.csv", delimiter=",", skiprows=1)
    return table[:, :-1], table[:, -1]


def unequal_classes(work, random, _):
    """Nine readings of seven states, of which two make up 94 % of the rows and three under 1 %."""
    shares = np.array([.786, .0006, .003, .154, .0560, .0002, .0002])
    counts = np.maximum(np.rint(shares * work.rows), 2 * work.folds).astype(int)
    counts[0] += work.rows - counts.sum()
    y = random.permutation(np.repeat(np.arange(7.), counts))
    centres = 1.5 * random.standard_normal((7, work.columns))
    spread = random.uniform(.4, 1.2, (7, work.columns))
    x = centres[y.astype(int)] + spread[y.astype(int)] * random.standard_t(6, (work.rows, work.columns))
    x[:, -1] = x[:, 0] - x[:, 1] + .1 * x[:, -1]  # readings that are nearly differences of others
    return np.clip(x, -20, 20), y


SOYBEAN_CLASSES = (20, 20, 20, 88, 44, 20, 20, 92, 20, 20, 20, 44, 20, 91, 91, 15, 14, 16, 8)


def soybeans(work, random):
    """Nineteen diseases told by 35 questions with 2 to 7 answers in words, some unanswered."""
    y = random.permutation(np.repeat(np.arange(19), SOYBEAN_CLASSES))
    frame = {}
    for question in range(work.columns):
        levels = 2 + (0, 1, 1, 2, 1, 0, 5, 1, 0, 1)[question % 10]
        usual = random.integers(levels, size=19)
        sure = random.uniform(.1, .75, size=19)
        answer = np.where(random.random(work.rows) < sure[y], usual[y], random.integers(levels, size=work.rows))
        words = np.array(["absent", "present", "upper", "lower", "brown", "tan", "severe"])[answer]
        if question % 2 == 0:
            words = np.where(random.random(work.rows) < .05, "?", words)
        frame[f"q{question + 1}"] = words
    return pd.DataFrame(frame | {"y": y})


def one_hot(frame):
    """(column, level) of each 0/1 column and the columns; a missing answer is a level of its own."""
    inputs, columns = [], []
    for name in frame:
        for level in sorted(frame[name].unique()):
            inputs.append([name, None if level == "?" else level])
            columns.append((frame[name] == level).to_numpy(dtype=float))
    return inputs, np.column_stack(columns)


def _levels(random, prefix, count, rows):
    """Text with a few frequent and many rare levels; every level occurs."""
    weights = 1 / np.arange(2, count + 2)
    codes = random.choice(count, size=rows, p=weights / weights.sum())
    codes[:count] = np.arange(count)
    return random.permutation(codes), np.array([f"{prefix}{i}" for i in range(count)])


def half_text(work, random):
    """As many columns of text (4 to 800 levels) as of numbers, and of about the same bytes."""
    frame = {}
    for i in range(work.columns // 2):
        codes, names = _levels(random, ("city ", "unit-", "", "north, ")[i % 4] + "abc"[i % 3],
                               (4, 12, 40, 150, 800)[i % 5], work.rows)
        frame[f"t{i + 1}"] = names[codes]
        frame[f"x{i + 1}"] = np.round(random.standard_normal(work.rows) * 100, 1 + i % 4)
    return pd.DataFrame(frame)


def crossed(work, random):
    """Two text columns of many levels that cross, five numbers, and a target that depends on all."""
    many, many_names = _levels(random, "m", min(3000, work.rows // 8), work.rows)
    some, some_names = _levels(random, "s", min(1100, work.rows // 20), work.rows)
    x = random.standard_normal((work.rows, work.columns - 2))
    score = (random.standard_normal(len(many_names))[many] + random.standard_normal(len(some_names))[some] +
             x @ random.standard_normal(x.shape[1]) / 2)
    if work.family == "binomial":
        y = (random.random(work.rows) < 1 / (1 + np.exp(-score))).astype(int)
    else:
        y = np.round(score + random.standard_normal(work.rows), 5)
    frame = {"many": many_names[many], "some": some_names[some]}
    frame |= {f"x{i + 1}": np.round(x[:, i], 5) for i in range(x.shape[1])}
    return pd.DataFrame(frame | {"y": y})
