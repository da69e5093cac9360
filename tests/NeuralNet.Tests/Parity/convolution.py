"""Writes convolution.json: networks with convolutions, poolings and resizing, trained by PyTorch for a few steps.

Run:  /usr/bin/python3 convolution.py        (PyTorch 1.13, float64)
Each case holds the state_dict before and after training as safetensors (base64), and losses and predictions. Inputs
are samples one after the other, each with the channels last, as the library has them.
"""

import json
import pathlib

import torch
from torch import nn

from state_dict import randomized
from trained import SAMPLES, case

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def with_identity(model):
    """A first convolution that hands its input on."""
    randomized(model)
    with torch.no_grad():
        model[0].weight.copy_(torch.eye(3).reshape(3, 3, 1, 1))
    return model


torch.manual_seed(11)
cases = {
    "strides": case(randomized(nn.Sequential(
        nn.Conv2d(3, 5, (3, 2), stride=(2, 1)), nn.Tanh(), nn.Conv2d(5, 4, 2, stride=3, bias=False), nn.Flatten(),
        nn.Linear(8, 3))), (3, 9, 6)),
    "padding": case(randomized(nn.Sequential(
        nn.Conv2d(2, 4, 3, padding="same"), nn.Sigmoid(), nn.Conv2d(4, 3, (2, 4), padding=(1, 3)), nn.Flatten(),
        nn.Linear(144, 2))), (2, 5, 5)),
    "dilation and groups": case(randomized(nn.Sequential(
        nn.Conv2d(4, 6, 3, dilation=(2, 1), padding=2, groups=2), nn.ELU(), nn.Conv2d(6, 6, 2, groups=6), nn.ELU(),
        nn.Conv2d(6, 12, 1, groups=6), nn.Flatten(), nn.Linear(288, 3))), (4, 5, 5)),
    "maximum pooling": case(randomized(nn.Sequential(
        nn.Conv2d(1, 20, 3), nn.MaxPool2d((2, 3), stride=(2, 1), padding=(1, 1)), nn.ReLU(), nn.Flatten(),
        nn.Linear(300, 3))), (1, 6, 7)),
    "average pooling": case(randomized(nn.Sequential(
        nn.Conv2d(1, 3, 2), nn.AvgPool2d(3, stride=2, padding=1), nn.Tanh(),
        nn.AvgPool2d(2, stride=1, padding=1, count_include_pad=False), nn.Flatten(), nn.Linear(48, 3))), (1, 7, 7)),
    "global pooling": case(randomized(nn.Sequential(
        nn.Conv2d(2, 6, 2), nn.Tanh(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3))), (2, 4, 5)),
    "sequence": case(randomized(nn.Sequential(
        nn.Conv1d(3, 5, 3, padding=1), nn.ReLU(), nn.MaxPool1d(2), nn.Conv1d(5, 4, 2, stride=2), nn.Flatten(),
        nn.Linear(12, 2))), (3, 12)),
    "network with batch normalization": case(randomized(nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 12, 3), nn.BatchNorm2d(12), nn.ReLU(), nn.Flatten(), nn.Linear(108, 10), nn.ReLU(),
        nn.Linear(10, 4))), (3, 10, 10)),
    # Whole numbers, so that several inputs of a window are equal.
    "ties": case(with_identity(nn.Sequential(
        nn.Conv2d(3, 3, 1, bias=False), nn.MaxPool2d(3, stride=2, padding=1), nn.Flatten(), nn.Linear(27, 2))),
        (3, 6, 6), torch.randint(0, 2, (SAMPLES, 3, 6, 6)).double()),
    "transposed": case(randomized(nn.Sequential(
        nn.ConvTranspose2d(3, 5, (3, 2), stride=(2, 3), padding=(1, 0), output_padding=(1, 2)), nn.Tanh(),
        nn.ConvTranspose2d(5, 2, 3, bias=False), nn.Flatten(), nn.Linear(360, 3))), (3, 4, 5)),
    "transposed, dilation and groups": case(randomized(nn.Sequential(
        nn.ConvTranspose2d(4, 6, 3, stride=2, dilation=(2, 1), padding=2, output_padding=1, groups=2), nn.ELU(),
        nn.ConvTranspose2d(6, 12, 2, groups=6), nn.Flatten(), nn.Linear(420, 3))), (4, 3, 3)),
    # The last one has places that no element of its kernel reaches.
    "transposed sequence": case(randomized(nn.Sequential(
        nn.ConvTranspose1d(3, 5, 4, stride=3, padding=1), nn.ReLU(), nn.Conv1d(5, 4, 2, stride=2),
        nn.ConvTranspose1d(4, 2, 1, stride=2, output_padding=1), nn.Flatten(), nn.Linear(28, 2))), (3, 5)),
    "autoencoder": case(randomized(nn.Sequential(
        nn.Conv2d(1, 6, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(6, 8, 3, stride=2, padding=1), nn.BatchNorm2d(8),
        nn.ReLU(), nn.ConvTranspose2d(8, 6, 3, stride=2, padding=1, output_padding=1), nn.ReLU(),
        nn.ConvTranspose2d(6, 1, 4, stride=2, padding=1), nn.Flatten())), (1, 8, 8)),
    "resizing": case(randomized(nn.Sequential(
        nn.ZeroPad2d((1, 2, 0, 3)), nn.Conv2d(2, 3, 2), nn.Tanh(), nn.Upsample(scale_factor=(2, 3)),
        nn.Conv2d(3, 2, 3), nn.Upsample(scale_factor=(3, 2), mode="bilinear", align_corners=False), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(180, 2))), (2, 2, 2)),
    "resizing of a sequence": case(randomized(nn.Sequential(
        nn.ConstantPad1d((2, 1), 0.0), nn.Conv1d(3, 4, 2), nn.Upsample(scale_factor=3, mode="linear"), nn.Tanh(),
        nn.Upsample(scale_factor=2), nn.Conv1d(4, 2, 2, stride=2), nn.Flatten(), nn.Linear(36, 2))), (3, 4)),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
