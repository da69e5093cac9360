"""Writes gates.json: gated linear units and their gradients, and what alpha dropout makes of a number.

Run:  /usr/bin/python3 gates.py        (PyTorch 1.13, float64)
Channels are last, as in the library; of GLU, PyTorch takes the dimension.
"""
import json
import pathlib

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)

GATES = {
    "Sigmoid": lambda x: F.glu(x, -1),
    "ReLU": lambda x: x.chunk(2, -1)[0] * F.relu(x.chunk(2, -1)[1]),
    "GELU": lambda x: x.chunk(2, -1)[0] * F.gelu(x.chunk(2, -1)[1]),
    "SiLU": lambda x: x.chunk(2, -1)[0] * F.silu(x.chunk(2, -1)[1]),
    "Identity": lambda x: x.chunk(2, -1)[0] * x.chunk(2, -1)[1],
    "Softmax": lambda x: x.chunk(2, -1)[0] * F.softmax(x.chunk(2, -1)[1], -1),
}


def gated(name, shape):
    x = torch.randn(2, *shape, requires_grad=True)
    a = GATES[name](x)
    above = torch.randn_like(a)
    a.backward(above)
    flat = lambda tensor: tensor.detach().reshape(-1).tolist()
    return {
        "gate": name, "shape": list(shape), "inputs": flat(x), "outputs": flat(a),
        "outputGradient": flat(above), "inputGradient": flat(x.grad),
    }


def alpha_dropout(rate, value):
    torch.manual_seed(1)
    values = F.alpha_dropout(torch.full((1000,), value), rate, training=True).unique().tolist()
    return {"rate": rate, "input": value, "outputs": values}


result = {
    "gates": [gated(name, shape) for name in GATES for shape in ((8,), (4, 6), (2, 2, 6))],
    "alphaDropout": [alpha_dropout(rate, value) for rate in (0.1, 0.5, 0.8) for value in (-1.5, 0.25, 3.0)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result).replace('{"gate"', '\n{"gate"') + "\n")
