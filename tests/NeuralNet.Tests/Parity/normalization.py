"""Writes normalization.json: networks with normalization layers, trained by PyTorch and then asked to predict.

Run:  /usr/bin/python3 normalization.py        (PyTorch 1.13, float64)
Matrices are lists of rows, one sample per row: the bytes of a features x batch matrix, column-major.
"""
import json
import pathlib
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def case(kind, momentum, epsilon, slope):
    torch.manual_seed(7)
    norm = torch.nn.BatchNorm1d(5, eps=epsilon, momentum=momentum) if kind == "batch" else torch.nn.LayerNorm(5, eps=epsilon)
    with torch.no_grad():
        norm.weight.uniform_(0.5, 1.5)
        norm.bias.uniform_(-0.5, 0.5)
    prelu = torch.nn.PReLU(1 if slope == "shared" else 5)
    first, last = torch.nn.Linear(4, 5), torch.nn.Linear(5, 3)
    net = torch.nn.Sequential(first, norm, prelu, last)
    inputs = torch.randn(24, 4) * torch.tensor([1.0, 3.0, 0.1, 10.0]) + torch.tensor([0.0, 5.0, -1.0, 2.0])
    targets = torch.randn(24, 3)
    names = {
        "dense1.weights": first.weight, "dense1.biases": first.bias,
        "norm.gamma": norm.weight, "norm.beta": norm.bias,
        "prelu1.slopes": prelu.weight,
        "dense2.weights": last.weight, "dense2.biases": last.bias,
    }
    if kind == "batch":
        names |= {"norm.runningMean": norm.running_mean, "norm.runningVariance": norm.running_var}

    def snapshot():  # column-major, as the library stores parameters
        return {name: value.detach().t().reshape(-1).tolist() if value.dim() == 2 else value.detach().tolist()
                for name, value in names.items()}

    initial = snapshot()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
    losses = []
    net.train()
    for step in range(20):
        batch = slice(8 * (step % 3), 8 * (step % 3) + 8)
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(net(inputs[batch]), targets[batch])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    net.eval()
    with torch.no_grad():
        outputs = net(inputs)
    return {
        "kind": kind, "momentum": momentum, "epsilon": epsilon, "slopePerFeature": slope != "shared",
        "inputs": inputs.reshape(-1).tolist(), "targets": targets.reshape(-1).tolist(),
        "initial": initial, "final": snapshot(), "losses": losses, "outputs": outputs.reshape(-1).tolist(),
    }


cases = [
    case("batch", 0.1, 1e-5, "shared"),
    case("batch", 0.3, 1e-3, "perFeature"),
    case("layer", 0.0, 1e-5, "shared"),
    case("layer", 0.0, 1e-2, "perFeature"),
]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases))
