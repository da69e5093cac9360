#!/usr/bin/env python3
"""Writes activations.json: values and gradients of activations, to hold the library against.

To regenerate: /usr/bin/python3 activations.py (PyTorch 1.13 in float64 on Python 3.11, with mpmath 1.3 or later).

Everything is PyTorch's own output, by autograd with an output gradient of 1, save where PyTorch loses digits or has no
limit. There the value is computed with 60 digits by mpmath from the definition, and PyTorch must agree with it to the
absolute tolerance below, so a definition misread here would not pass. Infinities: the limit, stated by hand.
"""
import json
import pathlib

import mpmath as mp
import torch
from torch.nn import functional as F

mp.mp.dps = 60
torch.set_default_dtype(torch.float64)

POINTS = sorted(
    [0.0]
    + [s * v for s in (-1, 1) for v in (1e-8, 1e-3, 0.5, 1.0, 2.5, 3.0, 6.0, 20.0, 1e3)]
    + [-38.5, -12.25, -7.3, -4.1, -1.7, -0.7518, -0.31, -0.05, 0.02, 0.123456789, 0.8, 1.3, 2.2, 4.75, 8.9, 15.5]
)
INF = float("inf")


def normal(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


def logistic(z):
    return 1 / (1 + mp.exp(-z))


def gelu_tanh(z):
    return z * logistic(2 * mp.sqrt(2 / mp.pi) * (z + mp.mpf("0.044715") * z**3))


def softplus(beta):
    return lambda z: mp.log1p(mp.exp(beta * z)) / beta


def elu(alpha, scale=1, shrink=1):
    return lambda z: scale * (z if z > 0 else alpha * mp.expm1(z / shrink))


# name, options, PyTorch's function, the definition (None: PyTorch as it is),
# and the limits of value and derivative at -inf and at inf (None: there is none).
CASES = [
    ("Identity", {}, lambda z: z * 1, None, (-INF, 1, INF, 1)),
    ("ReLU", {}, F.relu, None, (0, 0, INF, 1)),
    ("LeakyReLU", {"slope": 0.01}, F.leaky_relu, None, (-INF, 0.01, INF, 1)),
    ("LeakyReLU", {"slope": 0.2}, lambda z: F.leaky_relu(z, 0.2), None, (-INF, 0.2, INF, 1)),
    ("ReLU6", {}, F.relu6, None, (0, 0, 6, 0)),
    ("ELU", {"alpha": 1}, F.elu, elu(1), (-1, 0, INF, 1)),
    ("ELU", {"alpha": 0.5}, lambda z: F.elu(z, 0.5), elu(0.5), (-0.5, 0, INF, 1)),
    ("SELU", {}, F.selu, elu(mp.mpf("1.6732632423543772848170429916717"), mp.mpf("1.0507009873554804934193349852946")),
     (-1.7580993408473768, 0, INF, 1.0507009873554805)),
    ("CELU", {"alpha": 1}, F.celu, elu(1), (-1, 0, INF, 1)),
    ("CELU", {"alpha": 2.5}, lambda z: F.celu(z, 2.5), elu(2.5, 1, 2.5), (-2.5, 0, INF, 1)),
    ("GELU", {"tanhApproximation": False}, F.gelu, lambda z: z * normal(z), (0, 0, INF, 1)),
    ("GELU", {"tanhApproximation": True}, lambda z: F.gelu(z, approximate="tanh"), gelu_tanh, (0, 0, INF, 1)),
    ("SiLU", {}, F.silu, lambda z: z * logistic(z), (0, 0, INF, 1)),
    ("Mish", {}, F.mish, lambda z: z * mp.tanh(mp.log1p(mp.exp(z))), (0, 0, INF, 1)),
    ("Sigmoid", {}, torch.sigmoid, logistic, (0, 0, 1, 0)),
    ("HardSigmoid", {}, F.hardsigmoid, lambda z: min(max(z + 3, mp.mpf(0)), mp.mpf(6)) / 6, (0, 0, 1, 0)),
    ("LogSigmoid", {}, F.logsigmoid, lambda z: -mp.log1p(mp.exp(-z)), (-INF, 1, 0, 0)),
    ("Tanh", {}, torch.tanh, mp.tanh, (-1, 0, 1, 0)),
    ("HardTanh", {"min": -1, "max": 1}, F.hardtanh, None, (-1, 0, 1, 0)),
    ("HardTanh", {"min": -3, "max": 0.5}, lambda z: F.hardtanh(z, -3.0, 0.5), None, (-3, 0, 0.5, 0)),
    ("HardSwish", {}, F.hardswish, lambda z: z * min(max(z + 3, mp.mpf(0)), mp.mpf(6)) / 6, (0, 0, INF, 1)),
    ("Softplus", {"beta": 1}, F.softplus, softplus(1), (0, 0, INF, 1)),
    ("Softplus", {"beta": 2.5}, lambda z: F.softplus(z, 2.5), softplus(mp.mpf(2.5)), (0, 0, INF, 1)),
    ("Softsign", {}, F.softsign, lambda z: z / (1 + abs(z)), (-1, 0, 1, 0)),
    ("HardShrink", {"threshold": 0.5}, F.hardshrink, None, (-INF, 1, INF, 1)),
    ("HardShrink", {"threshold": 2}, lambda z: F.hardshrink(z, 2.0), None, (-INF, 1, INF, 1)),
    ("SoftShrink", {"threshold": 0.5}, F.softshrink, None, (-INF, 1, INF, 1)),
    ("SoftShrink", {"threshold": 2}, lambda z: F.softshrink(z, 2.0), None, (-INF, 1, INF, 1)),
    ("TanhShrink", {}, F.tanhshrink, lambda z: z - mp.tanh(z), (-INF, 1, INF, 1)),
]

COLUMNS = [
    [0.0, 0.0, 0.0, 0.0],
    [1.0, 2.0, 3.0, 4.0],
    [-0.3, 1.7, 0.25, -2.0],
    [1e4, -1e4, 0.0, 9999.0],
    [-1e3, -1001.0, -1000.5, -999.0],
    [700.0, -700.0, 1e-8, 350.0],
    [-INF, 0.5, 1.5, -0.5],
]
GRADIENTS = [[1.0, 0.0, 0.0, 0.0], [0.5, -1.5, 2.0, 0.25], [1.0, 1.0, 1.0, 1.0]]


def derivative(f, z):
    """By a difference quotient with so many digits that not even e^-1000 is lost. At a kink the outer piece counts."""
    with mp.workdps(1200):
        h = mp.mpf(10) ** -600
        return float((f(z) - f(z - h)) / h if z <= 0 else (f(z + h) - f(z)) / h)


def agree(exact, theirs, what):
    """PyTorch's own result must be the definition's, but for digits that it loses: its hardsigmoid has 1/6 in float."""
    for z, x, y in zip(POINTS, exact, theirs):
        if (what, z) == ("HardSwish gradient", -3.0):
            continue  # PyTorch 1.13 has the middle piece's -1/2 at this kink, though the outer piece's 1 at the other
        assert abs(x - y) <= 1e-8 + 1e-12 * abs(y), (what, z, x, y)


def elementwise(name, options, function, definition, limits):
    z = torch.tensor(POINTS, requires_grad=True)
    a = function(z)
    a.sum().backward()
    values, gradients = a.tolist(), z.grad.tolist()
    if definition is not None:
        exact = [float(definition(mp.mpf(p))) for p in POINTS]
        exact_gradients = [derivative(definition, mp.mpf(p)) for p in POINTS]
        agree(exact, values, f"{name} value")
        agree(exact_gradients, gradients, f"{name} gradient")
        values, gradients = exact, exact_gradients
    return {
        "name": name,
        "options": options,
        "z": ["-Infinity", *POINTS, "Infinity"],
        "a": [named(limits[0]), *values, named(limits[2])],
        "gradient": [named(limits[1]), *gradients, named(limits[3])],
    }


def columnwise(name, function):
    cases = []
    for column in COLUMNS:
        for gradient in GRADIENTS:
            z = torch.tensor(column, requires_grad=True)
            a = function(z)
            a.backward(torch.tensor(gradient))
            cases.append({
                "name": name,
                "z": [named(x) for x in column],
                "outputGradient": gradient,
                "a": [named(x) for x in a.tolist()],
                "gradient": [named(x) for x in z.grad.tolist()],
            })
    return cases


def named(x):
    return {INF: "Infinity", -INF: "-Infinity"}.get(x, x)


result = {
    "elementwise": [elementwise(*case) for case in CASES],
    "columnwise": columnwise("Softmax", lambda z: F.softmax(z, 0)) + columnwise("LogSoftmax", lambda z: F.log_softmax(z, 0)),
}
text = json.dumps(result, allow_nan=False).replace('{"name"', '\n{"name"')
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
