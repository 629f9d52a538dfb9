"""Reference fits of   mean loss + decay/2 * ||w||^2   in double precision, slow and exact.

Every fit starts from the singular value decomposition of the standardised training matrix and stays
in its row space, where the solution lies, so dependent columns and p > n need no special case.
"""
import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import linprog
from scipy.special import expit, logsumexp, softmax


class Decomposed:
    """X = U diag(s) V' without the singular values that are zero to rounding."""

    def __init__(self, x):
        u, s, vt = np.linalg.svd(x, full_matrices=False)
        tolerance = np.finfo(float).eps * max(x.shape) * s[0]
        self.rank = int((s > tolerance).sum())
        self.kept, self.cut = s[self.rank - 1] / s[0], s[self.rank] / s[0] if self.rank < s.size else 0.0
        self.x, self.rows = x, x.shape[0]
        self.u, self.s, self.v = u[:, :self.rank], s[:self.rank], vt[:self.rank].T

    def effective_dof(self, decay):
        eigenvalues = self.s**2 / self.rows
        return float((eigenvalues / (eigenvalues + decay)).sum())


class Linear:
    """Loss 1/2 (y - f)^2. Decay 0 gives the minimum-norm solution."""

    @staticmethod
    def fit(parts, y, decay):
        share = parts.s / (parts.s**2 + parts.rows * decay)
        return parts.v @ (share * (parts.u.T @ (y - y.mean()))), y.mean()

    @staticmethod
    def predict(x, weights, intercept):
        return x @ weights + intercept

    @staticmethod
    def losses(prediction, y):
        return 0.5 * (y - prediction)**2


class Binary:
    """Log loss of one logit; y is 0 or 1."""

    predict = Linear.predict

    @staticmethod
    def losses(logit, y):
        return np.logaddexp(0.0, np.where(y == 1, -logit, logit))

    @staticmethod
    def classify(logit):
        return (logit > 0).astype(int)

    @classmethod
    def fit(cls, parts, y, decay):
        return newton(parts, y, decay, 1)


class Softmax:
    """Log loss of one logit a class; y is the class number. The intercepts are chosen to sum to 0."""

    predict = Linear.predict

    @staticmethod
    def losses(logits, y):
        return logsumexp(logits, axis=1) - logits[np.arange(y.size), y]

    @staticmethod
    def classify(logits):
        return logits.argmax(axis=1)

    @classmethod
    def fit(cls, parts, y, decay):
        return newton(parts, y, decay, int(y.max()) + 1)


def newton(parts, y, decay, outputs):
    """Damped exact Newton; row r of `theta` holds output r's weights in the row space, then its intercept."""
    z = np.column_stack([parts.u * parts.s, np.ones(parts.rows)])
    decays = np.append(np.full(parts.rank, float(decay)), 0.0)
    loss = Binary.losses if outputs == 1 else Softmax.losses
    onehot = y[:, None].astype(float) if outputs == 1 else np.eye(outputs)[y]

    def evaluate(theta):
        logits = z @ theta.T
        p = expit(logits) if outputs == 1 else softmax(logits, axis=1)
        value = loss(logits[:, 0] if outputs == 1 else logits, y).mean() + 0.5 * (decays * theta**2).sum()
        return value, (p - onehot).T @ z / parts.rows + decays * theta, p

    def hessian(p):
        size = z.shape[1]
        full = np.empty((outputs, size, outputs, size))
        for a in range(outputs):
            for b in range(a, outputs):
                curvature = p[:, a] * ((a == b) - p[:, b])
                full[a, :, b] = full[b, :, a] = z.T @ (curvature[:, None] * z) / parts.rows
            full[a, :, a] += np.diag(decays)
        if outputs > 1:  # adding one number to every intercept changes nothing: forbid that direction
            full[:, -1, :, -1] += 1.0
        return full.reshape(outputs * size, outputs * size)

    theta = np.zeros((outputs, z.shape[1]))
    value, gradient, p = evaluate(theta)
    for _ in range(200):
        norm = np.linalg.norm(gradient)
        step = -cho_solve(cho_factor(hessian(p)), gradient.ravel()).reshape(theta.shape)
        slope, scale = (gradient * step).sum(), 1.0
        while True:
            trial = theta + scale * step
            new_value, new_gradient, new_p = evaluate(trial)
            if new_value <= value + 1e-4 * scale * slope or np.linalg.norm(new_gradient) < norm or scale < 1e-9:
                break
            scale /= 2
        if norm < 1e-12 and np.linalg.norm(new_gradient) >= 0.5 * norm:
            break  # rounding has been reached
        theta, value, gradient, p = trial, new_value, new_gradient, new_p
    weights, intercept = parts.v @ theta[:, :-1].T, theta[:, -1]
    if outputs == 1:
        weights, intercept = weights[:, 0], intercept[0]
    assert gradient_norm(parts.x, y, decay, weights, intercept) < 1e-10, "Newton's method did not converge"
    return weights, intercept


def gradient_norm(x, y, decay, weights, intercept, share=None):
    """Of the objective itself, in the coordinates of the standardised columns; `share` is each row's part of the mean."""
    share = np.full(len(y), 1 / len(y)) if share is None else share
    logits = x @ weights + intercept
    if weights.ndim == 1:
        residual = (expit(logits) - y) * share
    else:
        residual = (softmax(logits, axis=1) - np.eye(weights.shape[1])[y]) * share[:, None]
    blocks = x.T @ residual + decay * weights, residual.sum(axis=0)
    return float(np.sqrt(sum((block**2).sum() for block in blocks)))


def is_separable(parts, y):
    """Whether some direction lowers no row's margin and raises one: then decay 0 has no finite optimum."""
    z = np.column_stack([parts.u * np.sqrt(parts.rows), np.ones(parts.rows)])
    margins = np.where(y == 1, 1.0, -1.0)[:, None] * z
    answer = linprog(-margins.mean(axis=0), A_ub=-margins, b_ub=np.zeros(len(y)), bounds=(-1, 1), method="highs")
    assert answer.status == 0, answer.message
    return -answer.fun > 1e-7
