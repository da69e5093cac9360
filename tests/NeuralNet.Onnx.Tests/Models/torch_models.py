#!/usr/bin/python3
"""Models that PyTorch exports, and what it predicts: /usr/bin/python3 torch_models.py writes NAME.onnx and NAME.json here.

PyTorch 1.13 and Python 3.11, as Debian 12 ships them; python3-onnx 1.12 is not needed. The numbers are float64 in JSON.
"""
import json
import pathlib
import warnings

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent
warnings.filterwarnings("ignore")


class Block(nn.Module):
    """x + F(x), or F(x) + x."""

    def __init__(self, inner, swapped=False):
        super().__init__()
        self.inner = inner
        self.swapped = swapped

    def forward(self, x):
        return self.inner(x) + x if self.swapped else x + self.inner(x)


class WithoutGemm(nn.Module):
    """A product and a sum as two operators, the bias on the left."""

    def __init__(self, _):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(4, 3))
        self.bias = nn.Parameter(torch.randn(3))

    def forward(self, x):
        return torch.relu(self.bias + x @ self.weight)


class View(nn.Module):
    """An image made flat, for any number of samples."""

    def __init__(self, _):
        super().__init__()
        self.linear = nn.Linear(12, 3)

    def forward(self, x):
        return self.linear(x.view(x.size(0), -1))


class Scaled(nn.Module):
    """Features standardized by constants, in front of a layer; outputs scaled behind it."""

    def __init__(self, _):
        super().__init__()
        self.register_buffer("mean", torch.tensor([1.0, -2.0, 0.5, 3.0]))
        self.register_buffer("std", torch.tensor([2.0, 0.5, 1.5, 4.0]))
        self.linear = nn.Linear(4, 3)

    def forward(self, x):
        return torch.tanh(self.linear((x - self.mean) / self.std)) * 10 + 5


def trained_statistics(module):
    """Gives batch normalizations statistics and weights that are not those they begin with."""
    for layer in module.modules():
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            layer.running_mean.uniform_(-1, 1)
            layer.running_var.uniform_(0.2, 2)
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm)):
            nn.init.uniform_(layer.weight, 0.5, 1.5)
            nn.init.uniform_(layer.bias, -1, 1)
        if isinstance(layer, nn.PReLU):
            nn.init.uniform_(layer.weight, -0.5, 0.5)
    return module


def activations(opset):
    """All in one model, x + f(W·x + b) after x + f(W·x + b), so that each is seen in the output undiminished.

    The exporter has CELU from opset 12 on.
    """
    kinds = [*([nn.CELU(1.5)] if opset >= 12 else []),
        nn.ReLU(), nn.LeakyReLU(0.2), nn.ReLU6(), nn.ELU(0.7), nn.SELU(), nn.GELU(), nn.GELU(approximate="tanh"),
        nn.SiLU(), nn.Mish(), nn.Sigmoid(), nn.Hardsigmoid(), nn.LogSigmoid(), nn.Tanh(), nn.Hardtanh(-0.5, 2), nn.Hardswish(),
        nn.Softplus(), nn.Softsign(), nn.PReLU(), nn.PReLU(4), nn.Softmax(dim=1), nn.LogSoftmax(dim=-1), nn.Dropout(0.3),
        nn.Identity(),
    ]
    return nn.Sequential(*[Block(nn.Sequential(nn.Linear(4, 4), kind)) for kind in kinds], nn.Linear(4, 3))


def normalized(_):
    return nn.Sequential(
        nn.Linear(4, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.LayerNorm(6, eps=1e-3), nn.Linear(6, 5), nn.LayerNorm(5), nn.Tanh(),
        nn.BatchNorm1d(5, eps=1e-3), nn.Linear(5, 2),
    )


def residual(_):
    return nn.Sequential(
        nn.Linear(4, 6),
        Block(nn.Sequential(nn.SiLU(), nn.Linear(6, 8), nn.GELU(), nn.Linear(8, 6)), swapped=True),
        Block(nn.Sequential(nn.LayerNorm(6), Block(nn.Linear(6, 6)), nn.Mish())),
        nn.Linear(6, 3),
    )


def image(_):
    return nn.Sequential(nn.Flatten(), nn.Linear(12, 5), nn.ReLU(), nn.Linear(5, 3), nn.Softmax(dim=1))


class Shuffle(nn.Module):
    """The channels of two groups in turn, as ShuffleNet has them."""

    def forward(self, x):
        return x.view(-1, 2, 3, 5, 4).transpose(1, 2).reshape(-1, 6, 5, 4)


def convolutions(_):
    """Every option of convolutions and poolings, on images that are neither square nor of one channel."""
    return nn.Sequential(
        nn.BatchNorm2d(3), nn.Conv2d(3, 6, (3, 2), stride=(1, 2), padding=(2, 1), dilation=(2, 1)), nn.SiLU(),
        nn.MaxPool2d((2, 3), stride=1, padding=(1, 0)), nn.Conv2d(6, 6, 3, padding=1, groups=6, bias=False), nn.BatchNorm2d(6),
        nn.PReLU(6), nn.AvgPool2d(2, stride=1, padding=1), nn.AvgPool2d((3, 2), stride=1, padding=1, count_include_pad=False),
        nn.Dropout(0.2), nn.Conv2d(6, 4, 1), nn.Hardswish(), nn.Flatten(), nn.Linear(176, 5), nn.LogSoftmax(dim=1),
    )


def residual_images(_):
    def block():
        return Block(nn.Sequential(nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 1)))

    return nn.Sequential(nn.Conv2d(2, 4, 3), block(), nn.ReLU(), block(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))


def steps(_):
    return nn.Sequential(
        nn.Conv1d(3, 4, 3, stride=2, padding=1), nn.Tanh(), nn.MaxPool1d(2, stride=1), nn.Conv1d(4, 6, 2, dilation=2, groups=2),
        nn.AvgPool1d(2), nn.Flatten(), nn.Linear(12, 3),
    )


def pictures(_):
    """From image to image: zeros in front, softmax over the channels behind."""
    return nn.Sequential(nn.ZeroPad2d((1, 2, 0, 1)), nn.Conv2d(2, 4, 3), nn.LeakyReLU(0.2), nn.Conv2d(4, 3, 1), nn.Softmax(dim=1))


def shuffled(_):
    return nn.Sequential(nn.Conv2d(2, 6, 1), nn.ReLU(), Shuffle(), nn.Conv2d(6, 4, 3, groups=2), nn.Flatten(), nn.Linear(24, 3))


CASES = [
    # name, module, shape of a sample, opset, type, constant folding
    ("torch-activations-9", activations, (4,), 9, torch.float32, True),
    ("torch-activations-10", activations, (4,), 10, torch.float32, True),
    ("torch-activations-12", activations, (4,), 12, torch.float32, True),
    ("torch-activations-17", activations, (4,), 17, torch.float32, True),
    ("torch-activations-double", activations, (4,), 14, torch.float64, True),
    ("torch-normalized-9", normalized, (4,), 9, torch.float32, True),
    ("torch-normalized-14", normalized, (4,), 14, torch.float32, True),
    ("torch-normalized-17", normalized, (4,), 17, torch.float32, True),
    ("torch-residual-11", residual, (4,), 11, torch.float32, True),
    ("torch-residual-17", residual, (4,), 17, torch.float32, True),
    ("torch-image-13", image, (1, 3, 4), 13, torch.float32, True),
    ("torch-view-11", View, (1, 3, 4), 11, torch.float32, True),
    ("torch-view-17", View, (1, 3, 4), 17, torch.float32, True),
    ("torch-without-gemm-13", WithoutGemm, (4,), 13, torch.float32, False),
    ("torch-scaled-13", Scaled, (4,), 13, torch.float32, True),
    ("torch-convolutions-11", convolutions, (3, 9, 7), 11, torch.float32, True),
    ("torch-convolutions-17", convolutions, (3, 9, 7), 17, torch.float32, True),
    ("torch-residual-images-13", residual_images, (2, 6, 5), 13, torch.float32, True),
    ("torch-steps-13", steps, (3, 13), 13, torch.float32, True),
    ("torch-pictures-10", pictures, (2, 5, 4), 10, torch.float32, True),
    ("torch-pictures-17", pictures, (2, 5, 4), 17, torch.float32, True),
    ("torch-shuffled-15", shuffled, (2, 5, 4), 15, torch.float32, True),
]


def main():
    for name, make, shape, opset, dtype, folding in CASES:
        torch.manual_seed(1)
        module = trained_statistics(make(opset)).to(dtype).eval()
        inputs = torch.randn(5, *shape, dtype=dtype)
        torch.onnx.export(
            module, inputs, FOLDER / f"{name}.onnx", opset_version=opset, do_constant_folding=folding,
            input_names=["input"], output_names=["output"],
            dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
        )
        with torch.no_grad():
            outputs = module(inputs)
        (FOLDER / f"{name}.json").write_text(json.dumps({
            "samples": inputs.shape[0],
            "inputs": inputs.double().flatten().tolist(),
            "expected": outputs.double().flatten().tolist(),
        }) + "\n")


if __name__ == "__main__":
    main()
