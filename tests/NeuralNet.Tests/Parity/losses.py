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

FINITE = [x for x in REAL if math.isfinite(x)]

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

# Numbers above 0 of several sizes, of which PyTorch has no functions: Keras's formulas.
SIZES = [1e-8, 0.3, 0.999, 1.0, 2.5, 20.0, 1e3]
elementwise("MeanSquaredLogarithmicError",
            lambda o, t: ((torch.log1p(o) - torch.log1p(t)) ** 2).mean(dim=1),
            lambda o, t: (log((1 + o) / (1 + t)) ** 2, 2 * log((1 + o) / (1 + t)) / (1 + o)),
            [0.0, -0.5] + SIZES, [0.0, 0.3, 7.0])
for epsilon in (1e-7, 0.5):
    elementwise("MeanAbsolutePercentageLoss",
                lambda o, t, e=epsilon: (torch.abs(o - t) / torch.clamp(torch.abs(t), min=e)).mean(dim=1),
                lambda o, t, e=mpf(epsilon): (abs(o - t) / max(abs(t), e), sign(o - t) / max(abs(t), e)),
                FINITE, [0.3, -0.7, 20.0, 0.0], epsilon=epsilon)

# Yes-or-no questions.
YES_NO = [0.0, 1.0, 0.25]


def binary(o, t):
    yes = max(log(o), mpf(-100)) if o > 0 else mpf(-100)
    no = max(log1p(-o), mpf(-100)) if o < 1 else mpf(-100)
    return -t * yes - (1 - t) * no, (o - t) / max(o * (1 - o), mpf(1e-12))


elementwise("BinaryCrossEntropy", per_sample(F.binary_cross_entropy), binary,
            [0.0, 1e-300, 1e-8, 0.3, 0.5, 0.999, 1 - 1e-8, 1.0], YES_NO, labelSmoothing=0.0)

for weight in (1.0, 3.0):

    def sigmoid(z, t, p=mpf(weight)):
        softplus = lambda x: x if x == inf else mpf(0) if x == -inf else log1p(exp(x))
        yes = 1 / (1 + exp(-z))
        no = 1 / (1 + exp(z))
        return (1 - t) * softplus(z) + p * t * softplus(-z), (1 - t) * yes - p * t * no

    elementwise("SigmoidCrossEntropy",
                per_sample(F.binary_cross_entropy_with_logits, pos_weight=torch.tensor(weight, dtype=torch.float64)),
                sigmoid, REAL, YES_NO, positiveWeight=weight, labelSmoothing=0.0)

    # The weights of two outputs, and targets that are smoothed.
    smoothed = lambda t, s: (1 - s) * t + s / 2

    def of_two(z, t, p=(mpf(weight), mpf(0.5))):
        parts = [sigmoid(x, smoothed(y, mpf(0.2)), w) for x, y, w in zip(z, t, p)]
        return sum(part[0] for part in parts) / 2, [part[1] / 2 for part in parts]

    add("SigmoidCrossEntropy", 2, [([x, -x / 2], [a, b]) for x in FINITE for a in YES_NO for b in YES_NO],
        lambda o, t, w=weight: F.binary_cross_entropy_with_logits(
            o, smoothed(t, 0.2), pos_weight=torch.tensor([w, 0.5], dtype=torch.float64), reduction="none").mean(dim=1),
        of_two, positiveWeights=[weight, 0.5], labelSmoothing=0.2)


elementwise("BinaryCrossEntropy", lambda o, t: F.binary_cross_entropy(o, 0.8 * t + 0.1, reduction="none").mean(dim=1),
            lambda o, t: binary(o, (1 - mpf(0.2)) * t + mpf(0.2) / 2), [0.3, 0.5, 0.999], YES_NO, labelSmoothing=0.2)


# Focal loss: PyTorch's function is torchvision's sigmoid_focal_loss, line by line.
def torch_focal(o, t, gamma, alpha):
    p = torch.sigmoid(o)
    ce = F.binary_cross_entropy_with_logits(o, t, reduction="none")
    loss = ce * (1 - (p * t + (1 - p) * (1 - t))) ** gamma
    return (loss if alpha is None else (alpha * t + (1 - alpha) * (1 - t)) * loss).mean(dim=1)


for gamma, alpha in ((2.0, 0.25), (0.5, None), (0.0, 0.75)):

    def focal(z, t, g=mpf(gamma), a=alpha):
        yes, no = 1 / (1 + exp(-z)), 1 / (1 + exp(z))
        q = (1 - t) * yes + t * no
        c = (1 - t) * log1p(exp(z)) + t * log1p(exp(-z))
        w = 1 if a is None else mpf(a) * t + (1 - mpf(a)) * (1 - t)
        return w * q**g * c, w * (g * q**g * (1 - 2 * t) * yes * no / q * c + q**g * (yes - t))

    elementwise("SigmoidFocalLoss", lambda o, t, g=gamma, a=alpha: torch_focal(o, t, g, a), focal, FINITE, YES_NO,
                gamma=gamma, alpha=alpha)

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

# Focal loss of classes and cross-entropy of probabilities: Keras's formulas.
for gamma, weights in ((2.0, None), (0.5, CLASS_WEIGHTS)):

    def softmax_focal(z, t, g=mpf(gamma), w=weights or [1] * 4):
        p = [exp(x) for x in log_softmax(z)]
        q = [sum(p[:i] + p[i + 1:]) for i in range(len(p))]
        u = [wi * ti for wi, ti in zip(w, t)]
        h = [ui * qi**g * (g * pi * log(pi) / qi - 1) if ui else mpf(0) for ui, pi, qi in zip(u, p, q)]
        return -sum(ui * qi**g * log(pi) for ui, pi, qi in zip(u, p, q) if ui), [hi - pi * sum(h) for hi, pi in zip(h, p)]

    add("SoftmaxFocalLoss", 4, SAMPLES,
        lambda o, t, g=gamma, w=torch.tensor(weights or [1.0] * 4, dtype=torch.float64):
            -(w * t * (1 - F.softmax(o, dim=1)) ** g * F.log_softmax(o, dim=1)).sum(dim=1),
        softmax_focal, gamma=gamma, classWeights=weights)

SHARES = [([float(exp(x)) for x in log_softmax([mpf(x) for x in z])], t) for z, t in SAMPLES]
for smoothing, weights in ((0.0, None), (0.1, CLASS_WEIGHTS)):

    def categorical(o, t, s=mpf(smoothing), w=weights or [1] * 4):
        u = [wi * ((1 - s) * ti + s * sum(t) / len(t)) for wi, ti in zip(w, t)]
        logs = [max(log(oi), mpf(-100)) if oi > 0 else mpf(-100) for oi in o]
        return -sum(ui * li for ui, li in zip(u, logs)), [-ui / max(oi, mpf(1e-12)) for ui, oi in zip(u, o)]

    def torch_categorical(o, t, s=smoothing, w=torch.tensor(weights or [1.0] * 4, dtype=torch.float64)):
        return -(w * ((1 - s) * t + s * t.sum(dim=1, keepdim=True) / 4) * torch.log(o)).sum(dim=1)

    add("CategoricalCrossEntropy", 4, [(o, t) for o, t in SHARES if min(o) > 1e-12], torch_categorical, categorical,
        labelSmoothing=smoothing, classWeights=weights)
    add("CategoricalCrossEntropy", 4, [(o, t) for o, t in SHARES if min(o) <= 1e-12], None, categorical,
        labelSmoothing=smoothing, classWeights=weights)

# At each step: three of four classes. Masked, with the index of a class that PyTorch ignores.
LONG = [(sum((LOGITS[(i + k) % 6] for k in range(3)), []), sum((DISTRIBUTIONS[(i + k) % 3] for k in range(3)), []))
        for i in range(6)]


def mean_of_steps(o, t, element, known):
    parts = [element(o[i:i + 4], t[i:i + 4]) if k else (mpf(0), [mpf(0)] * 4) for i, k in zip((0, 4, 8), known)]
    n = max(1, sum(known))
    return sum(p[0] for p in parts) / n, [x / n for p in parts for x in p[1]]


def plain_softmax(z, t):
    logs = log_softmax(z)
    return -sum(ti * li for ti, li in zip(t, logs)), [exp(li) * sum(t) - ti for ti, li in zip(t, logs)]


add("LossPerStep", 12, LONG,
    lambda o, t: F.cross_entropy(o.reshape(-1, 4), t.reshape(-1, 4), reduction="none").reshape(-1, 3).mean(dim=1),
    lambda o, t: mean_of_steps(o, t, plain_softmax, [1, 1, 1]), steps=3)


def one_hot(label):
    return [-1.0] * 4 if label < 0 else [float(i == label) for i in range(4)]


def torch_ignoring(o, t):
    labels = torch.where(t[:, ::4] < 0, torch.tensor(-1), t.reshape(-1, 3, 4).argmax(dim=2))
    return torch.stack([F.cross_entropy(x.reshape(-1, 4), y, ignore_index=-1) for x, y in zip(o, labels)])


add("LossPerStep", 12,
    [(LONG[i][0], sum(map(one_hot, labels), [])) for i, labels in enumerate([(0, -1, 2), (-1, -1, 3), (1, 2, 3)])],
    torch_ignoring,
    lambda o, t: mean_of_steps(o, t, plain_softmax, [int(t[i] >= 0) for i in (0, 4, 8)]), steps=3, mask=-1.0)


def masked_sigmoid(z, t):
    known = [y >= 0 for y in t]
    n = max(1, sum(known))
    parts = [((1 - y) * log1p(exp(x)) + y * log1p(exp(-x)), 1 / (1 + exp(-x)) - y) if k else (mpf(0), mpf(0))
             for x, y, k in zip(z, t, known)]
    return sum(p[0] for p in parts) / n, [p[1] / n for p in parts]


def torch_masked(o, t):
    known = t >= 0
    losses = F.binary_cross_entropy_with_logits(o, torch.where(known, t, torch.zeros_like(t)), reduction="none")
    return (losses * known).sum(dim=1) / known.sum(dim=1).clamp(min=1)


add("MaskedLoss", 3,
    [([0.3, -1.2, 2.5], [1.0, -1.0, 0.0]), ([20.0, -20.0, 0.5], [-1.0, -1.0, 1.0]), ([1.0, 2.0, 3.0], [-1.0] * 3),
     ([1.0, -2.0, 3.0], [1.0, 0.0, 1.0])], torch_masked, masked_sigmoid, mask=-1.0)

# Areas: Keras's formula, of each sample.
for epsilon in (1e-7, 1.0):

    def dice(o, t, e=mpf(epsilon)):
        both = 2 * sum(x * y for x, y in zip(o, t)) + e
        total = sum(o) + sum(t) + e
        return 1 - both / total, [(both / total - 2 * y) / total for y in t]

    add("DiceLoss", 4,
        [([0.3, 0.9, 0.05, 0.6], [0.0, 1.0, 0.0, 1.0]), ([1.0, 0.0, 1.0, 0.0], [1.0, 0.0, 1.0, 0.0]),
         ([0.5] * 4, [0.0] * 4), ([0.2, 0.4, 0.6, 0.8], [0.25, 0.5, 1.0, 0.0])],
        lambda o, t, e=epsilon: 1 - (2 * (o * t).sum(dim=1) + e) / (o.sum(dim=1) + t.sum(dim=1) + e), dice,
        smoothing=epsilon)

# Means and variances, two numbers to a sample, each target twice.
NORMAL = [([random.uniform(-2, 2), random.uniform(-3, 3), random.uniform(-2, 2), random.uniform(-3, 3)],
           [t for t in (random.uniform(-2, 2), random.uniform(-2, 2)) for _ in range(2)]) for _ in range(6)]
NORMAL += [([0.5, 13.0, 1.0, -13.0], [0.5, 0.5, 1.25, 1.25]), ([30.0, 0.0, -1e3, 2.0], [0.0, 0.0, 7.0, 7.0])]


def normal(o, t, variance):
    loss, gradient = mpf(0), []
    for i in (0, 2):
        r = o[i] - t[i]
        v, slope = variance(o[i + 1])
        loss += (log(v) + r * r / v) / 2
        gradient += [r / v / 2, (1 / v - r * r / v**2) / 2 * slope / 2]
    return loss / 2, gradient


# PyTorch has the larger of variance and epsilon; here the two are added.
def torch_normal(variance):
    return lambda o, t: F.gaussian_nll_loss(o[:, ::2], t[:, ::2], variance(o[:, 1::2]), eps=1e-30,
                                            reduction="none").mean(dim=1)


add("GaussianNegativeLogLikelihood", 4, NORMAL, torch_normal(lambda s: torch.exp(s) + 1e-6),
    lambda o, t: normal(o, t, lambda s: (exp(s) + mpf(1e-6), exp(s))), logVariance=True, epsilon=1e-6)
add("GaussianNegativeLogLikelihood", 4,
    [([m, abs(v) + 1e-4, n, abs(w)], t) for (m, v, n, w), t in NORMAL] + [([1.0, 1e-5, 2.0, 0.0], [1.1, 1.1, 2.5, 2.5])],
    torch_normal(lambda v: v + 1e-3),
    lambda o, t: normal(o, t, lambda v: (v + mpf(1e-3), 1)), logVariance=False, epsilon=1e-3)

# Embeddings.
PAIR_EPSILON = mpf(1e-6)


def apart(x, y):
    d = sqrt(sum((a - b + PAIR_EPSILON) ** 2 for a, b in zip(x, y)))
    return d, [(a - b + PAIR_EPSILON) / d for a, b in zip(x, y)]


def triplet(o, t, margin):
    a, p, n = o[:4], o[4:8], o[8:]
    (near, u), (far, v) = apart(a, p), apart(a, n)
    if near - far + margin <= 0:
        return mpf(0), [mpf(0)] * 12
    return near - far + margin, [x - y for x, y in zip(u, v)] + [-x for x in u] + v


V3 = [sum((random.choices([random.uniform(-1, 1) for _ in range(9)], k=4) for _ in range(3)), []) for _ in range(5)]
V3 += [[0.0] * 12, [1e3, 0.0, -1e3, 5.0] + [0.5] * 4 + [1e3, 1.0, -1e3, 5.0]]
for margin in (1.0, 0.2):
    add("TripletLoss", 12, [(o, [0.0] * 12) for o in V3],
        lambda o, t, m=margin: F.triplet_margin_loss(o[:, :4], o[:, 4:8], o[:, 8:], margin=m, reduction="none"),
        lambda o, t, m=mpf(margin): triplet(o, t, m), margin=margin)


def contrastive(o, t, margin):
    d, u = apart(o[:4], o[4:])
    lack = max(margin - d, mpf(0))
    slope = 2 * (t[0] * d - (1 - t[0]) * lack)
    return t[0] * d * d + (1 - t[0]) * lack * lack, [slope * x for x in u] + [-slope * x for x in u]


def torch_contrastive(o, t, margin):
    d = F.pairwise_distance(o[:, :4], o[:, 4:])
    return t[:, 0] * d**2 + (1 - t[:, 0]) * torch.clamp(margin - d, min=0) ** 2


for margin in (1.0, 3.0):
    add("ContrastiveLoss", 8, [(o[:8], [t] * 8) for o in V3 for t in (0.0, 1.0, 0.25)],
        lambda o, t, m=margin: torch_contrastive(o, t, m), lambda o, t, m=mpf(margin): contrastive(o, t, m),
        margin=margin)

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
