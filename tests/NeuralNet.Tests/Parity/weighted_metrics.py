"""Writes weighted_metrics.json: figures of classifiers and regressions with and without weights of samples, measured by
scikit-learn, under the names that the metrics have here.

Run:  /usr/bin/python3 weighted_metrics.py        (scikit-learn 1.2.1, numpy 1.24.2, scipy 1.10.1, float64)
Outputs and targets are flat, sample after sample: the bytes of an outputs x batch matrix, column-major. Scores lie on
coarse grids of binary fractions, so that ties are many and the same here and there. A quarter of the weights is 0.
"""
import json
import pathlib
import warnings
import numpy as np
import scipy.special
from sklearn import metrics

warnings.simplefilter("ignore")  # 0/0 is what some of these are about
LEVEL = 0.77  # no share of samples is exactly that


def weights_of(rng, samples, kind):
    if kind is None:
        return None
    weights = rng.integers(1, 5, samples).astype(float) if kind == "whole" else np.round(rng.random(samples) + 0.01, 3)
    weights[rng.random(samples) < 0.25] = 0
    return weights


def ones(weights, samples):
    return np.ones(samples) if weights is None else weights


def curve_figures(actual, scores, weights):
    """The figures of one curve; NaN where there is none (where scikit-learn refuses, or warns and takes 0 or 1)."""
    counted = ones(weights, len(actual)) > 0
    positives, negatives = actual[counted].sum(), (1 - actual[counted]).sum()
    figures = dict.fromkeys(
        ["roc_auc", "average_precision", "pr_auc", f"precision_at_recall_{LEVEL}", f"recall_at_precision_{LEVEL}",
         f"sensitivity_at_specificity_{LEVEL}", f"specificity_at_sensitivity_{LEVEL}"], np.nan)
    if positives > 0:
        precision, recall, _ = metrics.precision_recall_curve(actual, scores, sample_weight=weights)
        figures["average_precision"] = metrics.average_precision_score(actual, scores, sample_weight=weights)
        figures["pr_auc"] = metrics.auc(recall, precision)
        figures[f"precision_at_recall_{LEVEL}"] = precision[recall >= LEVEL].max()
        figures[f"recall_at_precision_{LEVEL}"] = recall[precision >= LEVEL].max()
    if positives > 0 and negatives > 0:
        fpr, tpr, _ = metrics.roc_curve(actual, scores, sample_weight=weights, drop_intermediate=False)
        figures["roc_auc"] = metrics.roc_auc_score(actual, scores, sample_weight=weights)
        figures[f"sensitivity_at_specificity_{LEVEL}"] = tpr[1 - fpr >= LEVEL].max()
        figures[f"specificity_at_sensitivity_{LEVEL}"] = (1 - fpr)[tpr >= LEVEL].max()
    return figures


def averaged(actual, scores, weights):
    """The figures of several curves: actual and scores are samples x curves."""
    each = [curve_figures(actual[:, c], scores[:, c], weights) for c in range(actual.shape[1])]
    support = (actual * ones(weights, len(actual))[:, None]).sum(axis=0)
    pooled = curve_figures(
        actual.ravel(), scores.ravel(), None if weights is None else np.repeat(weights, actual.shape[1]))
    figures = {}
    for name in each[0]:
        values = np.array([one[name] for one in each])
        some = ~np.isnan(values)
        figures[name] = values[some].mean() if some.any() else np.nan
        figures[name + "_weighted"] = np.average(values[some], weights=support[some]) if some.any() else np.nan
        figures[name + "_micro"] = pooled[name]
        figures[name + "_class_1"] = values[1]
    if all(not np.isnan(one["roc_auc"]) for one in each):
        for average, suffix in (("macro", ""), ("weighted", "_weighted"), ("micro", "_micro")):
            assert abs(metrics.roc_auc_score(actual, scores, average=average, sample_weight=weights)
                       - figures["roc_auc" + suffix]) < 1e-12
            assert abs(metrics.average_precision_score(actual, scores, average=average, sample_weight=weights)
                       - figures["average_precision" + suffix]) < 1e-12
    return figures


def f_scores(actual, predicted, weights, labels, averages):
    figures = {}
    for average in averages:
        suffix = "" if average == "binary" else "_" + average
        arguments = {"average": average, "sample_weight": weights, "zero_division": 0}
        if average != "binary":
            arguments["labels"] = labels
        figures["precision" + suffix] = metrics.precision_score(actual, predicted, **arguments)
        figures["recall" + suffix] = metrics.recall_score(actual, predicted, **arguments)
        figures["f1" + suffix] = metrics.f1_score(actual, predicted, **arguments)
        figures["f2" + suffix] = metrics.fbeta_score(actual, predicted, beta=2, **arguments)
        figures["f0.5" + suffix] = metrics.fbeta_score(actual, predicted, beta=0.5, **arguments)
    return figures


def agreement(actual, predicted, weights):
    kappa = metrics.cohen_kappa_score(actual, predicted, sample_weight=weights)
    return {
        "accuracy": metrics.accuracy_score(actual, predicted, sample_weight=weights),
        "balanced_accuracy": metrics.balanced_accuracy_score(actual, predicted, sample_weight=weights),
        "matthews_correlation": metrics.matthews_corrcoef(actual, predicted, sample_weight=weights),
        "cohens_kappa": kappa,
    }


def report(actual, predicted, weights, classes):
    labels = list(range(classes))
    names = [f"kind {c}" for c in labels]
    arguments = {"labels": labels, "target_names": names, "sample_weight": weights, "zero_division": 0}
    text = metrics.classification_report(actual, predicted, **arguments)
    data = metrics.classification_report(actual, predicted, output_dict=True, **arguments)
    return {
        "text": text if "accuracy" in data else None,  # a class that is neither there nor predicted hides the accuracy
        "lines": [[data[name][key] for key in ("precision", "recall", "f1-score", "support")]
                  for name in names + ["macro avg", "weighted avg"]],
    }


def classification(seed, classes, samples, weighted=None, logits=False, actual_from=None):
    rng = np.random.default_rng(seed)
    actual = rng.choice(actual_from or classes, samples)
    weights = weights_of(rng, samples, weighted)
    if logits:  # without ties: no two libraries round a softmax alike
        outputs = np.round(rng.normal(size=(samples, classes)) * 4, 6)
        outputs[np.arange(samples), actual] += 2
        probabilities = scipy.special.softmax(outputs, axis=1)
    else:
        shares = np.full((samples, classes), 1.0)
        shares[np.arange(samples), actual] = 1.8
        outputs = probabilities = np.array([rng.multinomial(16, s / s.sum()) for s in shares]) / 16
    predicted = outputs.argmax(axis=1)
    labels = list(range(classes))
    one_hot = np.eye(classes, dtype=int)[actual]
    figures = {
        **agreement(actual, predicted, weights),
        **f_scores(actual, predicted, weights, labels, ["macro", "micro", "weighted"]),
        "log_loss": metrics.log_loss(actual, probabilities, eps=2.0**-52, labels=labels, sample_weight=weights),
    }
    if classes == 2:
        figures.update(curve_figures(actual, probabilities[:, 1], weights))
        figures.update(f_scores(actual, predicted, weights, labels, ["binary"]))
        figures["brier_score"] = metrics.brier_score_loss(
            actual, probabilities[:, 1], sample_weight=weights, pos_label=1)
    else:
        figures.update(averaged(one_hot, probabilities, weights))
        # Newer versions of scikit-learn have it.
        figures["brier_score"] = np.average(((probabilities - one_hot) ** 2).sum(axis=1), weights=weights)
        # Of equal scores scikit-learn prefers the last; with the classes in reverse order that is our first.
        figures["top_2_accuracy"] = metrics.top_k_accuracy_score(
            classes - 1 - actual, outputs[:, ::-1], k=2, labels=labels, sample_weight=weights)
    return {
        "kind": "classes", "rows": classes, "scale": "logit" if logits else "probability",
        "outputs": outputs.ravel().tolist(), "targets": one_hot.ravel().tolist(),
        "weights": [] if weights is None else weights.tolist(), "figures": figures,
        "confusion": metrics.confusion_matrix(
            actual, predicted, labels=labels, sample_weight=weights).ravel().tolist(),
        "report": report(actual, predicted, weights, classes),
    }


def curves(actual, scores, weights):
    fpr, tpr, thresholds = metrics.roc_curve(actual, scores, sample_weight=weights, drop_intermediate=False)
    precision, recall, ascending = metrics.precision_recall_curve(actual, scores, sample_weight=weights)
    counted = ones(weights, len(actual)) > 0
    if not actual[counted].any():  # scikit-learn takes 1 and warns
        recall = np.full_like(recall, np.nan)
    return {
        # From version 1.3 on, the first threshold of a ROC curve is infinite.
        "rocThresholds": thresholds[1:].tolist(), "rocX": fpr.tolist(), "rocY": tpr.tolist(),
        "prThresholds": ascending[::-1].tolist(), "prX": recall[::-1].tolist(), "prY": precision[::-1].tolist(),
    }


def binary(seed, samples, grid, positive, weighted=None, logits=False):
    rng = np.random.default_rng(seed)
    actual = (rng.random(samples) < positive).astype(int)
    weights = weights_of(rng, samples, weighted)
    scores = np.round((rng.normal(size=samples) + actual) * grid) / grid if logits else (
        np.round(np.clip(rng.random(samples) * 0.7 + 0.3 * actual, 0, 1) * grid) / grid)
    predicted = (scores > (0 if logits else 0.5)).astype(int)
    probabilities = scipy.special.expit(scores) if logits else scores
    figures = {
        **agreement(actual, predicted, weights),
        **f_scores(actual, predicted, weights, [0, 1], ["binary", "macro", "micro", "weighted"]),
        **curve_figures(actual, scores, weights),
        "log_loss": metrics.log_loss(actual, probabilities, eps=2.0**-52, labels=[0, 1], sample_weight=weights),
        "brier_score": np.average((probabilities - actual) ** 2, weights=weights),
    }
    figures["binary_accuracy"] = figures.pop("accuracy")
    if len(set(actual)) == 2:
        assert abs(figures["brier_score"] - metrics.brier_score_loss(
            actual, probabilities, sample_weight=weights)) < 1e-15
    return {
        "kind": "binary", "rows": 1, "scale": "logit" if logits else "probability",
        "outputs": scores.tolist(), "targets": actual.tolist(),
        "weights": [] if weights is None else weights.tolist(), "figures": figures,
        "confusion": metrics.confusion_matrix(actual, predicted, labels=[0, 1], sample_weight=weights).ravel().tolist(),
        "report": report(actual, predicted, weights, 2),
        "curves": curves(actual, scores, weights),
    }


def labels(seed, count, samples, positive, weighted=None, never=()):
    rng = np.random.default_rng(seed)
    actual = (rng.random((samples, count)) < positive).astype(int)
    actual[:, list(never)] = 0
    weights = weights_of(rng, samples, weighted)
    outputs = np.round(np.clip(rng.random(actual.shape) * 0.7 + 0.3 * actual, 0, 1) * 16) / 16
    predicted = (outputs > 0.5).astype(int)
    each = [metrics.log_loss(actual[:, i], outputs[:, i], eps=2.0**-52, labels=[0, 1], sample_weight=weights)
            for i in range(count)]
    figures = {
        "exact_match": metrics.accuracy_score(actual, predicted, sample_weight=weights),
        "binary_accuracy": 1 - metrics.hamming_loss(actual, predicted, sample_weight=weights),
        **f_scores(actual, predicted, weights, list(range(count)), ["macro", "micro", "weighted"]),
        **averaged(actual, outputs, weights),
        "log_loss": np.mean(each),
        "brier_score": np.average(((outputs - actual) ** 2).mean(axis=1), weights=weights),
    }
    return {
        "kind": "labels", "rows": count, "scale": "probability",
        "outputs": outputs.ravel().tolist(), "targets": actual.ravel().tolist(),
        "weights": [] if weights is None else weights.tolist(), "figures": figures,
    }


def median(errors, weights):
    """The mean of the two medians of an inverted cumulative distribution: that of newer versions of scikit-learn."""
    some = weights > 0
    order = np.argsort(errors[some])
    sorted_errors, cumulated = errors[some][order], np.cumsum(weights[some][order])
    half = cumulated[-1] / 2
    lower = sorted_errors[np.flatnonzero(cumulated >= half - 1e-12)[0]]
    upper = sorted_errors[np.flatnonzero(cumulated > half + 1e-12)[0]]
    return (lower + upper) / 2


def regression(seed, rows, samples, weighted=None, offset=0.0, noise=0.3, constant=None, shift=0.0):
    rng = np.random.default_rng(seed)
    target = np.round(rng.normal(size=(samples, rows)), 4) + offset
    output = target + np.round(noise * rng.normal(size=target.shape), 4) + shift
    if constant is not None:
        target[:, constant] = 0.25
    weights = weights_of(rng, samples, weighted)
    errors = np.abs(output - target)
    medians = np.mean([median(errors[:, i], ones(weights, samples)) for i in range(rows)])
    if weights is None:
        assert abs(medians - metrics.median_absolute_error(target, output)) < 1e-12
    mse = metrics.mean_squared_error(target, output, sample_weight=weights)
    figures = {
        "mae": metrics.mean_absolute_error(target, output, sample_weight=weights),
        "mse": mse,
        "rmse": np.sqrt(mse),  # of several outputs, scikit-learn's own is the mean of their roots
        "mape": metrics.mean_absolute_percentage_error(target, output, sample_weight=weights),
        "smape": np.average(  # the definition: scikit-learn has none
            (2 * errors / (np.abs(output) + np.abs(target))).mean(axis=1), weights=weights),
        "r2": metrics.r2_score(target, output, sample_weight=weights),
        "explained_variance": metrics.explained_variance_score(target, output, sample_weight=weights),
        "median_absolute_error": medians,
        "max_error": errors[ones(weights, samples) > 0].max(),
    }
    if rows == 1 and weights is None:
        assert figures["max_error"] == metrics.max_error(target, output)
    if target.min() >= 0 and output.min() >= 0:
        figures["msle"] = metrics.mean_squared_log_error(target, output, sample_weight=weights)
        figures["rmsle"] = np.sqrt(figures["msle"])
    return {
        "kind": "regression", "rows": rows, "scale": None,
        "outputs": output.ravel().tolist(), "targets": target.ravel().tolist(),
        "weights": [] if weights is None else weights.tolist(), "figures": figures,
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, (float, np.floating)):
        return "NaN" if np.isnan(value) else float(value)
    return int(value) if isinstance(value, np.integer) else value


pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(plain([
    classification(1, 3, 60), classification(2, 3, 60, "whole"), classification(3, 5, 90, "fraction"),
    classification(4, 2, 50), classification(5, 2, 50, "fraction"), classification(6, 4, 70, "fraction", logits=True),
    classification(7, 5, 40, "fraction", actual_from=[0, 1, 3]), classification(8, 3, 20, "whole", actual_from=[2]),
    classification(9, 2, 60, "whole", logits=True), classification(10, 12, 60),
    binary(21, 200, 32, 0.5), binary(22, 200, 32, 0.5, "whole"), binary(23, 150, 16, 0.1, "fraction"),
    binary(24, 150, 4, 0.4, "fraction", logits=True), binary(25, 100, 1 << 20, 0.4, logits=True),
    binary(26, 20, 8, 0.0), binary(27, 20, 8, 1.0, "fraction"), binary(28, 40, 1, 0.5, "whole"),
    binary(29, 20, 8, 0.0, "whole"), binary(30, 20, 8, 1.0),
    labels(41, 3, 60, 0.5), labels(42, 3, 60, 0.5, "whole"), labels(43, 5, 50, 0.2, "fraction"),
    labels(44, 4, 30, 0.4, "fraction", never=[1]), labels(45, 2, 20, 0.4, never=[0, 1]),
    regression(61, 1, 50), regression(62, 1, 51, "whole"), regression(63, 3, 40, "fraction"),
    regression(64, 2, 40, "fraction", offset=8), regression(65, 1, 60, offset=5),
    regression(66, 2, 30, "whole", offset=6), regression(67, 1, 80, "fraction", offset=1e4, shift=3),
    regression(68, 3, 30, "fraction", constant=1),
    regression(69, 1, 8, "whole"),
])))
