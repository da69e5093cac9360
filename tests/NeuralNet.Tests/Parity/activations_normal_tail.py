#!/usr/bin/env python3
"""Writes the coefficients in src/NeuralNet/Kernels/NormalDistribution.cs to standard output.

To regenerate: python3 activations_normal_tail.py (Python 3.11, mpmath 1.3; the result depends on neither).

With Q(y) the probability that a standard normal variable exceeds y >= 0, the function (1 + y) exp(y^2 / 2) Q(y) falls
from 1/2 at 0 to 1/sqrt(2 pi) at infinity. In t = (y - 5) / (y + 5), which maps [0, infinity) to [-1, 1), its Chebyshev
series converges fast; cut after n terms and multiplied out into powers of t, it is as good as a minimax polynomial.
"""
from mpmath import cos, erfc, exp, mp, mpf, pi, sqrt

mp.dps = 60
CENTRE = mpf(5)
NODES = 90


def scaled_tail(t):
    y = CENTRE * (1 + t) / (1 - t)
    if y < 80:
        return (1 + y) * exp(y * y / 2) * erfc(y / sqrt(2)) / 2
    total, term = mpf(0), mpf(1)  # the asymptotic series, whose 25th term is below 1e-60 here
    for n in range(1, 26):
        total += term
        term *= -(2 * n - 1) / (y * y)
    return (1 + y) / y * total / sqrt(2 * pi)


def chebyshev(terms):
    angles = [pi * (k + mpf(1) / 2) / NODES for k in range(NODES)]
    values = [scaled_tail(cos(angle)) for angle in angles]
    series = [2 * sum(v * cos(j * a) for v, a in zip(values, angles)) / NODES for j in range(terms)]
    series[0] /= 2
    return series


def powers(series):
    result = [mpf(0)] * len(series)
    previous, current = [mpf(0)], [mpf(1)]
    for j, c in enumerate(series):
        for i, p in enumerate(current):
            result[i] += c * p
        following = [mpf(0)] + [(2 if j else 1) * p for p in current]
        for i, p in enumerate(previous):
            following[i] -= p if j else 0
        previous, current = current, following
    return result


for name, terms, digits in (("float", 12, 9), ("double", 24, 17)):
    series = chebyshev(terms + 8)
    print(f"{name}: rest of the series at most {float(sum(abs(c) for c in series[terms:])):.1e}")
    for coefficient in reversed(powers(series[:terms])):
        print(f"    {float(coefficient):.{digits}g}")
