"""Writes optimizers.json beside itself: where PyTorch's optimizers get to in 200 steps on a small smooth problem.

Run it with /usr/bin/python3 optimizers.py (Debian 12: Python 3.11, PyTorch 1.13.0, numpy 1.24.2). All in float64.

The problem: f(x) = sum_i a_i log cosh(x_i - c_i) + 0.2 sum_i sin(x_i + x_{i+1}), the index taken round. Its gradient is
    g_i = a_i tanh(x_i - c_i) + 0.2 cos(x_i + x_{i+1}) + 0.2 cos(x_{i-1} + x_i).
A case's name is its name in OptimizerCatalogue.cs. Learning rates are such that no case comes to swing about the minimum: a
rule that divides by a mean square then multiplies a difference in the last bit, in PyTorch as elsewhere.
"""

import json
import pathlib

import numpy
import torch

# The step counters and NAdam's product of momenta are tensors of the default type.
torch.set_default_dtype(torch.float64)

COUNT = 24
CHECKPOINTS = (1, 2, 10, 50, 200)
INDEX = numpy.arange(COUNT)
START = 2 * numpy.sin(INDEX + 1.0)
CENTRES = numpy.cos(3.0 * INDEX)
SCALES = 10 ** (-2 + 3 * INDEX / (COUNT - 1))

# Gradients for the rules of clipping: two parameters, of norm 13 and 3.
CLIPPED = ([3.0, -4.0, 12.0], [-1.0, 2.0, 2.0])


class Lion(torch.optim.Optimizer):
    """Algorithm 2 of "Symbolic discovery of optimization algorithms", which PyTorch does not have."""

    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for x in group["params"]:
                m = self.state[x].get("m", torch.zeros_like(x))
                c = beta1 * m + (1 - beta1) * x.grad
                x -= group["lr"] * (torch.sign(c) + group["weight_decay"] * x)
                self.state[x]["m"] = beta2 * m + (1 - beta2) * x.grad


def nadam(params, **options):
    """The loop over single tensors has a factor too many in 1.13; this one follows the formula that is documented."""
    return torch.optim.NAdam(params, foreach=True, **options)


def decayed(make):
    """Adds decoupled weight decay, decay = lambda, as Keras's optimizers have it: x <- x - lr lambda x before the step."""

    def with_decay(params, lr, decay, **options):
        optimizer = make(params, lr=lr, **options)
        step = optimizer.step

        @torch.no_grad()
        def decay_and_step():
            for x in params:
                x -= lr * decay * x
            step()

        optimizer.step = decay_and_step
        return optimizer

    return with_decay


optim = torch.optim
CASES = {
    "Sgd": (optim.SGD, dict(lr=0.01)),
    "Sgd, l2": (optim.SGD, dict(lr=0.05, weight_decay=0.1)),
    "Sgd, momentum": (optim.SGD, dict(lr=0.02, momentum=0.9)),
    "Sgd, momentum, dampening": (optim.SGD, dict(lr=0.05, momentum=0.8, dampening=0.3)),
    "Sgd, momentum, dampening, l2": (optim.SGD, dict(lr=0.05, momentum=0.8, dampening=0.3, weight_decay=0.1)),
    "Sgd, Nesterov": (optim.SGD, dict(lr=0.02, momentum=0.9, nesterov=True)),
    "Sgd, Nesterov, l2": (optim.SGD, dict(lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.1)),
    "Sgd, decay": (decayed(optim.SGD), dict(lr=0.05, decay=0.1)),
    "Sgd, momentum, decay": (decayed(optim.SGD), dict(lr=0.02, decay=0.1, momentum=0.9)),
    "RmsProp": (optim.RMSprop, dict()),
    "RmsProp, alpha, epsilon": (optim.RMSprop, dict(lr=0.002, alpha=0.9, eps=1e-3)),
    "RmsProp, l2": (optim.RMSprop, dict(lr=0.002, weight_decay=0.1)),
    "RmsProp, momentum": (optim.RMSprop, dict(momentum=0.5)),
    "RmsProp, centred": (optim.RMSprop, dict(centered=True)),
    "RmsProp, centred, momentum": (optim.RMSprop, dict(lr=0.002, centered=True, momentum=0.5)),
    "RmsProp, centred, momentum, l2": (
        optim.RMSprop, dict(lr=0.002, centered=True, momentum=0.5, weight_decay=0.1)),
    "RmsProp, centred, momentum, decay": (
        decayed(optim.RMSprop), dict(lr=0.002, decay=0.1, centered=True, momentum=0.5)),
    "Adagrad": (optim.Adagrad, dict()),
    "Adagrad, rate decay": (optim.Adagrad, dict(lr=0.2, lr_decay=0.01)),
    "Adagrad, initial accumulator": (optim.Adagrad, dict(lr=0.1, initial_accumulator_value=0.5)),
    "Adagrad, epsilon, l2": (optim.Adagrad, dict(lr=0.1, eps=0.1, weight_decay=0.1)),
    "Adagrad, decay": (decayed(optim.Adagrad), dict(lr=0.1, decay=0.1)),
    "Adadelta": (optim.Adadelta, dict()),
    "Adadelta, rho, epsilon, l2": (optim.Adadelta, dict(lr=0.2, rho=0.95, eps=1e-3, weight_decay=0.1)),
    "Adadelta, decay": (decayed(optim.Adadelta), dict(lr=0.2, decay=0.05)),
    "Adam": (optim.Adam, dict()),
    "Adam, betas, epsilon": (optim.Adam, dict(lr=0.05, betas=(0.8, 0.99), eps=1e-3)),
    "Adam, l2": (optim.Adam, dict(lr=0.05, weight_decay=0.1)),
    "Adam, AMSGrad": (optim.Adam, dict(lr=0.05, betas=(0.9, 0.9), amsgrad=True)),
    "Adam, AMSGrad, l2": (optim.Adam, dict(lr=0.05, betas=(0.9, 0.9), amsgrad=True, weight_decay=0.1)),
    "Adam, decay": (decayed(optim.Adam), dict(lr=0.05, decay=0.2)),
    "AdamW": (optim.AdamW, dict()),
    "AdamW, decay": (optim.AdamW, dict(lr=0.05, betas=(0.8, 0.99), eps=1e-3, weight_decay=0.2)),
    "AdamW, no decay": (optim.AdamW, dict(lr=0.05, weight_decay=0.0)),
    "AdamW, AMSGrad": (optim.AdamW, dict(lr=0.05, betas=(0.9, 0.9), amsgrad=True)),
    "Adamax": (optim.Adamax, dict()),
    "Adamax, betas, epsilon, l2": (optim.Adamax, dict(lr=0.01, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.1)),
    "Adamax, decay": (decayed(optim.Adamax), dict(lr=0.01, decay=0.1)),
    "NAdam": (nadam, dict()),
    "NAdam, betas, epsilon, l2": (nadam, dict(lr=0.01, betas=(0.95, 0.99), eps=1e-3, weight_decay=0.1)),
    "NAdam, momentum decay": (nadam, dict(lr=0.05, betas=(0.99, 0.999), momentum_decay=0.5)),
    "NAdam, no momentum decay": (nadam, dict(lr=0.05, momentum_decay=0)),
    "NAdam, decay": (decayed(nadam), dict(lr=0.01, decay=0.1)),
    "RAdam": (optim.RAdam, dict()),
    "RAdam, betas, epsilon, l2": (optim.RAdam, dict(lr=0.05, betas=(0.8, 0.99), eps=1e-3, weight_decay=0.1)),
    "RAdam, never rectified": (optim.RAdam, dict(lr=0.05, betas=(0.9, 0.6))),
    "RAdam, decay": (decayed(optim.RAdam), dict(lr=0.05, decay=0.1)),
    "Lion": (Lion, dict()),
    "Lion, betas, decay": (Lion, dict(lr=0.01, betas=(0.95, 0.98), weight_decay=0.1)),
}


def gradient(x):
    near = 0.2 * torch.cos(x + torch.roll(x, -1))
    return torch.from_numpy(SCALES) * torch.tanh(x - torch.from_numpy(CENTRES)) + near + torch.roll(near, 1)


def run(make, options):
    x = torch.nn.Parameter(torch.from_numpy(START.copy()))
    optimizer = make([x], **options)
    checkpoints = []
    for step in range(1, CHECKPOINTS[-1] + 1):
        x.grad = gradient(x.detach())
        optimizer.step()
        if step in CHECKPOINTS:
            checkpoints.append(x.detach().tolist())
    return checkpoints


def clip(rule):
    parameters = [torch.nn.Parameter(torch.zeros(len(values))) for values in CLIPPED]
    for parameter, values in zip(parameters, CLIPPED):
        parameter.grad = torch.tensor(values)
    rule(parameters)
    return [parameter.grad.tolist() for parameter in parameters]


def main():
    content = {
        "start": START.tolist(),
        "centres": CENTRES.tolist(),
        "scales": SCALES.tolist(),
        "steps": CHECKPOINTS,
        "cases": [{"name": name, "values": run(*case)} for name, case in CASES.items()],
        "gradients": CLIPPED,
        "clippedByValue": clip(lambda parameters: torch.nn.utils.clip_grad_value_(parameters, 2.5)),
        "clippedByGlobalNorm": clip(lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 5.0)),
    }
    text = json.dumps(content, separators=(",", ":")).replace('{"name"', '\n{"name"').replace("],[", "],\n[")
    pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")


main()
