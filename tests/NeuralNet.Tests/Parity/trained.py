"""What a network of PyTorch is before and after a few steps of training, for the scripts beside."""

import torch
from torch import nn

from state_dict import safetensors

STEPS, SAMPLES, RATE = 3, 4, 0.02


def channels_last(inputs):
    if inputs.dim() == 2:
        return inputs.reshape(-1).tolist()
    order = (0, 2, 3, 1) if inputs.dim() == 4 else (0, 2, 1)
    return inputs.permute(order).reshape(-1).tolist()


def case(model, shape, inputs=None):
    model.eval()
    inputs = torch.randn(SAMPLES, *shape) if inputs is None else inputs
    with torch.no_grad():
        targets = torch.randn_like(model(inputs))
    before = safetensors(model.state_dict())
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    model.train()
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(inputs), targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    with torch.no_grad():
        outputs = model(inputs)
    return {
        "inputs": channels_last(inputs), "targets": targets.reshape(-1).tolist(), "losses": losses,
        "outputs": outputs.reshape(-1).tolist(), "before": before, "after": safetensors(model.state_dict()),
    }
