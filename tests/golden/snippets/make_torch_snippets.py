"""Writes torch_snippets.json: the code that the report prints for PyTorch, and the weights it trains.

    build/release/write_snippets json | /usr/bin/python3 tests/golden/snippets/make_torch_snippets.py
                                                       (Debian 12's python3-torch, 1.13.1)

The code runs as it was printed, in double; gradients and weights are dyadic fractions (cases.cc).
"""
import json
import math
import pathlib
import sys

import torch

STEPS = 20
ODD_NAME = 'a "gain" \\ with a name of more than forty characters'
SHAPES = {"layers.0.weight": (3, 4), "layers.0.bias": (3,), ODD_NAME: (3,), "layers.1.weight": (2, 3),
          "layers.1.bias": (2,)}


class Model:
    def __init__(self):
        self.tensors = {}
        for t, (name, shape) in enumerate(SHAPES.items()):
            values = [((i * 5 + t * 2) % 11) / 4 - 1.25 for i in range(math.prod(shape))]
            self.tensors[name] = torch.tensor(values, dtype=torch.float64).reshape(shape).requires_grad_()

    def named_parameters(self):
        return self.tensors.items()

    def parameters(self):
        return self.tensors.values()

    def give_gradients(self, step):
        for t, p in enumerate(self.parameters()):
            values = [((i * 7 + t * 3 + step * 13) % 17) / 8 - 1 for i in range(p.numel())]
            p.grad = torch.tensor(values, dtype=torch.float64).reshape(p.shape)


def run(code):
    model = Model()
    scope = {"model": model}
    exec(code, scope)
    for step in range(1, STEPS + 1):
        model.give_gradients(step)
        scope["update"]() if "update" in scope else scope["optimizer"].step()
    return [p.detach().flatten().tolist() for p in model.parameters()]


def main():
    cases = {name: {"code": code, "weights": run(code)} for name, code in json.load(sys.stdin).items()}
    text = json.dumps({"torch": torch.__version__, "cases": cases}, indent=1)
    pathlib.Path(__file__).with_name("torch_snippets.json").write_text(text + "\n")


main()
