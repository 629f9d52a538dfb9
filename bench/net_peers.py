"""The peers of net_bench: PyTorch's and scikit-learn's training of the same net on the same data.

net_bench starts it (/usr/bin/python3, Debian's python3-torch and python3-sklearn) and speaks lines with it:
    started as   net_peers.py PEER THREADS DATA HIDDEN      PEER: torch, torch-default or sklearn; THREADS 0: as shipped
    it says      ready
    it is told   EPOCHS DECAY SEED
    it answers   SECONDS TRAIN_LOSS ACCURACY                 (accuracy on the held-out rows, in percent)
and ends at the end of its input. DATA is a folder with train.x, train.y, test.x, test.y (float32 rows, int32 classes).
"""
import sys
import time
import warnings

import numpy as np

BATCH = 128
LR = 1e-3


def load(folder):
    parts = {}
    for part in ("train", "test"):
        classes = np.fromfile(f"{folder}/{part}.y", dtype=np.int32)
        inputs = np.fromfile(f"{folder}/{part}.x", dtype=np.float32).reshape(len(classes), -1)
        parts[part] = (inputs, classes)
    return parts


class Torch:
    """AdamW over batches cut from one shuffled copy an epoch or picked by index, whichever is faster here."""

    def __init__(self, parts, hidden, threads, foreach):
        import torch
        self.torch = torch
        if threads > 0:
            torch.set_num_threads(threads)
        self.foreach = foreach
        self.hidden = hidden
        self.train = [torch.from_numpy(a) for a in parts["train"]]
        self.test = [torch.from_numpy(a) for a in parts["test"]]
        self.train[1] = self.train[1].long()
        self.test[1] = self.test[1].long()

    def run(self, epochs, decay, seed):
        torch = self.torch
        torch.manual_seed(seed)
        x, y = self.train
        model = torch.nn.Sequential(torch.nn.Linear(x.shape[1], self.hidden), torch.nn.ReLU(),
                                    torch.nn.Linear(self.hidden, 10))
        loss_of = torch.nn.CrossEntropyLoss()
        optimizer = torch.optim.AdamW(model.parameters(), lr=LR, weight_decay=decay, foreach=self.foreach)
        begin = time.perf_counter()
        for _ in range(epochs):
            order = torch.randperm(len(x))
            total = 0.0
            for at in range(0, len(x), BATCH):
                rows = order[at:at + BATCH]
                loss = loss_of(model(x[rows]), y[rows])
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
                total += loss.item() * len(rows)
            with torch.no_grad():
                accuracy = (model(self.test[0]).argmax(1) == self.test[1]).float().mean().item()
        return time.perf_counter() - begin, total / len(x), accuracy


class Sklearn:
    """MLPClassifier: Adam with its alpha, the decay in its units (alpha / 2 * ||w||^2 / batch rows)."""

    def __init__(self, parts, hidden):
        self.parts = parts
        self.hidden = hidden

    def run(self, epochs, decay, seed):
        from sklearn.neural_network import MLPClassifier
        warnings.filterwarnings("ignore")  # that it has not converged after so few epochs
        x, y = self.parts["train"]
        model = MLPClassifier((self.hidden,), alpha=decay * BATCH, batch_size=BATCH, learning_rate_init=LR,
                              max_iter=epochs, random_state=seed, tol=0, n_iter_no_change=epochs + 1)
        begin = time.perf_counter()
        model.fit(x, y)
        accuracy = model.score(*self.parts["test"])
        return time.perf_counter() - begin, model.loss_, accuracy


def main():
    peer, threads, folder, hidden = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    parts = load(folder)
    if peer == "sklearn":
        runner = Sklearn(parts, hidden)
    else:
        runner = Torch(parts, hidden, threads, foreach=True if peer == "torch" else None)
    runner.run(1, 0.0, 1)  # warm
    print("ready", flush=True)
    for line in sys.stdin:
        epochs, decay, seed = line.split()
        seconds, loss, accuracy = runner.run(int(epochs), float(decay), int(seed))
        print(f"{seconds:.6f} {loss:.6f} {100 * accuracy:.3f}", flush=True)


if __name__ == "__main__":
    main()
