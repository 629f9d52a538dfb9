#!/usr/bin/env python3
"""Writes tests/fuzz/corpus/model: a good model of each kind, and files broken in one way each."""
import json
import pathlib
import struct
import zlib

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


def weights_of_a_net():
    """The bytes of model_fuzz.cc's net of one input and one output, as the program writes them."""
    header = ('{"__metadata__":{"format":"halflife.net/1"},'
              '"layers.0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},'
              '"layers.0.bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}')
    header += " " * (-len(header) % 8)
    return struct.pack("<Q", len(header)) + header.encode() + struct.pack("<ff", 0.5, 0.25)


def net(**changes):
    inputs = [dict(number("x", None))]
    del inputs[0]["weights"]
    base = {"format": "halflife.net/1", "convention": "", "family": "mlp", "task": "regression", "target": "y",
            "log_target": False, "classes": [], "decay": 0.1, "lr": 0.001, "validation_loss": 0.5, "rows": 10,
            "net": {"hidden": [], "activation": "relu", "layer_norm": False, "dropout": 0.0},
            "target_mean": 1.0, "target_scale": 2.0,
            "weights": {"file": "model.safetensors", "crc32": zlib.crc32(weights_of_a_net())}, "inputs": inputs}
    base.update(changes)
    return base


def cells(**changes):
    base = net(cells=dict({"width": 1, "means": [0.5], "scales": [2.0]}, **changes))
    del base["inputs"]
    return base


SEEDS = {
    "net": net(), "net_cells": cells(), "net_kept": cells(width=3, kept=[2]), "net_kept_down": cells(width=3, kept=[2, 1]),
    "net_wide": cells(width=1e9), "net_hidden": net(net={"hidden": [3, 1e9], "activation": "gelu", "layer_norm": True, "dropout": 2}),
    "net_other_weights": net(weights={"file": "model.safetensors", "crc32": 1}), "net_huge_scale": net(target_scale=1e308),
    "linear": model(), "log": model(log_target=True), "two": model(**classes(["a", "b"], 1)),
    "three": model(**classes(["a", "b", "c"], 3)), "no_inputs": model(inputs=[]), "huge_weight": model(inputs=[number("x", [1e308])]),
    "tiny_scale": model(inputs=[dict(number("x", [1.0]), scale=5e-324)]), "zero_scale": model(inputs=[dict(number("x", [1.0]), scale=0)]),
    "marks": model(inputs=[dict(number("x", [1.0]), thousands_mark=".", decimal_mark=",")]),
    "marks_alike": model(inputs=[dict(number("x", [1.0]), thousands_mark=",", decimal_mark=",")]),
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
