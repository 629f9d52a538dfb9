#!/usr/bin/python3
"""Writes the golden numbers beside this file: make_golden.py [paths] [equivalents] [weighted] [criteria] [student_t]."""
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # set before numpy loads: sums in one fixed order

import pathlib
import platform
import subprocess
import sys
import tempfile

import numpy as np
import scipy
import sklearn
from scipy.special import betainc
from scipy.stats import t as student
from sklearn.linear_model import BayesianRidge, LogisticRegression, Ridge, RidgeCV
from sklearn.metrics import accuracy_score

from golden_data import Table, design
from golden_models import Binary, Decomposed, Linear, Softmax, gradient_norm, is_separable

HERE = pathlib.Path(__file__).resolve().parent
FOLDS = 5
VERSIONS = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__}
CASES = {  # dataset: target, other settings, model, decays
    "ames": ("Sale_Price", {"log": True}, Linear, [0, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 10]),
    "diabetes": ("progression", {}, Linear, [0, 1e-4, 1e-3, 1e-2, 0.1, 1, 10]),
    "meats": ("protein", {"ignore": ["water", "fat"]}, Linear, [1e-6, 1e-5, 1e-4, 1e-3, 1e-2]),
    "breast_cancer": ("diagnosis", {}, Binary, [1e-4, 1e-3, 1e-2, 0.1, 1]),
    "credit": ("Status", {}, Binary, [1e-4, 1e-3, 1e-2, 0.1, 1]),
    "pd_speech": ("class", {}, Binary, [1e-3, 1e-2, 0.1, 1, 10]),
    "digits": ("digit", {}, Softmax, [1e-4, 1e-2, 0.1, 1]),
    "wa_churn": ("churn", {}, Binary, [1e-4, 1e-2, 0.1]),
}


def to_json(value, indent=0):
    """JSON with 17 significant digits; a list or object without nested ones stays on one line."""
    if isinstance(value, (dict, list)):
        is_object, pad = isinstance(value, dict), "\n" + "  " * (indent + 1)
        nested = any(isinstance(item, (dict, list)) for item in (value.values() if is_object else value))
        items = ([f"{to_json(key)}: {to_json(item, indent + 1)}" for key, item in value.items()] if is_object
                 else [to_json(item, indent + 1) for item in value])
        brackets = "{}" if is_object else "[]"
        return brackets[0] + (pad + ("," + pad).join(items) + pad[:-2] if nested else ", ".join(items)) + brackets[1]
    if isinstance(value, (bool, str)) or value is None:
        escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
        return {True: "true", False: "false", None: "null"}.get(value, f'"{escaped}"')
    assert np.isfinite(value)
    return f"{value:.17g}"


def write(name, content):
    (HERE / name).write_text(to_json(content) + "\n")
    print("wrote", name, flush=True)


def load(name):
    target, settings, model, decays = CASES[name]
    table = Table(name, target, settings.get("ignore", ()), FOLDS)
    if model is Linear:
        return table, model, None, table.numeric_target(settings.get("log", False)), decays
    return table, model, *table.class_target(), decays


def peer(model, rows, decay, polish=False):
    """scikit-learn's own estimator for the same objective, and the setting that makes it the same."""
    if model is Linear:
        return Ridge(alpha=rows * decay, solver="svd"), {"alpha": rows * decay, "solver": "svd"}
    solver = "lbfgs" if not polish else "newton-cholesky" if model is Binary else "newton-cg"
    settings = {"C": 1 / (rows * decay), "solver": solver, "tol": 1e-14 if polish else 1e-10, "max_iter": 100000}
    family = "ovr" if model is Binary else "multinomial"
    return LogisticRegression(multi_class=family, **settings), settings


def average(values):
    return {"mean": np.mean(values), "se": np.std(values, ddof=1) / np.sqrt(len(values))}


def make_path(name):
    """Training and validation loss, and the score, of every decay over the folds; and the fit on all rows."""
    table, model, classes, y, decays = load(name)
    score_name = "r2" if model is Linear else "accuracy"
    results = {decay: {"train": [], "validation": [], "score": [], "error": 0, "distance": 0} for decay in decays}
    separable = []
    for fold in range(FOLDS):
        train = table.fold != fold
        _, x = design(table, train)
        parts = Decomposed(x[train])
        separable += [bool(is_separable(parts, y[train]))] if model is Binary else []
        for decay in decays:
            fitted = model.fit(parts, y[train], decay)
            prediction = model.predict(x, *fitted)
            loss, result = model.losses(prediction, y), results[decay]
            result["train"].append(loss[train].mean())
            result["validation"].append(loss[~train].mean())
            if model is Linear:  # pooled: against the mean of the rows trained on
                result["error"] += ((y - prediction)[~train]**2).sum()
                result["distance"] += ((y - y[train].mean())[~train]**2).sum()
            else:
                result["score"].append(accuracy_score(y[~train], model.classify(prediction[~train])))
            if fold == 0 and decay >= 1e-2:
                check_against_peer(model, x[train], y[train], decay, fitted)
    names, x = design(table, np.full(len(y), True))
    parts, grid = Decomposed(x), []
    for decay, result in results.items():
        train, validation = average(result["train"]), average(result["validation"])
        grid.append({"decay": decay,
                     "train": {"loss": train["mean"], "se": train["se"]},
                     "validation": {"loss": validation["mean"], "se": validation["se"],
                                    score_name: (1 - result["error"] / result["distance"] if model is Linear
                                                 else np.mean(result["score"]))},
                     "validation_folds": result["validation"],
                     "weight_norm": np.linalg.norm(model.fit(parts, y, decay)[0]),
                     "effective_dof": parts.effective_dof(decay) if model is Linear else None})
    content = {"dataset": name, "target": table.target, "ignore": table.ignore,
               "log_target": CASES[name][1].get("log", False), "folds": FOLDS, "rows": len(y),
               "encoded_columns": len(names), "rank": parts.rank, "classes": classes}
    if separable:
        content["folds_without_finite_optimum_at_decay_0"] = [f for f in range(FOLDS) if separable[f]]
    write(f"paths_{name}.json", content | {"versions": VERSIONS, "grid": grid})


def check_against_peer(model, x, y, decay, fitted):
    """The peer stops earlier than we do, so it may only be a little worse, and must predict alike."""
    other = peer(model, len(y), decay)[0].fit(x, y)
    theirs = (other.coef_.T if model is Softmax else other.coef_.ravel()), other.intercept_
    ours, peers = (model.losses(model.predict(x, *w), y).mean() + decay / 2 * (w[0]**2).sum() for w in (fitted, theirs))
    assert -1e-12 * ours <= peers - ours <= 1e-6 * ours, (ours, peers)
    difference = np.abs(np.linalg.norm(fitted[0] - theirs[0])) / np.linalg.norm(fitted[0])
    assert difference < (1e-9 if model is Linear else 1e-2), difference


def glmnet(family, x, y, setting):
    """Intercept and coefficients of glmnet's ridge, through make_glmnet.R."""
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(f"{folder}/x.txt", x, fmt="%.17g")
        np.savetxt(f"{folder}/y.txt", y, fmt="%.17g")
        command = ["Rscript", str(HERE / "make_glmnet.R"), family, repr(setting), folder]
        version = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        numbers = np.loadtxt(f"{folder}/out.txt")
    return numbers[0], numbers[1:], version


def make_equivalents():
    """Other programs' coefficients on all rows, with the setting that our decay stands for in each."""
    entries = []
    for program, name, decay in [("scikit-learn", "diabetes", 0.01), ("scikit-learn", "ames", 0.1),
                                 ("scikit-learn", "breast_cancer", 0.01), ("scikit-learn", "credit", 0.01),
                                 ("scikit-learn", "digits", 0.01), ("glmnet", "diabetes", 0.01),
                                 ("glmnet", "breast_cancer", 0.01)]:
        table, model, classes, y, _ = load(name)
        names, x = design(table, np.full(len(y), True))
        if program == "glmnet":
            setting = {"lambda": decay * (y.std() if model is Linear else 1.0), "alpha": 0, "standardize": False}
            intercept, weights, version = glmnet("gaussian" if model is Linear else "binomial", x, y, setting["lambda"])
            VERSIONS["glmnet"] = version
        else:
            estimator, setting = peer(model, len(y), decay, polish=True)
            estimator.fit(x, y)
            weights, intercept = estimator.coef_.T, estimator.intercept_
            if model is Softmax:
                intercept = intercept - intercept.mean()
            else:
                weights, intercept = weights.ravel(), float(np.ravel(intercept)[0])
        own = model.fit(Decomposed(x), y, decay)
        difference = max(np.abs(own[0] - weights).max(), np.abs(own[1] - intercept).max())
        print(f"{program} {name}: largest difference of a coefficient {difference:.1e}", flush=True)
        assert difference < 1e-6
        entry = {"program": program, "dataset": name, "target": table.target, "ignore": table.ignore,
                 "log_target": CASES[name][1].get("log", False), "rows": len(y), "decay": decay, "setting": setting,
                 "classes": classes, "positive_class": classes[1] if model is Binary else None,
                 "largest_difference_from_own_solution": difference,
                 "gradient_norm": None if model is Linear else gradient_norm(x, y, decay, weights, intercept),
                 "intercept": np.asarray(intercept).tolist(),
                 "coefficients": {n: np.asarray(w).tolist() for n, w in zip(names, weights)}}
        entries.append(entry)
    units = "standardised columns, population sd"
    write("equivalents.json", {"units": units, "versions": VERSIONS, "entries": entries})


def weighted_fit(model, x, y, weight, decay):
    """scikit-learn's fit of weighted rows: weights, intercept, the mean loss, how it was set."""
    share = weight / weight.sum()
    x = x - share @ x
    x = x / np.sqrt(share @ x**2)
    if model is Linear:
        setting = {"alpha": decay * weight.sum(), "solver": "cholesky"}
        estimator = Ridge(**setting)
    else:
        setting = {"C": 1 / (decay * weight.sum()), "solver": "newton-cg", "tol": 1e-12, "max_iter": 100000}
        estimator = LogisticRegression(multi_class="ovr" if model is Binary else "multinomial", **setting)
    estimator.fit(x, y, sample_weight=weight)
    weights, intercept = estimator.coef_.T, estimator.intercept_
    if model is Softmax:
        intercept = intercept - intercept.mean()
    else:
        weights, intercept = weights.ravel(), float(np.ravel(intercept)[0])
    if model is not Linear:
        assert gradient_norm(x, y, decay, weights, intercept, share) < 1e-11
    return x, weights, intercept, setting


def make_weighted():
    """Weighted fits on all rows and on the first fold's training rows; row i weighs (1 + 7 i^2 mod 11) / 4."""
    entries = []
    for name, decay in [("diabetes", 0.01), ("diabetes", 1), ("breast_cancer", 0.01), ("breast_cancer", 0.3),
                        ("digits", 0.01)]:
        table, model, classes, y, _ = load(name)
        row = np.arange(len(y))
        weight = (1 + 7 * row**2 % 11) / 4
        names, raw = design(table, np.full(len(y), True))
        x, weights, intercept, setting = weighted_fit(model, raw, y, weight, decay)
        losses = model.losses(model.predict(x, weights, intercept), y)
        train = table.fold != 0
        fold_names, raw = design(table, train)
        share = weight[train] / weight[train].sum()
        mean = share @ raw[train]
        scaled = (raw - mean) / np.sqrt(share @ (raw[train] - mean)**2)
        _, fold_weights, fold_intercept, _ = weighted_fit(model, raw[train], y[train], weight[train], decay)
        fold_losses = model.losses(model.predict(scaled, fold_weights, fold_intercept), y)
        entries.append({"dataset": name, "target": table.target, "rows": len(y), "decay": decay, "setting": setting,
                        "classes": classes, "loss": np.average(losses, weights=weight),
                        "fold_0": {"train": np.average(fold_losses[train], weights=weight[train]),
                                   "validation": np.average(fold_losses[~train], weights=weight[~train])},
                        "intercept": np.asarray(intercept).tolist(),
                        "coefficients": {n: np.asarray(w).tolist() for n, w in zip(names, weights)}})
    units = "standardised columns: weighted mean, weighted population sd"
    write("weighted.json", {"units": units, "versions": VERSIONS, "entries": entries})


def make_criteria():
    """Leave-one-out by RidgeCV, and the largest evidence by BayesianRidge without its hyperpriors."""
    entries = []
    for name, decays in [("diabetes", [1e-4, 1e-2, 0.1, 1]), ("ames", [1e-3, 1e-2, 0.1, 1]),
                         ("meats", [1e-4, 1e-3, 1e-2])]:
        table, _, _, y, _ = load(name)
        _, x = design(table, np.full(len(y), True))
        left_out = RidgeCV(alphas=[len(y) * decay for decay in decays], store_cv_values=True).fit(x, y)
        setting = {"alpha_1": 0, "alpha_2": 0, "lambda_1": 0, "lambda_2": 0, "tol": 1e-6, "n_iter": 1000}
        bayes = BayesianRidge(**setting, compute_score=True).fit(x, y)
        assert bayes.n_iter_ < setting["n_iter"]
        entries.append({"dataset": name, "target": table.target, "ignore": table.ignore,
                        "log_target": CASES[name][1].get("log", False), "rows": len(y), "decays": decays,
                        "loo": (0.5 * left_out.cv_values_.mean(axis=0)).tolist(), "setting": setting,
                        "alpha": bayes.alpha_, "lambda": bayes.lambda_, "log_evidence": bayes.scores_[-1],
                        "decay_of_largest_evidence": bayes.lambda_ / bayes.alpha_ / len(y)})
    write("criteria.json", {"versions": VERSIONS, "entries": entries})


def make_student_t():
    tails, quantiles = [], []
    for df in [1, 2, 4, 9, 29, 100, 10000]:
        for t in [0, 0.1, 0.5, 1, 2, 3, 5, 10, 40]:
            p = 2 * student.sf(t, df)
            tail = betainc(df / 2, 0.5, df / (df + t * t)) if t > 1 else 1 - betainc(0.5, df / 2, t * t / (df + t * t))
            assert np.isclose(p, tail, rtol=1e-10, atol=1e-300)
            tails.append({"t": t, "df": df, "p_two_sided": p})
        for q in [0.8, 0.95, 0.975, 0.995]:
            value = student.ppf(q, df)
            for _ in range(4):  # ppf of scipy 1.10 is only good to about 5e-9; its sf is good to rounding
                value += (student.sf(value, df) - (1 - q)) / student.pdf(value, df)
            exact = {1: np.tan(np.pi * (q - 0.5)), 2: (2 * q - 1) / np.sqrt(2 * q * (1 - q))}.get(df, value)
            assert np.isclose(value, exact, rtol=1e-12, atol=0)
            quantiles.append({"q": q, "df": df, "t": value})
    write("student_t.json", {"versions": VERSIONS, "tails": tails, "quantiles": quantiles})


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["paths", "equivalents", "weighted", "criteria", "student_t"]
    if "student_t" in wanted:
        make_student_t()
    if "paths" in wanted:
        for case in CASES:
            make_path(case)
    if "equivalents" in wanted:
        make_equivalents()
    if "weighted" in wanted:
        make_weighted()
    if "criteria" in wanted:
        make_criteria()
