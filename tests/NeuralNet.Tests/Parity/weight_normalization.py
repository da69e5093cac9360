"""Writes weight_normalization.json: a model whose layers have weight_norm, what it predicts, and steps of training.

Run:  /usr/bin/python3 weight_normalization.py        (PyTorch 1.13, float64)
The state_dict before training and the one behind it are safetensors files in base64, as in state_dict.json.
"""
import json
import pathlib

import torch
from torch import nn
from torch.nn.utils import weight_norm

from state_dict import safetensors

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
torch.manual_seed(11)

model = nn.Sequential(
    weight_norm(nn.Conv2d(2, 6, (2, 3))), nn.ReLU(), weight_norm(nn.Conv2d(6, 4, 2, groups=2, bias=False)), nn.Flatten(),
    weight_norm(nn.Linear(4 * 3 * 2, 5)), nn.Tanh(), nn.Linear(5, 4), weight_norm(nn.Linear(4, 3, bias=False)))
images = torch.randn(6, 2, 5, 5)
targets = torch.randn(6, 3)
with torch.no_grad():
    for name, tensor in model.state_dict().items():
        if name.endswith("weight_g"):
            tensor.mul_(torch.rand_like(tensor) + 0.5)
before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
outputs = model(images).detach()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
losses = []
for _ in range(10):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(images), targets)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
result = {
    "file": safetensors(before), "inputs": images.movedim(1, -1).flatten(1).tolist(), "outputs": outputs.tolist(),
    "targets": targets.tolist(), "losses": losses, "trained": safetensors(model.state_dict()),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
