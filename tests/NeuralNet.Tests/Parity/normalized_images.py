"""Writes normalized_images.json: networks that normalize images and sequences, trained by PyTorch for a few steps.

Run:  /usr/bin/python3 normalized_images.py        (PyTorch 1.13, float64)
Each case holds the state_dict before and after training as safetensors (base64), and losses and predictions. Inputs
are samples one after the other, each with the channels last, as the library has them.
"""

import json
import pathlib

import torch
from torch import nn

from state_dict import randomized
from trained import case

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class OfPositions(nn.Module):
    """A module that works along the last dimension, put to the channels, which are the second."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, x):
        return self.module(x.movedim(1, -1)).movedim(-1, 1)


class RMSNorm(nn.Module):
    """nn.RMSNorm, which PyTorch has from 2.4 on, by its documentation."""

    def __init__(self, features, eps=None):
        super().__init__()
        self.eps = torch.finfo(torch.float64).eps if eps is None else eps
        self.weight = nn.Parameter(torch.ones(features))

    def forward(self, x):
        return x / torch.sqrt(self.eps + x.pow(2).mean(-1, keepdim=True)) * self.weight


def images(channels, norm, last=None):
    return nn.Sequential(
        nn.Conv2d(2, channels, 2), norm, nn.Tanh(), nn.Conv2d(channels, 3, 2), *([last] if last else []), nn.Tanh(),
        nn.Flatten(), nn.Linear(18, 3))


def steps(channels, norm):
    return nn.Sequential(nn.Conv1d(3, channels, 2), norm, nn.Tanh(), nn.Flatten(), nn.Linear(6 * channels, 2))


torch.manual_seed(13)
IMAGE, SEQUENCE = (2, 4, 5), (3, 7)
cases = {
    "batch, images": case(
        randomized(images(6, nn.BatchNorm2d(6, eps=1e-3, momentum=0.3), nn.BatchNorm2d(3))), IMAGE),
    "batch, sequences": case(randomized(steps(5, nn.BatchNorm1d(5))), SEQUENCE),
    "layer, images": case(randomized(images(6, OfPositions(nn.LayerNorm(6)))), IMAGE),
    "layer, sequences": case(randomized(steps(5, OfPositions(nn.LayerNorm(5, eps=1e-3)))), SEQUENCE),
    "group, 6 channels": case(randomized(images(6, nn.GroupNorm(2, 6), nn.GroupNorm(1, 3))), IMAGE),
    "group, 20 channels": case(randomized(images(20, nn.GroupNorm(10, 20, eps=1e-3))), IMAGE),
    "group, 24 channels": case(randomized(images(24, nn.GroupNorm(2, 24))), IMAGE),
    "group, sequences": case(randomized(steps(16, nn.GroupNorm(4, 16))), SEQUENCE),
    "instance": case(
        randomized(images(12, nn.InstanceNorm2d(12, affine=True), nn.InstanceNorm2d(3, affine=True))), IMAGE),
    "RMS, images": case(randomized(images(6, OfPositions(RMSNorm(6)), OfPositions(RMSNorm(3, 0.1)))), IMAGE),
    "RMS, sequences": case(randomized(steps(19, OfPositions(RMSNorm(19)))), SEQUENCE),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
