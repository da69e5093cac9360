"""Writes explanations.json: gradients by inputs, integrated gradients and partial dependences of PyTorch and scikit-learn.

Run:  /usr/bin/python3 explanations.py        (PyTorch 1.13, scikit-learn 1.2, float64)
A network is a state_dict as safetensors (base64). Inputs are samples one after the other, an image with its channels
last. Gradients are those of autograd in eval mode. Integrated gradients are Captum's formula with its rule
"gausslegendre" (captum.attr._utils.approximation_methods): (x - baseline) * sum of w_k * gradient at
baseline + alpha_k * (x - baseline), alpha and w those of numpy's leggauss, moved to [0, 1]. The dependence is
sklearn.inspection.partial_dependence, method "brute", kind "both", of a regressor that is a fixed network, and the
importance the drops of sklearn's mean_squared_error with columns permuted in a given order.
"""

import json
import pathlib

import numpy as np
import torch
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.inspection import partial_dependence
from sklearn.metrics import mean_squared_error
from torch import nn

from state_dict import randomized, safetensors
from trained import channels_last

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
torch.manual_seed(20260801)

SAMPLES, STEPS = 4, 50


def gradient(model, inputs, output):
    x = inputs.detach().clone().requires_grad_()
    model(x).reshape(len(x), -1)[:, output].sum().backward()
    return x.grad


def integrated(model, inputs, baseline, output):
    points, weights = np.polynomial.legendre.leggauss(STEPS)
    total = torch.zeros_like(inputs)
    for point, weight in zip((1 + points) / 2, weights / 2):
        total += weight * gradient(model, baseline + point * (inputs - baseline), output)
    return (inputs - baseline) * total


def explained(model, shape, output):
    randomized(model)
    inputs = torch.randn(SAMPLES, *shape)
    baseline = torch.randn(1, *shape) * 0.1
    return {
        "state": safetensors(model.state_dict()), "inputs": channels_last(inputs), "output": output,
        "gradient": channels_last(gradient(model, inputs, output)),
        "baseline": channels_last(baseline),
        "integrated": channels_last(integrated(model, inputs, baseline, output)),
    }


class Fixed(BaseEstimator, RegressorMixin):
    def __init__(self, model=None):
        self.model = model
        self.fitted_ = True

    def fit(self, x, y):
        return self

    def predict(self, x):
        with torch.no_grad():
            return self.model(torch.tensor(np.asarray(x, dtype=float))).numpy()[:, 0]


def dependence():
    model = randomized(nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 1)))
    inputs = torch.randn(40, 3)
    inputs[:, 1] = torch.randint(0, 6, (40,))
    found = {feature: partial_dependence(
        Fixed(model), inputs.numpy(), [feature], grid_resolution=15, method="brute", kind="both")
        for feature in (0, 1)}
    targets = torch.randn(40)
    order = np.random.RandomState(5).permutation(40)
    drops = []
    for feature in range(3):
        shuffled = inputs.numpy().copy()
        shuffled[:, feature] = shuffled[order, feature]
        drops.append(mean_squared_error(targets, Fixed(model).predict(shuffled)))
    return {
        "state": safetensors(model.state_dict()), "inputs": inputs.reshape(-1).tolist(),
        "targets": targets.tolist(), "order": order.tolist(),
        "score": mean_squared_error(targets, Fixed(model).predict(inputs.numpy())), "shuffled": drops,
        "grids": [found[f]["values"][0].tolist() for f in (0, 1)],
        "averages": [found[f]["average"][0].tolist() for f in (0, 1)],
        "individual": [found[f]["individual"][0].reshape(-1).tolist() for f in (0, 1)],
    }


cases = {
    "mlp": explained(nn.Sequential(
        nn.Linear(5, 7), nn.BatchNorm1d(7), nn.Tanh(), nn.Dropout(0.5), nn.Linear(7, 3), nn.Softmax(1)), (5,), 1),
    "cnn": explained(nn.Sequential(
        nn.Conv2d(2, 3, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12, 4)), (2, 6, 6), 2),
}
here = pathlib.Path(__file__).with_suffix(".json")
here.write_text(json.dumps({"networks": cases, "dependence": dependence()}) + "\n")
