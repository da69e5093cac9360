"""Writes branches.json: networks with branches, reshapes and embeddings, trained by PyTorch for a few steps.

Run:  /usr/bin/python3 branches.py        (PyTorch 1.13, float64)
Each case holds the state_dict before and after training as safetensors (base64), and losses and predictions. Inputs are
samples one after the other; several inputs of a sample lie one behind the other, an image with its channels last.
"""

import json
import pathlib

import torch
from torch import nn

from state_dict import randomized
from trained import SAMPLES, case

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def image(x, start, height, width, channels):
    part = x[:, start:start + height * width * channels]
    return part.reshape(-1, height, width, channels).permute(0, 3, 1, 2)


class ImageAndTable(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 3, 2)
        self.table = nn.Linear(3, 4)
        self.norm = nn.BatchNorm1d(22)
        self.last = nn.Linear(22, 2)

    def forward(self, x):
        pixels = torch.tanh(self.conv(image(x, 0, 4, 3, 2))).flatten(1)
        table = torch.sigmoid(self.table(x[:, 24:]))
        return self.last(self.norm(torch.cat([pixels, table], 1)))


class FlatImageAndTable(nn.Module):
    """The image goes into a linear layer, beside the table."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(15, 5)

    def forward(self, x):
        return torch.tanh(self.first(torch.cat([image(x, 0, 2, 3, 2).flatten(1), x[:, 12:]], 1)))


class AutoEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 4, 2)
        self.code = nn.Linear(24, 3)
        self.decode = nn.Linear(3, 24)
        self.norm = nn.BatchNorm1d(24)
        self.slopes = nn.PReLU(24)
        self.up = nn.ConvTranspose2d(4, 2, 2)

    def forward(self, x):
        code = torch.tanh(self.code(torch.tanh(self.conv(image(x, 0, 4, 3, 2))).flatten(1)))
        pixels = self.slopes(self.norm(self.decode(code))).view(-1, 4, 3, 2)
        return self.up(pixels).permute(0, 2, 3, 1).flatten(1)


class Embeddings(nn.Module):
    def __init__(self):
        super().__init__()
        self.days = nn.Embedding(7, 3)
        self.zones = nn.Embedding(40, 5)
        self.numbers = nn.Linear(2, 4)
        self.last = nn.Linear(12, 2)

    def forward(self, x):
        whole = x.long()
        parts = [self.days(whole[:, 0]), self.zones(whole[:, 1]), torch.tanh(self.numbers(x[:, 2:]))]
        return self.last(torch.cat(parts, 1))


class SharedEmbedding(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(6, 4)
        self.last = nn.Linear(20, 3)

    def forward(self, x):
        return self.last(self.words(x.long()).flatten(1))


class Merges(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(5, 12)

    def forward(self, x):
        one, two, three = self.first(x).chunk(3, 1)
        one, two = torch.tanh(one), torch.sigmoid(two)
        return torch.cat([one * two * three, (one + two + three) / 3, torch.maximum(one, three)], 1)


torch.manual_seed(17)
categories = torch.cat(
    [torch.tensor([[0.0, 39], [6, 3], [2, 3], [2, 0]]).double(), torch.randn(SAMPLES, 2)], 1)
words = torch.tensor([[0, 1, 1, 5, 0], [2, 2, 2, 2, 2], [5, 3, 1, 0, 0], [1, 3, 3, 3, 5]]).double()
cases = {
    "image and table": case(randomized(ImageAndTable()), (27,)),
    "flat image and table": case(randomized(FlatImageAndTable()), (15,)),
    "autoencoder": case(randomized(AutoEncoder()), (24,)),
    "embeddings": case(randomized(Embeddings()), None, categories),
    "shared embedding": case(randomized(SharedEmbedding()), None, words),
    "merges": case(randomized(Merges()), (5,)),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(cases, indent=1) + "\n")
