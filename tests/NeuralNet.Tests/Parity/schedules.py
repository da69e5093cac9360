"""Writes schedules.json beside itself: the learning rates of PyTorch's schedules, step by step, for an optimizer's rate of 1.

Run it with /usr/bin/python3 schedules.py (Debian 12: Python 3.11, PyTorch 1.13.0). All in float64.
A case's name is its name in ScheduleParityTests.cs, and its values are those of the steps 0 to 99 of 100.
"""

import json
import pathlib
import warnings

import torch
from torch.optim import lr_scheduler as schedules

STEPS = 100


def warm_up(optimizer, start, steps, then):
    first = schedules.LinearLR(optimizer, start_factor=start, total_iters=steps)
    return schedules.SequentialLR(optimizer, [first, then(optimizer)], milestones=[steps])


def cycle(**options):
    return lambda optimizer: schedules.OneCycleLR(optimizer, max_lr=1.0, cycle_momentum=False, **options)


def factor(function):
    return lambda optimizer: schedules.LambdaLR(optimizer, function)


def piecewise(boundaries, values):
    """Keras's PiecewiseConstantDecay, with boundaries at which the next value begins."""
    return factor(lambda step: values[sum(step >= boundary for boundary in boundaries)])


def inverse_sqrt(warmup, timescale):
    """Hugging Face's get_inverse_sqrt_schedule, word for word."""

    def at(step):
        if step < warmup:
            return float(step) / float(max(1, warmup))
        shift = timescale - warmup
        return 1.0 / ((step + shift) / timescale) ** 0.5

    return factor(at)


def sequence(optimizer):
    parts = [
        schedules.LinearLR(optimizer, start_factor=0.25, total_iters=10),
        schedules.ExponentialLR(optimizer, gamma=0.9),
        schedules.CosineAnnealingLR(optimizer, T_max=STEPS - 40),
    ]
    return schedules.SequentialLR(optimizer, parts, milestones=[10, 40])


CASES = {
    "ConstantRate": lambda o: schedules.ConstantLR(o, factor=0.5, total_iters=STEPS),
    "StepDecay": lambda o: schedules.StepLR(o, 30),
    "StepDecay, factor": lambda o: schedules.StepLR(o, 7, gamma=0.8),
    "MultiStepDecay": lambda o: schedules.MultiStepLR(o, [20, 50, 99]),
    "MultiStepDecay, factor": lambda o: schedules.MultiStepLR(o, [1, 2, 3, 80], gamma=0.5),
    "ExponentialDecay": lambda o: schedules.ExponentialLR(o, gamma=0.95),
    "PolynomialDecay": lambda o: schedules.PolynomialLR(o, total_iters=STEPS),
    "PolynomialDecay, power": lambda o: schedules.PolynomialLR(o, total_iters=STEPS, power=2.5),
    "PolynomialDecay, steps": lambda o: schedules.PolynomialLR(o, total_iters=40, power=2),
    "CosineDecay": lambda o: schedules.CosineAnnealingLR(o, T_max=STEPS),
    "CosineDecay, final factor": lambda o: schedules.CosineAnnealingLR(o, T_max=STEPS, eta_min=0.1),
    "CosineWarmRestarts": lambda o: schedules.CosineAnnealingWarmRestarts(o, 15),
    "CosineWarmRestarts, multiplier, final factor": lambda o: schedules.CosineAnnealingWarmRestarts(
        o, 10, T_mult=2, eta_min=0.05),
    "InverseTimeDecay": factor(lambda step: 1 / (1 + 0.5 * step / 10)),
    "InverseTimeDecay, staircase": factor(lambda step: 1 / (1 + 0.5 * (step // 10))),
    "InverseSquareRootDecay": inverse_sqrt(0, 20),
    "LinearWarmup": lambda o: schedules.LinearLR(o, total_iters=10),
    "LinearWarmup, then": lambda o: warm_up(
        o, 0.1, 20, lambda o: schedules.CosineAnnealingLR(o, T_max=STEPS - 20)),
    "LinearWarmup, inverse square root": inverse_sqrt(20, 20),
    "LinearWarmup, inverse square root, timescale": inverse_sqrt(10, 30),
    "PiecewiseConstant": piecewise([20, 50], [1, 0.5, 0.1]),
    "SequentialSchedule": sequence,
    "OneCycle": cycle(total_steps=STEPS),
    "OneCycle, all at will": cycle(total_steps=STEPS, pct_start=0.423, div_factor=10.0, final_div_factor=50.0),
    "OneCycle, no rise": cycle(total_steps=STEPS, pct_start=0.0),
}


def run(make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = make(optimizer)
    rates = []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


def main():
    cases = [{"name": name, "factors": run(make)} for name, make in CASES.items()]
    text = json.dumps({"cases": cases}, separators=(",", ":")).replace('{"name"', '\n{"name"')
    pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")


# OneCycleLR goes one step too far at the end of the loop; SequentialLR passes step numbers, which it warns about itself.
warnings.simplefilter("ignore")
main()
