"""Writes metrics.json: figures of classifiers and regressions, measured by scikit-learn.

Run:  /usr/bin/python3 metrics.py        (scikit-learn 1.2.1, numpy 1.24.2, scipy 1.10.1, float64)
Outputs and targets are flat, sample after sample: the bytes of an outputs x batch matrix, column-major. Scores lie on
coarse grids of binary fractions, so that ties are many and the same here and there.
"""
import json
import pathlib
import warnings
import numpy as np
import scipy.special
from sklearn import metrics

warnings.simplefilter("ignore")  # 0/0 is what some of these are about


def class_figures(actual, predicted, classes):
    labels = list(range(classes))
    figures = {}
    for name in ("precision", "recall", "f1"):
        score = getattr(metrics, name + "_score")
        for zero in (0, 1):
            key = name + str(zero)
            figures[key] = score(actual, predicted, labels=labels, average=None, zero_division=zero).tolist()
            for average in ("macro", "micro", "weighted"):
                figures[key + average.capitalize()] = score(
                    actual, predicted, labels=labels, average=average, zero_division=zero)
    # Which classes each figure is defined for; the mean over them is what leaving the others out gives.
    defined = {"precision": np.unique(predicted), "recall": np.unique(actual), "f1": np.union1d(actual, predicted)}
    for name, some in defined.items():
        figures[name + "NaNMacro"] = getattr(metrics, name + "_score")(actual, predicted, labels=some, average="macro")
    return figures


def classification(seed, classes, samples, logits=False, actual_from=None, never_predicted=None):
    rng = np.random.default_rng(seed)
    actual = rng.choice(actual_from or classes, samples)
    if logits:  # without ties: no two libraries round a softmax alike
        outputs = np.round(rng.normal(size=(samples, classes)) * 4, 6)
        outputs[np.arange(samples), actual] += 2
        probabilities = scipy.special.softmax(outputs, axis=1)
    else:
        weights = np.full((samples, classes), 1.0)
        weights[np.arange(samples), actual] = 1.8
        if never_predicted is not None:
            weights[:, never_predicted] = 0
        outputs = np.array([rng.multinomial(16, w / w.sum()) for w in weights]) / 16
        probabilities = outputs
    predicted = outputs.argmax(axis=1)
    present = [c for c in range(classes) if 0 < (actual == c).sum() < samples]
    areas = [metrics.roc_auc_score(actual == c, probabilities[:, c]) for c in present]
    if classes == 2:
        roc_auc = metrics.roc_auc_score(actual, probabilities[:, 1]) if present else "NaN"
    elif len(present) == classes:
        roc_auc = metrics.roc_auc_score(actual, probabilities, multi_class="ovr")
        assert abs(roc_auc - np.mean(areas)) < 1e-15
    else:  # scikit-learn refuses: the mean over the classes that have a curve
        roc_auc = np.mean(areas) if areas else "NaN"
    return {
        "classes": classes, "logits": logits,
        "outputs": outputs.ravel().tolist(), "actual": actual.tolist(),
        "confusion": metrics.confusion_matrix(actual, predicted, labels=list(range(classes))).ravel().tolist(),
        "accuracy": metrics.accuracy_score(actual, predicted),
        # Of equal scores scikit-learn prefers the last; with the classes in reverse order that is our first.
        "topK": [float(metrics.top_k_accuracy_score(classes - 1 - actual, outputs[:, ::-1], k=k, labels=list(range(classes))))
                 for k in range(1, classes)] if classes > 2 else [],
        "rocAuc": roc_auc,
        "rocAucOfClass": [areas[present.index(c)] if c in present else "NaN" for c in range(classes)],
        "figures": class_figures(actual, predicted, classes),
    }


def binary(seed, samples, grid, positive, threshold, logits=False):
    rng = np.random.default_rng(seed)
    actual = (rng.random(samples) < positive).astype(int)
    scores = np.round((rng.normal(size=samples) + actual) * grid) / grid if logits else (
        np.round(np.clip(rng.random(samples) * 0.7 + 0.3 * actual, 0, 1) * grid) / grid)
    predicted = (scores > threshold).astype(int)
    return {
        "threshold": threshold,
        "outputs": scores.tolist(), "actual": actual.tolist(),
        "confusion": metrics.confusion_matrix(actual, predicted, labels=[0, 1]).ravel().tolist(),
        "accuracy": metrics.accuracy_score(actual, predicted),
        "rocAuc": metrics.roc_auc_score(actual, scores) if 0 < actual.sum() < samples else "NaN",
        "precision": metrics.precision_score(actual, predicted, zero_division=0),
        "recall": metrics.recall_score(actual, predicted, zero_division=0),
        "f1": metrics.f1_score(actual, predicted, zero_division=0),
        "figures": class_figures(actual, predicted, 2),
    }


def regression(seed, outputs, samples, offset=0.0, noise=0.3, constant=None, perfect=None):
    rng = np.random.default_rng(seed)
    target = np.round(rng.normal(size=(samples, outputs)), 4) + offset
    output = target + np.round(noise * rng.normal(size=target.shape), 4)
    if constant is not None:
        target[:, constant] = 0.25
    if perfect is not None:
        output[:, perfect] = target[:, perfect]
    mse = metrics.mean_squared_error(target, output)
    return {
        "rows": outputs,
        "outputs": output.ravel().tolist(), "targets": target.ravel().tolist(),
        "mae": metrics.mean_absolute_error(target, output),
        "mse": mse,
        # Of several outputs, scikit-learn's own is the mean of their roots.
        "rmse": metrics.mean_squared_error(target, output, squared=False) if outputs == 1 else float(np.sqrt(mse)),
        "r2": metrics.r2_score(target, output) if samples > 1 else "NaN",
    }


result = {
    "classification": [
        classification(1, 3, 60),
        classification(2, 2, 50),
        classification(3, 10, 150),
        classification(4, 5, 40, actual_from=[0, 1, 3]),
        classification(5, 4, 50, never_predicted=2),
        classification(6, 5, 30, actual_from=[0, 4], never_predicted=1),
        classification(7, 3, 20, actual_from=[2]),
        classification(8, 2, 20, actual_from=[1]),
        classification(9, 4, 80, logits=True),
        classification(10, 2, 60, logits=True),
        classification(11, 6, 1),
        classification(12, 40, 60, logits=False),
    ],
    "binary": [
        binary(21, 200, 32, 0.5, 0.5),
        binary(22, 150, 16, 0.1, 0.5),
        binary(23, 150, 8, 0.9, 0.75),
        binary(24, 100, 2, 0.4, 0.0, logits=True),
        binary(25, 100, 1 << 20, 0.4, 0.0, logits=True),
        binary(26, 20, 8, 0.0, 0.5),
        binary(27, 20, 8, 1.0, 0.5),
        binary(28, 30, 8, 0.5, 1.0),
        binary(29, 1000, 64, 0.3, 0.5),
    ],
    "regression": [
        regression(41, 1, 100),
        regression(42, 2, 60),
        regression(43, 5, 40, noise=2),
        regression(44, 1, 80, offset=1e4),
        regression(45, 3, 40, constant=1),
        regression(46, 3, 40, perfect=2),
        regression(47, 2, 40, constant=0, perfect=0),
        regression(48, 1, 1),
        regression(49, 1, 2),
        regression(50, 20, 15),
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result))
