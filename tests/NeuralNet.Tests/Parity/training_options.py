"""Writes training_options.json beside itself: PyTorch's parameter groups and averaged models on a small network.

Run it with /usr/bin/python3 training_options.py (Debian 12: Python 3.11, PyTorch 1.13.0). All in float64.

The network is Linear(3, 5), Tanh, BatchNorm1d(5), Linear(5, 2), trained by full passes over 12 samples in batches of 4, in
order, with the mean squared error. Parameters and samples are in the file. In "groups" each case has its own optimizer; in
"averages" it is SGD with momentum, and the validation losses are those of the averaged model after each epoch.
"""

import json
import pathlib

import torch
from torch.optim import swa_utils

torch.set_default_dtype(torch.float64)
torch.manual_seed(5)

EPOCHS = 6
BATCH = 4
INPUTS = torch.randn(12, 3)
TARGETS = torch.randn(12, 2)
NAMES = {
    "0.weight": "dense1.weights",
    "0.bias": "dense1.biases",
    "2.weight": "batchNormalization1.gamma",
    "2.bias": "batchNormalization1.beta",
    "2.running_mean": "batchNormalization1.runningMean",
    "2.running_var": "batchNormalization1.runningVariance",
    "3.weight": "dense2.weights",
    "3.bias": "dense2.biases",
}


def network():
    return torch.nn.Sequential(torch.nn.Linear(3, 5), torch.nn.Tanh(), torch.nn.BatchNorm1d(5), torch.nn.Linear(5, 2))


START = network()


def fresh():
    model = network()
    model.load_state_dict(START.state_dict())
    return model


def parameters(model):
    # Column after column.
    return {NAMES[name]: (value.T if value.dim() == 2 else value).flatten().tolist() for name, value in model.state_dict().items() if name in NAMES}


def batches():
    return zip(INPUTS.split(BATCH), TARGETS.split(BATCH))


def train(model, optimizer, after_step=lambda: None, after_epoch=lambda epoch: None, schedule=None):
    for epoch in range(1, EPOCHS + 1):
        for inputs, targets in batches():
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(model(inputs), targets).backward()
            optimizer.step()
            if schedule is not None:
                schedule.step()
            after_step()
        after_epoch(epoch)


def groups(make, body, vectors, other, schedule=None):
    """The first dense layer; of the rest what has one dimension; the weights of the second dense layer."""
    model = fresh()
    first, rest = list(model[0].parameters()), list(model[2].parameters()) + list(model[3].parameters())
    optimizer = make(
        [
            dict(params=first, **body),
            dict(params=[p for p in rest if p.dim() == 1], **vectors),
            dict(params=[p for p in rest if p.dim() > 1], **other),
        ])
    train(model, optimizer, schedule=None if schedule is None else schedule(optimizer))
    return parameters(model)


def cosine(optimizer):
    return torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=EPOCHS * len(list(batches())))


def loss_of(model):
    model.eval()
    loss = torch.nn.functional.mse_loss(model(INPUTS), TARGETS).item()
    model.train()
    return loss


def ema(average):
    model = fresh()
    averaged = swa_utils.AveragedModel(model, avg_fn=average, use_buffers=True)
    losses = []
    train(
        model,
        torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9),
        after_step=lambda: averaged.update_parameters(model),
        after_epoch=lambda epoch: losses.append(loss_of(averaged)))
    return {"losses": losses, "parameters": parameters(averaged.module)}


def swa(start):
    model = fresh()
    averaged = swa_utils.AveragedModel(model)
    train(
        model,
        torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9),
        after_epoch=lambda epoch: averaged.update_parameters(model) if epoch >= start else None)
    swa_utils.update_bn(INPUTS.split(BATCH), averaged)
    return {"losses": [loss_of(averaged)], "parameters": parameters(averaged.module)}


def main():
    optim = torch.optim
    content = {
        "start": parameters(START),
        "inputs": INPUTS.flatten().tolist(),
        "targets": TARGETS.flatten().tolist(),
        "groups": {
            "Sgd": groups(
                lambda g: optim.SGD(g, lr=0.1, momentum=0.9, weight_decay=0.02),
                dict(lr=0.01), dict(weight_decay=0.0), dict(weight_decay=0.3)),
            "AdamW": groups(
                lambda g: optim.AdamW(g, lr=0.02, weight_decay=0.1),
                dict(lr=0.002), dict(weight_decay=0.0), dict()),
            "AdamW, schedule": groups(
                lambda g: optim.AdamW(g, lr=0.02, weight_decay=0.1),
                dict(lr=0.01, weight_decay=0.5), dict(lr=0.04), dict(), cosine),
        },
        "averages": {
            "FirstParameters": ema(lambda average, new, n: 0.8 * average + 0.2 * new),
            "BiasCorrected": ema(
                lambda average, new, n: average + (1 - 0.8) / (1 - 0.8 ** (n + 1)) * (new - average)),
            "GrowingDecay": ema(
                lambda average, new, n: average + (1 - min(0.8, (2 + n) / (11 + n))) * (new - average)),
            "swa": swa(3),
        },
    }
    text = json.dumps(content, separators=(",", ":")).replace(',"', ',\n"')
    pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")


main()
