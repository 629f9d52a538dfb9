"""Writes torch_nets.json: nets trained by PyTorch for 20 steps, in double.

    /usr/bin/python3 tests/golden/make_torch_net_golden.py      (Debian 12's python3-torch, 1.13.1)

Weights and rows are dyadic fractions of a formula that the test has too, so every program starts
from the same numbers and takes the same batches: rows 8 k .. 8 k + 7 of 40 at step k, in turns.
"""
import json
import pathlib

import torch

INPUTS, ROWS, BATCH, STEPS = 6, 40, 8, 20


def values(count, seed):
    return [((i * 7 + i * i * 3 + seed * 5) % 23 - 11) / 16 for i in range(count)]


def tensor(shape, seed):
    count = 1
    for size in shape:
        count *= size
    return torch.tensor(values(count, seed), dtype=torch.float64).reshape(shape)


class Net(torch.nn.Module):
    def __init__(self, hidden, outputs, activation, layer_norm):
        super().__init__()
        sizes = [INPUTS] + hidden + [outputs]
        self.layers = torch.nn.ModuleList(
            torch.nn.Linear(a, b, dtype=torch.float64) for a, b in zip(sizes, sizes[1:]))
        self.norms = torch.nn.ModuleList(
            torch.nn.LayerNorm(size, dtype=torch.float64) for size in hidden) if layer_norm else None
        self.activation = activation
        with torch.no_grad():
            for l, layer in enumerate(self.layers):
                layer.weight.copy_(tensor(layer.weight.shape, 10 + l))
                layer.bias.copy_(tensor(layer.bias.shape, 20 + l))

    def forward(self, x):
        for l, layer in enumerate(self.layers[:-1]):
            x = layer(x)
            if self.norms is not None:
                x = self.norms[l](x)
            x = self.activation(x)
        return self.layers[-1](x)


ACTIVATIONS = {"relu": torch.relu, "gelu": torch.nn.functional.gelu, "tanh": torch.tanh}

# hidden, classes (0: numbers), activation, layer norm, biases and norms decayed too
NETS = [([5], 3, "relu", False, False), ([5], 3, "relu", False, True), ([5, 4], 3, "gelu", True, False),
        ([5, 4], 0, "tanh", True, True), ([], 3, "relu", False, False)]


def run(hidden, classes, activation, layer_norm, decay_all):
    net = Net(hidden, classes or 1, ACTIVATIONS[activation], layer_norm)
    x = tensor((ROWS, INPUTS), 1)
    labels = torch.tensor([(i * i + i // 3) % max(classes, 1) for i in range(ROWS)])
    numbers = tensor((ROWS,), 2)
    weights = [p for p in net.parameters() if p.ndim > 1]
    others = [p for p in net.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": weights, "weight_decay": 0.5},
                                   {"params": others, "weight_decay": 0.5 if decay_all else 0.0}], lr=0.01)
    losses = []
    for step in range(STEPS):
        first = step * BATCH % ROWS
        outputs = net(x[first:first + BATCH])
        if classes:
            loss = torch.nn.functional.cross_entropy(outputs, labels[first:first + BATCH])
        else:
            loss = 0.5 * torch.nn.functional.mse_loss(outputs[:, 0], numbers[first:first + BATCH])
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    final = {}
    for l, layer in enumerate(net.layers):
        final["layers.%d.weight" % l] = layer.weight.detach().flatten().tolist()
        final["layers.%d.bias" % l] = layer.bias.detach().tolist()
        if net.norms is not None and l < len(hidden):
            final["layers.%d.norm.gain" % l] = net.norms[l].weight.detach().tolist()
            final["layers.%d.norm.shift" % l] = net.norms[l].bias.detach().tolist()
    return {"hidden": hidden, "classes": classes, "activation": activation, "layer_norm": layer_norm,
            "decay_all": decay_all, "losses": losses, "final": final}


if __name__ == "__main__":
    path = pathlib.Path(__file__).parent / "torch_nets.json"
    path.write_text(json.dumps({"torch": torch.__version__, "nets": [run(*net) for net in NETS]}, indent=1) + "\n")
