#!/usr/bin/env python3
"""Writes tests/fuzz/corpus/result: a small result of each kind, and files broken in one way each."""
import copy
import json
import pathlib

FOLDER = pathlib.Path(__file__).parent / "corpus" / "result"


def point(decay, score):
    return {"decay": decay, "train": {"loss": 0.5, "se": 0.1}, "validation": {"loss": 0.6 - decay, "se": None, score: 0.7},
            "weight_norm": 1.5, "effective_dof": 2.5, "loo": None, "gcv": 0.6, "log_evidence": -3.5,
            "half_life_epochs": None, "nonzero": 1}


def column(name, role, **changes):
    base = {"name": name, "kind": "number", "role": role, "missing": 1, "levels": None, "min": -1.5, "max": 2.5,
            "findings": [{"kind": "leak", "number": 0.99}]}
    base.update(changes)
    return base


def table(score="r2", **changes):
    base = {"schema": "halflife.result/1", "version": "0.1.0",
            "data": {"path": "a.csv", "rows": 10, "rows_dropped": 1, "streamed": False, "total_weight": 10.0, "columns": 2,
                     "features": 1, "target": "y", "task": "regression", "classes": [], "log_target": True,
                     "column_list": [column("x", "input"), column("day", "time", kind="date", max=20000.5),
                                     column("c", "group", kind="category", levels=3, min=None, max=None)],
                     "findings": [{"kind": "title lines", "text": "Sales", "count": 2}],
                     "null": {"loss": 0.8, "accuracy": None}},
            "model": {"family": "linear", "l1_ratio": 0.5, "no_decay": ["c"], "weights": 4, "undecayed_weights": 3},
            "folds": 5, "seeds": 2, "seed": 1, "threads": 2, "grid": [point(0.0, score), point(0.1, score)],
            "best": {"index": 1, "at_edge": True}, "one_se": {"index": 1}, "interrupted": False, "decays_given": False,
            "unfit_decays": [0.01],
            "verdict": {"label": "helps", "baseline": 0.0, "compared": 0.1, "improvement": 0.1, "ci95": [0.05, 0.15],
                        "p_value": 0.01, "minimum_detectable": 0.02,
                        "no_signal": {"no_signal": False, "improvement": 0.3, "ci95": [0.1, None], "p_value": None},
                        "findings": [{"kind": "folds compared", "decays": [0.1, 0.0], "folds": 10}]},
            "equivalents": {"sklearn_alpha": 1.0, "glmnet_lambda": 0.1, "glmnet_alpha": 0.5, "pytorch_weight_decay": 0.2,
                            "keras_l2": 0.1, "pytorch_l1": 0.1, "keras_l1": 0.1},
            "paths": [{"name": "x", "weights": [0.5, 0.25]}], "findings": [{"kind": "largest is best"}],
            "timing_s": {"read": 0.1, "fit": 0.2, "verdict": 0.3, "report": 0.4},
            "not_finite": {"inf": ["verdict.no_signal.ci95[1]", "grid[0].validation.se"], "nan": ["grid[1].loo"]}}
    base.update(changes)
    return base


def classes(label="helps"):
    result = table("accuracy")
    result["data"].update(task="classification", classes=["no", "yes"], log_target=False)
    result["model"].update(family="logistic", l1_ratio=0.0, no_decay=[])
    result["equivalents"]["sklearn_C"] = 0.4
    result["verdict"]["label"] = label
    result["verdict"]["no_signal"]["no_signal"] = label == "no signal"
    return result


def trained(seed):
    curve = {"seed": seed, "train_loss": [0.9, 0.5], "penalty": [0.1, 0.1], "validation_loss": [1.0, None],
             "validation_r2": [0.1, 0.2], "gradient_norm": [1, 0.5], "update_angle": [3, 2], "layer_norms": [[1, 2], [2, 3]]}
    return {"lr": 0.01, "epochs": 2, "seeds": 1, "finished": True, "divergence": {"what": "weight", "nan": True, "epoch": 2},
            "half_life_steps": 100.0, "averaging_time_epochs": 7.5, "active": False, "curves": [curve]}


def net(**changes):
    result = table()
    for at in result["grid"]:
        at.update(trained=trained(1), half_life_epochs=10.0)
        del at["nonzero"]
    optimizer = {"rule": "sgd", "options": {"momentum": 0.9}, "lr": 0.01, "decay": 0.1, "law": "proximal", "penalty": "L1",
                 "l1_ratio": 0.5, "center": "start",
                 "lr_schedule": [{"shape": "warm-up", "start": 0, "length": 5, "from": 0.0, "to": 1.0, "power": 1.0},
                                 {"shape": "table", "start": 5, "length": 2, "table": [1, 0.5]}],
                 "groups": [{"name": "all", "options": {}, "kinds": ["weight", "bias"], "patterns": ["*"], "max_dims": 4,
                             "lr_scale": 0.5}],
                 "policy": "all", "missing_gradient": "decay", "non_finite": "skip step", "gradient_scale": 0.5,
                 "clip_norm": 1.0, "clip_value": 0.1}
    optimizer.update(changes)
    result["model"] = {"family": "mlp", "epochs": 2, "steps_per_epoch": 10, "early_stopping": True, "lrs": [0.01], "lr": 0.01,
                       "baseline_lr": 0.01, "optimizer_options": optimizer,
                       "net_options": {"inputs": 2, "outputs": 1, "hidden": [4], "activation": "gelu", "layer_norm": True,
                                       "dropout": 0.1},
                       "training_options": {"epochs": 2, "batch": 8, "lr_shape": "cosine", "lr_end": 0.1, "warm_up": 0.1,
                                            "decay_shape": "constant", "patience": 2}}
    score = {"loss": 0.5, "se": 0.1, "r2": 0.4}
    result.update(split={"training": 60, "validation": 20, "test": 20}, test={"best": score, "baseline": None},
                  sweep={"epochs_trained": 4, "epochs_saved": 2, "stopped": False},
                  parameters=[{"name": "layers.0.weight", "kind": "weight", "decayed": True, "shape": [4, 2], "group": 0},
                              {"name": "layers.0.bias", "kind": "bias", "decayed": False, "shape": [4], "group": 0}])
    return result


def own_net():
    result = net(law="cautious", penalty="L2")
    del result["model"]["net_options"], result["model"]["training_options"]
    return result


def without(result, *keys):
    changed = copy.deepcopy(result)
    place = changed
    for key in keys[:-1]:
        place = place[key]
    del place[keys[-1]]
    return changed


SEEDS = {"table": table(), "classes": classes(), "no_signal": classes("no signal"), "net": net(), "own_net": own_net(),
         "adamw": net(rule="adamw", options={"beta1": 0.8}, law="decoupled", penalty="L2", center="zero"),
         "unknown_rule": net(rule="adamww"), "no_grid": table(grid=[]), "outside": table(best={"index": 2, "at_edge": False}),
         "without_model": without(table(), "model"), "without_options": without(net(), "model", "optimizer_options"),
         "other_schema": table(schema="halflife.result/2"), "deep": [[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in SEEDS.items():
        (FOLDER / name).write_text(json.dumps(content, separators=(",", ":")))
    (FOLDER / "cut").write_text(json.dumps(table())[:700])
    (FOLDER / "huge_number").write_text('{"schema":"halflife.result/1","folds":1e999}')
    (FOLDER / "empty").write_text("")
