"""Writes multilabel.json: figures of several labels per sample, measured by scikit-learn.

Run:  /usr/bin/python3 multilabel.py        (scikit-learn 1.2.1, numpy 1.24.2, float64)
Outputs and targets are flat, sample after sample: the bytes of a labels x batch matrix, column-major. Scores lie on
coarse grids of binary fractions, so that ties, and scores on the threshold, are many and the same here and there.
"""
import json
import pathlib
import warnings
import numpy as np
from sklearn import metrics

warnings.simplefilter("ignore")  # 0/0 is what some of these are about


def case(seed, labels, samples, positive, threshold=0.5, scale="probability", never_predicted=(), never_actual=()):
    rng = np.random.default_rng(seed)
    actual = (rng.random((samples, labels)) < positive).astype(int)
    actual[:, list(never_actual)] = 0
    if scale == "logit":
        outputs = np.round((rng.normal(size=actual.shape) * 2 + 2 * actual - 1) * 4) / 4
    else:
        outputs = np.round(np.clip(rng.random(actual.shape) * 0.7 + 0.3 * actual, 0, 1) * 16) / 16
    outputs[:, list(never_predicted)] = threshold
    predicted = (outputs > threshold).astype(int)
    figures = {}
    for name in ("precision", "recall", "f1"):
        score = getattr(metrics, name + "_score")
        for zero in (0, 1):
            figures[f"{name}{zero}"] = {
                "each": score(actual, predicted, average=None, zero_division=zero).tolist(),
                **{average: score(actual, predicted, average=average, zero_division=zero)
                   for average in ("macro", "micro", "weighted")},
            }
    each = [metrics.accuracy_score(actual[:, i], predicted[:, i]) for i in range(labels)]
    support = actual.sum(axis=0)
    curves = [i for i in range(labels) if 0 < support[i] < samples]
    areas = [metrics.roc_auc_score(actual[:, i], outputs[:, i]) for i in curves]
    if len(curves) == labels:
        assert abs(metrics.roc_auc_score(actual, outputs) - np.mean(areas)) < 1e-15
    return {
        "labels": labels, "threshold": threshold, "scale": scale,
        "outputs": outputs.ravel().tolist(), "targets": actual.ravel().tolist(),
        "exactMatch": metrics.accuracy_score(actual, predicted),
        "accuracy": 1 - metrics.hamming_loss(actual, predicted),
        "accuracyOfLabel": each,
        "accuracyWeighted": float(np.average(each, weights=support)) if support.sum() else float(np.mean(each)),
        "rocAuc": float(np.mean(areas)) if areas else "NaN",
        "figures": figures,
    }


pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps([
    case(1, 3, 60, 0.5),
    case(2, 5, 40, 0.2),
    case(3, 2, 50, 0.7, scale="logit", threshold=0.0),
    case(4, 4, 50, 0.3, scale="logit", threshold=0.0, never_predicted=[1]),
    case(5, 4, 30, 0.4, never_predicted=[0, 2], never_actual=[2]),
    case(6, 3, 20, 0.4, never_predicted=[0, 1, 2]),
    case(7, 3, 20, 0.4, never_actual=[0, 1, 2]),
    case(8, 2, 10, 0.4, never_actual=[0, 1], never_predicted=[0, 1]),
    case(9, 6, 30, 0.5, threshold=0.75),
    case(10, 12, 25, 0.1),
]))
