"""Do the programs agree on a work? check.py FOLDER reads FOLDER/found/*.json, says how far each is from halflife, and
ends with 1 where one is farther than its tolerance. A process of its own, so that run.py stays small."""
import json
import pathlib
import sys

import numpy as np

# How far a peer's validation loss may be from halflife's, relative to it, at its default precision:
# - direct solutions (Ridge, RidgeCV) differ by the millionths that columns were rounded to, and where folds are not of
#   equal size by the one alpha for all of them: 128 rows train on 102 or 103, 0.6 % in decay, and a loss moves by
#   at most its own share of that. Leave-one-out keeps means and scales of all rows: 1/n of the loss.
DIRECT = 1e-5
UNEQUAL_FOLDS = 1e-2
# - the iterations of glmnet stop when a step lowers the objective by less than 1e-7 of the null deviance, the lasso of
#   scikit-learn at a gap of 1e-4 of it. The sum of the steps left out is larger where columns are correlated: a loss
#   may be off by a thousandth, a few times that where the target is not judged in its own square.
ITERATED = 3e-3
# - a classifier stopped at a gradient of norm g is within g / decay of its minimum. Peers stop at 1e-4 and below, and
#   the held-out loss has a slope of about .01 there. Beside that 0/1 columns of rare levels are scaled over all rows
#   for scikit-learn, over a fold's for the others.
CLASSIFIED = 5e-3
STOPPED_EARLY = 1e-6


def tolerance(peer, work, decays):
    """How far the losses may be from halflife's at each decay; see above."""
    unequal = work["rows"] % work["folds"] != 0
    if work["family"] != "gaussian":
        return CLASSIFIED + STOPPED_EARLY / decays
    exact = DIRECT + 1 / work["rows"] if peer in ("GridSearchCV(Ridge)", "RidgeCV") else ITERATED
    return np.full(len(decays), UNEQUAL_FOLDS if unequal else exact)


class Rows:
    """The rows on which final fits are judged."""

    def __init__(self, folder, meta):
        self.y = np.fromfile(folder / "y.bin")
        self.x = np.fromfile(folder / "x.bin").reshape(-1, len(self.y)).T
        self.work = meta["work"]
        self.place = {tuple(name): i for i, name in enumerate(meta["inputs"])}

    def weights(self, solution):
        """Weights over the columns of x (standardised already), by class."""
        found = np.array(solution["weights"], dtype=float)
        if "inputs" not in solution:
            return found
        full = np.zeros((len(found), self.x.shape[1]))
        full[:, [self.place[tuple(name)] for name in solution["inputs"]]] = found
        return full

    def gap(self, solution):
        """Duality gap relative to the objective without weights; also the number of weights that are not 0."""
        w = self.weights(solution)[0]
        n, decay, ratio = len(self.y), solution["decay"], self.work["ratio"]
        l1, l2 = decay * ratio, decay * (1 - ratio)
        y = self.y - self.y.mean()
        left = y - self.x @ w
        # Rows sqrt(n * l2) * I under x make a lasso of the elastic net; what is left there is -sqrt(n * l2) * w.
        square = left @ left + n * l2 * (w @ w)
        steepest = np.abs(self.x.T @ left - n * l2 * w).max()
        share = min(1, n * l1 / steepest)
        primal = square / (2 * n) + l1 * np.abs(w).sum()
        target_less = y - share * left
        dual = (y @ y - target_less @ target_less - n * l2 * share ** 2 * (w @ w)) / (2 * n)
        return (primal - dual) / (y @ y / (2 * n)), np.count_nonzero(w)

    def gradient(self, solution):
        """Norm of the gradient of the total loss over weights and intercepts."""
        w = self.weights(solution)
        score = self.x @ w.T + np.array(solution["intercept"])
        if self.work["family"] == "gaussian":
            error = score - self.y[:, None]
        elif self.work["family"] == "binomial":
            error = 1 / (1 + np.exp(-score)) - self.y[:, None]
        else:
            chance = np.exp(score - score.max(axis=1, keepdims=True))
            chance /= chance.sum(axis=1, keepdims=True)
            error = chance - (self.y[:, None] == np.unique(self.y))
        of_weights = error.T @ self.x / len(self.y) + solution["decay"] * w
        return np.hypot(np.linalg.norm(of_weights), np.linalg.norm(error.mean(axis=0)))


def compare_curves(peer, found, ours, work):
    """A sentence about the validation losses, and whether they agree."""
    key = "loo" if peer == "RidgeCV" else "loss"
    if key not in ours:
        return "leave-one-out of halflife is not there yet: not compared", True
    at = {decay: loss for decay, loss in zip(ours["decays"], ours[key])}
    both = [(d, l, at[d]) for d, l in zip(found["decays"], found["loss"]) if d in at and l == l]
    if not both:
        return "no decay in common", False
    decays, theirs, mine = (np.array(column) for column in zip(*both))
    off = np.abs(theirs - mine) / mine
    allowed = tolerance(peer, work, decays)
    worst = (off / allowed).argmax()
    # A peer's own best may be one where its losses are off by what is allowed.
    lost = (mine[theirs.argmin()] - mine.min()) / mine.min()
    words = (f"losses at {len(both)} of {len(found['decays'])} decays agree to {off.max():.1e} ({off[worst]:.1e} of "
             f"{allowed[worst]:.1e} allowed at {decays[worst]:.2g}), best decay {decays[theirs.argmin()]:.3g}, of "
             f"halflife {decays[mine.argmin()]:.3g}, whose loss is lower by {lost:.1e}")
    return words, (off <= allowed).all() and lost <= 2 * allowed[theirs.argmin()]


def describe_fits(rows, found):
    """How well each kept fit is solved, as one sentence."""
    parts = []
    for solution in found["solutions"]:
        if rows.work["ratio"]:
            gap, count = rows.gap(solution)
            parts.append(f"{gap:.1e} with {count} weights at {solution['decay']:.3g}")
        else:
            parts.append(f"{rows.gradient(solution):.1e} at {solution['decay']:.3g}")
    return ("relative gap " if rows.work["ratio"] else "gradient norm ") + ", ".join(parts)


def main():
    folder = pathlib.Path(sys.argv[1])
    meta = json.loads((folder / "meta.json").read_text())
    work = meta["work"]
    found = {path.stem: json.loads(path.read_text()) for path in sorted((folder / "found").glob("*.json"))}
    agreed = True
    if work["job"] == "read":
        for peer in found.keys() - {"halflife"}:
            agreed &= found[peer]["rows"] == work["rows"]
            print(f"  {peer}: {found[peer]['rows']} rows, {found[peer]['columns']} columns")
        return 0 if agreed else 1
    if not (folder / "x.bin").exists():
        return 0
    rows = Rows(folder, meta)
    for name, one in found.items():
        print(f"  {name}: {describe_fits(rows, one)}")
        if name != "halflife" and "halflife" in found:
            words, fine = compare_curves(name, one, found["halflife"], work)
            print(f"  {name}: {words}" + ("" if fine else "   DISAGREES"))
            agreed &= fine
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
