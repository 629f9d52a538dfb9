"""One peer of Python on one work, in a process of its own: peers.py FOLDER PEER JOBS OUT [--probe DECAY,...].

Loads the data, fits or reads once with the clock on, and writes OUT: seconds, the validation loss at each decay in
halflife's units, and what was fitted on all rows. With --probe, and with the clock off, also fits at these decays.
"""
import argparse
import json
import pathlib
import time
import warnings

import numpy as np


def load(folder):
    """The rows of a work, x by columns, and its meta.json."""
    meta = json.loads((folder / "meta.json").read_text())
    y = np.fromfile(folder / "y.bin")
    x = np.fromfile(folder / "x.bin").reshape(-1, len(y)).T
    if meta["work"]["family"] != "gaussian":
        x = np.ascontiguousarray(x)  # what the solvers of LogisticRegression would copy it to
    return x, y, np.fromfile(folder / "fold.bin").astype(int), np.array(meta["decays"]), meta["work"]


def solution(model, decay):
    """Weights by class, intercepts and the decay they are for."""
    return {"decay": float(decay), "weights": np.atleast_2d(model.coef_).tolist(),
            "intercept": np.atleast_1d(model.intercept_).tolist()}


def grid_search_ridge(rows, jobs, _):
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import GridSearchCV, PredefinedSplit
    x, y, fold, decays, work = rows
    alphas = decays * len(y) * (work["folds"] - 1) / work["folds"]
    search = GridSearchCV(Ridge(), {"alpha": alphas}, cv=PredefinedSplit(fold), n_jobs=jobs,
                          scoring="neg_mean_squared_error")
    seconds = timed(lambda: search.fit(x, y))
    best = search.best_estimator_
    return seconds, -search.cv_results_["mean_test_score"] / 2, [solution(best, best.alpha / len(y))]


def ridge_cv(rows, _, __):
    """Leave-one-out, not the folds."""
    from sklearn.linear_model import RidgeCV
    x, y, _, decays, _ = rows
    model = RidgeCV(alphas=decays * len(y), store_cv_values=True)
    seconds = timed(lambda: model.fit(x, y))
    return seconds, model.cv_values_.mean(axis=0) / 2, [solution(model, model.alpha_ / len(y))]


def lasso_cv(rows, jobs, _):
    from sklearn.linear_model import ElasticNetCV, LassoCV
    from sklearn.model_selection import PredefinedSplit
    x, y, fold, decays, work = rows
    same = {"alphas": decays, "cv": PredefinedSplit(fold), "n_jobs": jobs}
    model = LassoCV(**same) if work["ratio"] == 1 else ElasticNetCV(l1_ratio=work["ratio"], **same)
    seconds = timed(lambda: model.fit(x, y))
    return seconds, model.mse_path_.mean(axis=1)[::-1] / 2, [solution(model, model.alpha_)]


def logistic_cv(rows, jobs, probes):
    from sklearn.linear_model import LogisticRegression, LogisticRegressionCV
    from sklearn.model_selection import PredefinedSplit
    x, y, fold, decays, work = rows
    trained = len(y) * (work["folds"] - 1) / work["folds"]
    model = LogisticRegressionCV(Cs=1 / (trained * decays), cv=PredefinedSplit(fold), n_jobs=jobs, max_iter=1000,
                                 scoring="neg_log_loss")
    seconds = timed(lambda: model.fit(x, y))
    solutions = [solution(model, 1 / (len(y) * model.C_[0]))]
    for decay in probes:
        solutions.append(solution(LogisticRegression(C=1 / (len(y) * decay), max_iter=1000).fit(x, y), decay))
    return seconds, -next(iter(model.scores_.values())).mean(axis=0), solutions


FITS = {"GridSearchCV(Ridge)": grid_search_ridge, "RidgeCV": ridge_cv, "LassoCV": lasso_cv,
        "ElasticNetCV": lasso_cv, "LogisticRegressionCV": logistic_cv}


def timed(action):
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def _import_all(_):
    import sklearn.linear_model  # noqa: F401
    time.sleep(.2)  # so that no worker takes two of these


def fit(folder, peer, jobs, probes):
    from joblib import Parallel, delayed
    rows = load(folder)
    if jobs > 1:  # workers start and import with the clock off
        Parallel(n_jobs=jobs)(delayed(_import_all)(i) for i in range(jobs))
    warnings.filterwarnings("ignore")
    seconds, loss, solutions = FITS[peer](rows, jobs, probes)
    return {"seconds": seconds, "decays": rows[3].tolist(), "loss": loss.tolist(), "solutions": solutions}


def read(folder):
    import pandas
    frames = []
    seconds = timed(lambda: frames.append(pandas.read_csv(folder / "data.csv")))
    return {"seconds": seconds, "rows": len(frames[0]), "columns": len(frames[0].columns)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("peer", choices=sorted(FITS) + ["pandas"])
    parser.add_argument("jobs", type=int)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--probe", type=lambda text: [float(v) for v in text.split(",")], default=[])
    given = parser.parse_args()
    result = read(given.folder) if given.peer == "pandas" else fit(given.folder, given.peer, given.jobs, given.probe)
    given.out.write_text(json.dumps(result))


if __name__ == "__main__":
    main()
