"""Generates the files of a work by seed: data.py WORK FOLDER [--quick].

FOLDER/WORK gets data.csv for halflife and the readers, x.bin, y.bin, fold.bin and decays.bin (doubles, x by
columns) for the others, and meta.json. Columns and a numeric target are standardised within every fold, so in
every set of training rows: then it is the same whether a program standardises in each fold or not at all,
and glmnet's lambda, which counts in standard deviations of the training rows' target, equals the decay.
"""
import argparse
import dataclasses
import hashlib
import json
import pathlib

import numpy as np

import fixed_point
import tables
from works import WORKS

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]


def assign_folds(random, count, strata):
    """Folds of equal size to one row, every stratum spread over all of them."""
    fold = np.empty(len(strata), dtype=np.int64)
    dealt = 0
    for stratum in np.unique(strata):
        rows = random.permutation(np.flatnonzero(strata == stratum))
        fold[rows] = (np.arange(len(rows)) + dealt) % count
        dealt += len(rows)
    return fold


def standardise(values, fold):
    """Mean 0 and population sd 1 in each fold, in place; returns which columns vary in every fold."""
    varies = np.ones(values.shape[1], dtype=bool)
    for one in np.unique(fold):
        rows = fold == one
        part = values[rows]
        part -= part.mean(axis=0)
        scale = part.std(axis=0)
        varies &= scale > 0
        values[rows] = part / np.where(scale > 0, scale, 1)
    return varies


def decay_grid(work, x, y):
    """The decays of the work, ascending; with an L1 part relative to the smallest without weights."""
    low, high, count = work.decays
    grid = np.geomspace(low, high, count)
    if work.ratio:
        grid *= np.abs(x.T @ (y - y.mean())).max() / len(y) / work.ratio
    return grid


def write_csv(path, x, y, fold):
    """One row a line: columns x1..., then target and fold."""
    numeric = not np.array_equal(y, np.rint(y))
    header = [f"x{i + 1}" for i in range(x.shape[1])] + ["y", "fold"]
    whole = np.zeros(len(header), dtype=bool)
    whole[-1] = True
    whole[-2] = not numeric
    step = 100_000
    with open(path, "wb") as file:
        file.write((",".join(header) + "\n").encode())
        for begin in range(0, len(y), step):
            rows = slice(begin, begin + step)
            fixed_point.append_rows(file, fixed_point.to_cells(np.column_stack([x[rows], y[rows], fold[rows]])),
                                    whole)


def write_arrays(folder, x, y, fold, decays):
    """The same rows for programs that are not measured at reading."""
    x.T.tofile(folder / "x.bin")  # column after column, as R and coordinate descent want them
    for name, values in (("y", y), ("fold", fold), ("decays", decays)):
        np.asarray(values, dtype=np.float64).tofile(folder / f"{name}.bin")


def make_numbers(work, folder, random):
    """A work whose columns are numbers; returns what meta.json adds."""
    x, y = getattr(tables, work.maker)(work, random, REPOSITORY)
    classes = work.family != "gaussian"
    fold = assign_folds(random, work.folds, y if classes else np.zeros(len(y)))
    x = x[:, standardise(x, fold)]
    x = fixed_point.to_cells(x) / fixed_point.SCALE
    if not classes:
        standardise(y[:, None], fold)
        y = fixed_point.to_cells(y) / fixed_point.SCALE
    decays = decay_grid(work, x, y)
    write_csv(folder / "data.csv", x, y, fold)
    if work.job == "fit":
        write_arrays(folder, x, y, fold, decays)
    return {"inputs": [[f"x{i + 1}", None] for i in range(x.shape[1])], "sd_y": float(y.std()),
            "decays": decays.tolist()}


def make_text(work, folder, random):
    """A work with text columns: the peers get one 0/1 column a level, standardised over all rows."""
    frame = getattr(tables, work.maker)(work, random)
    if work.job == "read":
        frame.to_csv(folder / "data.csv", index=False)
        return {"inputs": []}
    y = frame["y"].to_numpy()
    fold = assign_folds(random, work.folds, y if work.family != "gaussian" else np.zeros(len(y)))
    frame.assign(fold=fold).to_csv(folder / "data.csv", index=False)
    low, high, count = work.decays
    decays = np.geomspace(low, high, count)
    inputs = []
    if work.bars:
        inputs, x = tables.one_hot(frame.drop(columns="y"))
        write_arrays(folder, (x - x.mean(axis=0)) / x.std(axis=0), y, fold, decays)
    return {"inputs": inputs, "sd_y": 1.0, "decays": decays.tolist()}


def make_streamed(work, folder, random):
    """A table that is never whole in memory: written a million rows at a time."""
    weights = random.standard_normal(work.columns) / np.sqrt(work.columns)
    step = min(work.rows, 1_000_000)
    header = ",".join([f"x{i + 1}" for i in range(work.columns)] + ["y", "fold"]) + "\n"
    whole = np.array([False] * (work.columns + 1) + [True])
    with open(folder / "data.csv", "wb") as file:
        file.write(header.encode())
        for _ in range(0, work.rows, step):
            x = random.standard_normal((step, work.columns))
            y = x @ weights + random.standard_normal(step)
            cells = fixed_point.to_cells(np.column_stack([x, y, np.arange(step) % work.folds]))
            fixed_point.append_rows(file, cells, whole)
    low, high, count = work.decays
    return {"inputs": [], "decays": np.geomspace(low, high, count).tolist()}


def make(work, folder):
    """Generates the work into its folder unless it is there as it would be now."""
    folder.mkdir(parents=True, exist_ok=True)
    meta = folder / "meta.json"
    facts = dataclasses.asdict(work) | {"bars": sorted(work.bars)}
    sources = b"".join((HERE / name).read_bytes() for name in ("data.py", "tables.py", "fixed_point.py"))
    stamp = {"work": json.loads(json.dumps(facts)), "sources": hashlib.sha256(sources).hexdigest()}
    if meta.exists() and stamp.items() <= json.loads(meta.read_text()).items():
        return
    meta.unlink(missing_ok=True)
    random = np.random.default_rng(13)
    if work.job == "stream":
        facts = make_streamed(work, folder, random)
    elif work.maker in ("half_text", "crossed", "soybeans"):
        facts = make_text(work, folder, random)
    else:
        facts = make_numbers(work, folder, random)
    meta.write_text(json.dumps(stamp | facts))


def main():
    parser = argparse.ArgumentParser(description="generate the files of a work")
    parser.add_argument("work", choices=sorted(WORKS))
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    work = WORKS[arguments.work]
    work = work.quick() if arguments.quick else work
    make(work, arguments.folder / work.name)


if __name__ == "__main__":
    main()
