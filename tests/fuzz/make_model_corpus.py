#!/usr/bin/env python3
"""Writes tests/fuzz/corpus/model: a good model of each kind, and files broken in one way each."""
import json
import pathlib

FOLDER = pathlib.Path(__file__).parent / "corpus" / "model"


def number(column, weights):
    return {"column": column, "is": "number", "fill": 1.5, "mean": 1.0, "scale": 2.0, "weights": weights}


def model(**changes):
    base = {"format": "halflife.model/1", "convention": "", "family": "linear", "task": "regression", "target": "y",
            "log_target": False, "classes": [], "decay": 0.1, "loss": 0.5, "rows": 10, "intercept": [1.0],
            "inputs": [number("x", [2.0]),
                       {"column": "x", "is": "missing", "mean": 0.1, "scale": 0.3, "weights": [0.5]},
                       {"column": "c", "is": "level", "level": "red", "mean": 0.5, "scale": 0.5, "weights": [1.0]}]}
    base.update(changes)
    return base


def classes(names, outputs):
    return {"family": "logistic", "task": "classification", "classes": names, "intercept": [0.1] * outputs,
            "inputs": [number("x", [0.2] * outputs)]}


SEEDS = {
    "linear": model(), "log": model(log_target=True), "two": model(**classes(["a", "b"], 1)),
    "three": model(**classes(["a", "b", "c"], 3)), "no_inputs": model(inputs=[]), "huge_weight": model(inputs=[number("x", [1e308])]),
    "tiny_scale": model(inputs=[dict(number("x", [1.0]), scale=5e-324)]), "zero_scale": model(inputs=[dict(number("x", [1.0]), scale=0)]),
    "one_class": model(**classes(["a"], 1)), "weights_short": model(inputs=[number("x", [])]), "format": model(format="other"),
    "null_target": model(target=None), "list": [], "number": 3, "rows_text": model(rows="ten"), "rows_negative": model(rows=-1),
}

RAW = {"empty": b"", "cut": b'{"format": "halflife.model/1"', "deep": b"[" * 500, "latin1": b'{"format": "\xe9"}',
       "overflow": b'{"format": "halflife.model/1", "decay": 1e999}', "twice": b'{"format": 1, "format": "halflife.model/1"}'}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, value in SEEDS.items():
        (FOLDER / name).write_text(json.dumps(value), encoding="utf-8")
    for name, raw in RAW.items():
        (FOLDER / name).write_bytes(raw)
