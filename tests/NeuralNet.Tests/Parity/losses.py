"""Writes losses.json: values and gradients of every loss, as PyTorch computes them and as they are.

    /usr/bin/python3 losses.py

Written with PyTorch 1.13.0 and mpmath 1.2.1. A case has outputs and targets, `rows` to a sample, column after column, and
the losses of its samples and their gradients twice: "torch", from PyTorch's function and its autograd in float64, null
where PyTorch has none; and "exact", the formula in 60 digits, rounded once. Samples for which PyTorch gives NaN, such as
0 times infinity, are left out: nothing is defined there.
"""
import json
import math
import os
import random

import torch
import torch.nn.functional as F
from mpmath import exp, inf, log, log1p, mp, mpf, sqrt, tanh

mp.dps = 60
random.seed(20260401)
CASES = []


def number(x):
    x = float(x)
    return x if math.isfinite(x) else {math.inf: "Infinity", -math.inf: "-Infinity"}[x]


def add(loss, rows, samples, torch_loss, exact, **options):
    """samples: pairs of an output and a target list; torch_loss: batch × rows tensors to losses;
    exact: an output and a target list to a loss and its gradient."""
    if torch_loss is not None:
        kept = []
        for o, t in samples:
            losses, gradient = by_torch(torch_loss, [(o, t)])
            if not any(math.isnan(x) for x in losses + gradient):
                kept.append((o, t))
        samples = kept
    case = {
        "loss": loss,
        "options": options,
        "rows": rows,
        "outputs": [number(x) for o, _ in samples for x in o],
        "targets": [number(x) for _, t in samples for x in t],
        "torch": None,
    }
    if torch_loss is not None:
        losses, gradient = by_torch(torch_loss, samples)
        case["torch"] = {"losses": [number(x) for x in losses], "gradient": [number(x) for x in gradient]}
    results = [exact([mpf(x) for x in o], [mpf(x) for x in t]) for o, t in samples]
    case["exact"] = {
        "losses": [number(value) for value, _ in results],
        "gradient": [number(x) for _, gradient in results for x in gradient],
    }
    CASES.append(case)


def by_torch(loss, samples):
    o = torch.tensor([o for o, _ in samples], dtype=torch.float64, requires_grad=True)
    t = torch.tensor([t for _, t in samples], dtype=torch.float64)
    losses = loss(o, t)
    losses.sum().backward()
    return losses.tolist(), o.grad.flatten().tolist()


def mean_of(element):
    """The exact mean over outputs of an element's loss."""

    def exact(o, t):
        parts = [element(x, y) for x, y in zip(o, t)]
        return sum(p[0] for p in parts) / len(o), [p[1] / len(o) for p in parts]

    return exact


def per_sample(function, **options):
    return lambda o, t: function(o, t, reduction="none", **options).mean(dim=1)


def elementwise(loss, torch_loss, element, outputs, targets, **options):
    """Every output with every target, a sample of one each; then a few samples of five."""
    single = [([o], [t]) for o in outputs for t in targets]
    add(loss, 1, single, torch_loss, mean_of(element), **options)
    finite = [o for o in outputs if math.isfinite(o) and abs(o) < 100]
    several = [([random.choice(finite) for _ in range(5)], [random.choice(targets) for _ in range(5)]) for _ in range(3)]
    add(loss, 5, several, torch_loss, mean_of(element), **options)


def sign(x):
    return mpf((x > 0) - (x < 0))


REAL = [0.0, 1e-8, -1e-8, 1e-3, 0.3, -0.3, 0.999, 1.0, 2.5, -2.5, 20.0, -20.0, 1e3, -1e3, math.inf, -math.inf]

# Errors of outputs against targets.
TARGETS = [0.0, 1.0, -0.7]
elementwise("MeanSquaredError", per_sample(F.mse_loss), lambda o, t: ((o - t) ** 2, 2 * (o - t)), REAL, TARGETS)
elementwise("MeanAbsoluteError", per_sample(F.l1_loss), lambda o, t: (abs(o - t), sign(o - t)), REAL, TARGETS)
for delta in (1.0, 0.25, 3.0):

    def huber(o, t, delta=mpf(delta)):
        r = o - t
        return (r * r / 2, r) if abs(r) <= delta else (delta * (abs(r) - delta / 2), delta * sign(r))

    elementwise("Huber", per_sample(F.huber_loss, delta=delta), huber, REAL, TARGETS, delta=delta)


def log_cosh(o, t):
    # In 60 digits nothing is lost to log 2 even at 1e-8: log cosh is about 1e-16 there.
    r = abs(o - t)
    return (inf if r == inf else r + log1p(exp(-2 * r)) - log(2)), tanh(o - t)


elementwise("LogCosh", None, log_cosh, REAL + [1e-5, 0.5, -0.9999999, 1.0000001, 700.0], TARGETS)

# Yes-or-no questions.
YES_NO = [0.0, 1.0, 0.25]


def binary(o, t):
    yes = max(log(o), mpf(-100)) if o > 0 else mpf(-100)
    no = max(log1p(-o), mpf(-100)) if o < 1 else mpf(-100)
    return -t * yes - (1 - t) * no, (o - t) / max(o * (1 - o), mpf(1e-12))


elementwise("BinaryCrossEntropy", per_sample(F.binary_cross_entropy), binary,
            [0.0, 1e-300, 1e-8, 0.3, 0.5, 0.999, 1 - 1e-8, 1.0], YES_NO)

for weight in (1.0, 3.0):

    def sigmoid(z, t, p=mpf(weight)):
        softplus = lambda x: x if x == inf else mpf(0) if x == -inf else log1p(exp(x))
        yes = 1 / (1 + exp(-z))
        no = 1 / (1 + exp(z))
        return (1 - t) * softplus(z) + p * t * softplus(-z), (1 - t) * yes - p * t * no

    elementwise("SigmoidCrossEntropy",
                per_sample(F.binary_cross_entropy_with_logits, pos_weight=torch.tensor(weight, dtype=torch.float64)),
                sigmoid, REAL, YES_NO, positiveWeight=weight)

# Margins, of which PyTorch has none for two classes.
SIDES = [-1.0, 1.0, 0.5]
elementwise("Hinge", None, lambda o, t: (max(0, 1 - t * o), -t if 1 - t * o > 0 else mpf(0)), REAL, SIDES)
elementwise("SquaredHinge", None, lambda o, t: (max(0, 1 - t * o) ** 2, -2 * t * max(0, 1 - t * o)), REAL, SIDES)

# Counts.
COUNTS = [0.0, 1.0, 7.0]
elementwise("Poisson", per_sample(F.poisson_nll_loss, log_input=True),
            lambda o, t: (inf, inf) if exp(o) > mpf(1.8e308) else (exp(o) - t * o, exp(o) - t),
            [x for x in REAL if x != math.inf], COUNTS, logInput=True)
for epsilon in (1e-8, 1e-3):
    elementwise("Poisson", per_sample(F.poisson_nll_loss, log_input=False, eps=epsilon),
                lambda o, t, e=mpf(epsilon): (o - t * log(o + e), 1 - t / (o + e)),
                [0.0, 1e-8, 0.3, 1.0, 2.5, 20.0, 1e3], COUNTS, logInput=False, epsilon=epsilon)

# Classes.
LOGITS = [
    [0.3, -1.2, 2.5, 0.0], [0.0, 0.0, 0.0, 0.0], [1e-8, -1e-8, 0.0, 1e-8], [20.0, -20.0, 0.0, 5.0],
    [1e3, -1e3, 1e3, 0.0], [-1e3, -1e3, -999.0, -1001.0],
]
DISTRIBUTIONS = [[0.0, 0.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0], [0.5, 0.125, 0.25, 0.125]]
CLASS_WEIGHTS = [0.5, 1.0, 2.0, 0.25]
SAMPLES = [(z, t) for z in LOGITS for t in DISTRIBUTIONS]


def log_softmax(z):
    total = log(sum(exp(x - max(z)) for x in z)) + max(z)
    return [x - total for x in z]


for smoothing in (0.0, 0.1):
    for weights in (None, CLASS_WEIGHTS):

        def softmax(z, t, s=mpf(smoothing), w=weights or [1] * 4):
            u = [wi * ((1 - s) * ti + s * sum(t) / len(t)) for wi, ti in zip(w, t)]
            logs = log_softmax(z)
            return -sum(ui * li for ui, li in zip(u, logs)), [exp(li) * sum(u) - ui for ui, li in zip(u, logs)]

        w = None if weights is None else torch.tensor(weights, dtype=torch.float64)
        add("SoftmaxCrossEntropy", 4, SAMPLES,
            lambda o, t, w=w, s=smoothing: F.cross_entropy(o, t, weight=w, label_smoothing=s, reduction="none"),
            softmax, labelSmoothing=smoothing, classWeights=weights)

# Outputs as LogSoftmax gives them.
LOGARITHMS = [([float(x) for x in log_softmax([mpf(x) for x in z])], t) for z, t in SAMPLES]
for weights in (None, CLASS_WEIGHTS):

    def likelihood(o, t, w=weights or [1] * 4):
        return -sum(wi * ti * oi for wi, ti, oi in zip(w, t, o)), [-wi * ti for wi, ti in zip(w, t)]

    w = None if weights is None else torch.tensor(weights, dtype=torch.float64)
    add("NegativeLogLikelihood", 4, [(o, t) for o, t in LOGARITHMS if max(t) == 1],
        lambda o, t, w=w: F.nll_loss(o, t.argmax(dim=1), weight=w, reduction="none"), likelihood, classWeights=weights)
    add("NegativeLogLikelihood", 4, [(o, t) for o, t in LOGARITHMS if max(t) < 1], None, likelihood, classWeights=weights)


def divergence(o, t):
    return sum(ti * (log(ti) - oi) for ti, oi in zip(t, o) if ti > 0), [-ti for ti in t]


add("KullbackLeiblerDivergence", 4, LOGARITHMS, lambda o, t: F.kl_div(o, t, reduction="none").sum(dim=1), divergence)

# Directions.
EPSILON = mpf(1e-12)


def cosine(o, t):
    a = sum(x * x for x in o) + EPSILON
    b = sum(x * x for x in t) + EPSILON
    product = sum(x * y for x, y in zip(o, t))
    root = sqrt(a * b)
    return 1 - product / root, [(product / a * x - y) / root for x, y in zip(o, t)]


V = [[random.uniform(-1, 1) for _ in range(4)] for _ in range(6)]
ZERO = [0.0] * 4
add("CosineSimilarity", 4,
    [(V[0], V[1]), (V[2], V[3]), ([1e3 * x for x in V[4]], V[5]), ([1e-8 * x for x in V[0]], V[1]),
     ([20 * x for x in V[2]], [1e3 * x for x in V[4]]), (V[3], V[3]), (V[3], [-2 * x for x in V[3]]),
     (ZERO, V[1]), (V[1], ZERO), (ZERO, ZERO), ([1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0])],
    lambda o, t: F.cosine_embedding_loss(o, t, torch.ones(len(o), dtype=torch.float64), reduction="none"), cosine)

# Quantiles, of which PyTorch has no loss: outputs with all levels of a first number, then all of a second.
LEVELS = [0.05, 0.5, 0.9]


def quantile(o, t, levels=LEVELS):
    errors = [x - y for x, y in zip(o, t)]
    slopes = [1 - mpf(q) if r > 0 else -mpf(q) if r < 0 else mpf(0) for r, q in zip(errors, levels * (len(o) // len(levels)))]
    return sum(s * r for s, r in zip(slopes, errors) if r != 0) / len(o), [s / len(o) for s in slopes]


add("QuantileLoss", 3,
    [([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]), ([0.3, 0.3, 0.3], [1.0, 1.0, 1.0]), ([2.5, -2.5, 1e-8], [-0.7, -0.7, -0.7]),
     ([1e3, -1e3, 20.0], [1.0, 1.0, 1.0]), ([1e-8, -1e-8, 0.0], [0.0, 0.0, 0.0])], None, quantile, quantiles=LEVELS)
add("QuantileLoss", 6,
    [([0.1, 0.2, 0.3, 1.1, 1.2, 1.3], [0.2, 0.2, 0.2, 1.4, 1.4, 1.4]),
     ([-3.0, 0.5, 7.0, 4.0, -0.25, 2.0], [0.5, 0.5, 0.5, -1.0, -1.0, -1.0])], None, quantile, quantiles=LEVELS)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "losses.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case) for case in CASES) + "\n]\n")
