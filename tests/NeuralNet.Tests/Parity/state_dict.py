"""Writes state_dict.json: state_dicts of PyTorch models as safetensors files (base64), inputs, and what the models predict.

Regenerate with: /usr/bin/python3 state_dict.py
Written with PyTorch 1.13.0 and Python 3.11. The safetensors bytes are put together here, in the order that the
safetensors package uses (by alignment, then by name), so that package is not needed.
"""

import base64
import json
import pathlib
import struct

import torch
from torch import nn

TYPES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}


def safetensors(tensors):
    order = sorted(tensors, key=lambda name: (-tensors[name].element_size(), name))
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in order:
        tensor = tensors[name].contiguous()
        raw = bytes(tensor.reshape(-1).view(torch.uint8).tolist()) if tensor.dim() else struct.pack("<q", tensor.item())
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return base64.b64encode(struct.pack("<Q", len(text)) + text + data).decode()


def randomized(model):
    """Parameters and statistics other than the defaults."""
    for name, tensor in model.state_dict().items():
        if tensor.is_floating_point():
            tensor.copy_(torch.rand_like(tensor) + 0.5 if name.endswith("running_var") else torch.randn_like(tensor) * 0.5)
        else:
            tensor.fill_(37)
    return model.eval()


def case(model, inputs, dtype):
    state = {name: t.to(dtype) if t.is_floating_point() else t for name, t in model.state_dict().items()}
    model.load_state_dict(state)
    with torch.no_grad():
        outputs = model(inputs)
    return {"file": safetensors(state), "inputs": inputs.tolist(), "outputs": outputs.tolist()}


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(4, 6)
        self.norm = nn.BatchNorm1d(6, affine=False)
        self.head = nn.Sequential(nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 3, bias=False))

    def forward(self, x):
        return self.head(torch.tanh(self.norm(self.stem(x))))


def sequential():
    # Twelve modules: as texts, their names come in another order than as numbers.
    return nn.Sequential(
        nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 8), nn.LayerNorm(8), nn.PReLU(8),
        nn.Linear(8, 8, bias=False), nn.BatchNorm1d(8, eps=1e-3), nn.GELU(), nn.Linear(8, 8), nn.PReLU(), nn.Linear(8, 3))


def of_images(model, shape):
    """A case whose inputs are images, written with the channels last, as the library has them."""
    images = torch.randn(6, *shape, dtype=torch.float64)
    written = case(model, images, torch.float32)
    return written | {"inputs": images.movedim(1, -1).flatten(1).tolist()}


if __name__ == "__main__":
    torch.manual_seed(5)
    inputs = torch.randn(6, 4, dtype=torch.float64)
    cases = {
        "sequential, F64": case(randomized(sequential().double()), inputs, torch.float64),
        "sequential, F32": case(randomized(sequential().double()), inputs, torch.float32),
        "sequential, F16": case(randomized(sequential().double()), inputs, torch.float16),
        "sequential, BF16": case(randomized(sequential().double()), inputs, torch.bfloat16),
        "named": case(randomized(Named().double()), inputs, torch.float32),
        "one module": case(randomized(nn.Linear(4, 2).double()), inputs, torch.float32),
        "images": of_images(randomized(nn.Sequential(
            nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(24, 5)).double()), (3, 8, 6)),
    }
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases, indent=1) + "\n")
