"""Writes torch_trajectories.json: weights along runs of PyTorch's optimizers, in double.

    /usr/bin/python3 tests/golden/make_torch_golden.py      (Debian 12's python3-torch, 1.13.1)

Weights and gradients are dyadic fractions, so every program starts from the same numbers.
"""
import json
import pathlib

import torch

COUNT = 10
STEPS = (1, 2, 10, 100)


def gradient(step):
    return torch.tensor([((i * 7 + step * 13) % 17 - 8) / 8 for i in range(COUNT)], dtype=torch.float64)


def run(make):
    w = torch.tensor([((i * 5) % 11 - 5) / 4 for i in range(COUNT)], dtype=torch.float64, requires_grad=True)
    optimizer = make([w])
    weights = {}
    for step in range(1, max(STEPS) + 1):
        w.grad = gradient(step)
        optimizer.step()
        if step in STEPS:
            weights[str(step)] = w.detach().tolist()
    return weights


# name of our rule, our options, decay, law, torch's class, torch's options
RUNS = [
    ("sgd", {}, 0.0, "coupled", "SGD", {}),
    ("sgd", {"momentum": 0.9}, 0.1, "coupled", "SGD", {"momentum": 0.9}),
    ("sgd", {"momentum": 0.9, "dampening": 0.3}, 0.1, "coupled", "SGD", {"momentum": 0.9, "dampening": 0.3}),
    ("sgd", {"momentum": 0.9, "nesterov": 1}, 0.1, "coupled", "SGD", {"momentum": 0.9, "nesterov": True}),
    ("adam", {}, 0.0, "coupled", "Adam", {}),
    ("adam", {}, 0.1, "coupled", "Adam", {}),
    ("adam", {"amsgrad": 1}, 0.1, "coupled", "Adam", {"amsgrad": True}),
    ("adamw", {}, 0.1, "decoupled", "AdamW", {}),
    ("adamw", {"beta1": 0.8, "beta2": 0.95, "eps": 1e-6}, 0.1, "decoupled", "AdamW",
     {"betas": (0.8, 0.95), "eps": 1e-6}),
    ("adam", {"amsgrad": 1}, 0.1, "decoupled", "AdamW", {"amsgrad": True}),
    # foreach: the single-tensor path of 1.13 multiplies by mu once too often.
    ("nadam", {}, 0.0, "coupled", "NAdam", {"foreach": True}),
    ("nadam", {}, 0.1, "coupled", "NAdam", {"foreach": True}),
    ("radam", {}, 0.1, "coupled", "RAdam", {}),
    ("adamax", {}, 0.1, "coupled", "Adamax", {}),
    ("adagrad", {}, 0.1, "coupled", "Adagrad", {}),
    ("adagrad", {"lr_decay": 0.01, "initial_accumulator_value": 0.5}, 0.1, "coupled", "Adagrad",
     {"lr_decay": 0.01, "initial_accumulator_value": 0.5}),
    ("adadelta", {}, 0.1, "coupled", "Adadelta", {}),
    ("rmsprop", {}, 0.1, "coupled", "RMSprop", {}),
    ("rmsprop", {"momentum": 0.9}, 0.1, "coupled", "RMSprop", {"momentum": 0.9}),
    ("rmsprop", {"momentum": 0.9, "centered": 1}, 0.1, "coupled", "RMSprop", {"momentum": 0.9, "centered": True}),
    ("asgd", {}, 0.1, "coupled", "ASGD", {}),
    ("rprop", {}, 0.0, "none", "Rprop", {}),
]


def main():
    runs = []
    for rule, options, decay, law, cls, torch_options in RUNS:
        keywords = dict(torch_options, lr=0.01)
        if cls != "Rprop":
            keywords["weight_decay"] = decay
        weights = run(lambda p: getattr(torch.optim, cls)(p, **keywords))
        runs.append({"rule": rule, "options": options, "law": law, "decay": decay, "lr": 0.01, "weights": weights})
    file = {"torch": torch.__version__, "count": COUNT, "runs": runs}
    lines = json.dumps(file, indent=1).replace("\n     ", " ")
    pathlib.Path(__file__).with_name("torch_trajectories.json").write_text(lines + "\n")


main()
