"""Writes calibration.json: calibrations, reliability curves and thresholds, by scikit-learn and scipy.

Run:  /usr/bin/python3 calibration.py        (scikit-learn 1.2.1, numpy 1.24.2, scipy 1.10.1, float64)
Matrices are flat, sample after sample. What scikit-learn finds by an optimizer that stops early is found again to the
last digits by Newton's method or by bracketing, and must agree with scikit-learn's to the digits that it has. Numbers of
samples are such that no inner edge of a quantile bin is a sample, of which rounding would decide.
"""
import json
import pathlib
import numpy as np
import scipy.optimize
import scipy.special
from sklearn import metrics
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.isotonic import IsotonicRegression


def platt(z, y):
    reference = _SigmoidCalibration().fit(z, y)
    up = (y.sum() + 1) / (y.sum() + 2)
    down = 1 / (len(y) - y.sum() + 2)
    target = np.where(y == 1, up, down)
    w = np.array([-reference.a_, -reference.b_])
    X = np.stack([z, np.ones_like(z)], axis=1)
    for _ in range(50):
        p = scipy.special.expit(X @ w)
        step = np.linalg.solve((X * (p * (1 - p))[:, None]).T @ X, X.T @ (p - target))
        w = w - step
    assert np.allclose(w, [-reference.a_, -reference.b_], rtol=1e-3, atol=1e-3), (w, reference.a_, reference.b_)
    return w


def isotonic(z, y, at):
    model = IsotonicRegression(out_of_bounds="clip", y_min=None).fit(z, y)
    return model.X_thresholds_, model.y_thresholds_, model.predict(at)


def log_odds(z):  # of each class against the rest
    result = np.empty_like(z)
    for k in range(z.shape[1]):
        result[:, k] = z[:, k] - scipy.special.logsumexp(np.delete(z, k, axis=1), axis=1)
    return result


def temperature(loss_slope):  # by the inverse, in which the loss is convex
    return 1 / scipy.optimize.brentq(loss_slope, 1e-6, 1e3, xtol=1e-15, rtol=1e-14, maxiter=500)


def binary(seed, n, scale, shift):
    rng = np.random.default_rng(seed)
    z = np.round(rng.normal(size=n) * 2 * scale, 4)
    y = (rng.random(n) < scipy.special.expit(z / scale - shift)).astype(int)
    at = np.round(np.linspace(z.min() - 1, z.max() + 1, 23), 5)
    w = platt(z, y)
    x_thresholds, y_thresholds, predicted = isotonic(z, y, at)
    t = temperature(lambda b: np.sum((scipy.special.expit(b * z) - y) * z))
    p = scipy.special.expit(z)
    curves = []
    for strategy in ("uniform", "quantile"):
        for bins in (5, 15):
            true, mean = calibration_curve(y, p, n_bins=bins, strategy=strategy)
            curves.append({"quantile": strategy == "quantile", "bins": bins,
                           "observed": true.tolist(), "predicted": mean.tolist()})
    # Every threshold tells the samples above it; the best value of each goal by trying them all.
    goals = {k: -np.inf for k in ("accuracy", "f1", "f2", "balanced", "matthews", "precision", "recall", "cost")}
    for t0 in np.concatenate([[z.min() - 1], np.unique(z)]):
        yes = (z > t0).astype(int)
        precision = metrics.precision_score(y, yes, zero_division=0)
        recall = metrics.recall_score(y, yes)
        tn, fp, fn, tp = metrics.confusion_matrix(y, yes).ravel()
        scores = {
            "accuracy": metrics.accuracy_score(y, yes),
            "f1": metrics.f1_score(y, yes), "f2": metrics.fbeta_score(y, yes, beta=2),
            "balanced": metrics.balanced_accuracy_score(y, yes), "matthews": metrics.matthews_corrcoef(y, yes),
            "precision": recall if precision >= 0.8 else -np.inf, "recall": precision if recall >= 0.7 else -np.inf,
            "cost": -(1.5 * fp + 4 * fn)}
        for k in goals:
            goals[k] = max(goals[k], float(scores[k]))
    return {"logits": z.tolist(), "answers": y.tolist(), "at": at.tolist(), "slope": w[0], "intercept": w[1],
            "temperature": t, "scores": x_thresholds.tolist(), "probabilities": y_thresholds.tolist(),
            "isotonic": predicted.tolist(), "platt": scipy.special.expit(w[0] * at + w[1]).tolist(),
            "curves": curves, "goals": goals}


def classes(seed, n, k):
    rng = np.random.default_rng(seed)
    z = np.round(rng.normal(size=(n, k)) * 3, 4)
    p = scipy.special.softmax(z / 2.5 + np.arange(k) * 0.3, axis=1)
    y = np.array([rng.choice(k, p=row) for row in p])
    t = temperature(lambda b: np.sum(np.sum(scipy.special.softmax(b * z, axis=1) * z, axis=1) - z[np.arange(n), y]))
    odds = log_odds(z)
    sigmoid = np.stack([scipy.special.expit(odds[:, i] * w[0] + w[1])
                        for i, w in ((i, platt(odds[:, i], (y == i).astype(int))) for i in range(k))], axis=1)
    steps = np.stack([isotonic(odds[:, i], (y == i).astype(int), odds[:, i])[2] for i in range(k)], axis=1)
    return {"classes": k, "logits": z.ravel().tolist(), "actual": y.tolist(), "temperature": t,
            "tempered": scipy.special.softmax(z / t, axis=1).ravel().tolist(),
            "platt": (sigmoid / sigmoid.sum(axis=1, keepdims=True)).ravel().tolist(),
            "isotonic": (steps / steps.sum(axis=1, keepdims=True)).ravel().tolist()}


document = {
    "binary": [binary(1, 249, 3, 0.5), binary(2, 120, 0.5, -1), binary(3, 60, 10, 0)],
    "classes": [classes(4, 150, 3), classes(5, 200, 4)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")
