#!/usr/bin/env python3
"""PyTorch's side: training steps and predictions, and networks as ONNX files."""
import os
import platform
import sys

import peer

try:
    import numpy
    import torch
except ImportError as error:
    peer.fail(error)
    sys.exit()

THREADS = int(os.environ["OMP_NUM_THREADS"])


def build(request):
    """The network, with the parameters from the file: weights (outputs × inputs) column after column, then biases."""
    values = torch.from_numpy(numpy.fromfile(request["parameters"], "float32"))
    sizes = request["sizes"]
    layers = []
    start = 0
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        linear = torch.nn.Linear(fan_in, fan_out)
        with torch.no_grad():
            linear.weight.copy_(values[start : start + fan_in * fan_out].reshape(fan_in, fan_out).T)
            start += fan_in * fan_out
            linear.bias.copy_(values[start : start + fan_out])
            start += fan_out
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def step(request):
    model = build(request)
    batch_size, features = request["batch_size"], request["sizes"][0]
    inputs = list(torch.from_numpy(numpy.fromfile(request["inputs"], "float32").reshape(-1, batch_size, features)))
    labels = list(torch.from_numpy(numpy.fromfile(request["labels"], "int32").astype("int64").reshape(-1, batch_size)))
    algorithm = {"Sgd": torch.optim.SGD, "Adam": torch.optim.Adam}[request["optimizer"]]
    optimizer = algorithm(model.parameters(), lr=request["learning_rate"])
    cross_entropy = torch.nn.functional.cross_entropy
    steps = 0

    def repeat(count):
        nonlocal steps
        for i in range(steps, steps + count):
            optimizer.zero_grad(set_to_none=True)
            loss = cross_entropy(model(inputs[i % len(inputs)]), labels[i % len(labels)])
            loss.backward()
            optimizer.step()
        steps += count
        return loss.item() if count else None

    return {"losses": [repeat(1) for _ in range(request["steps"])]}, repeat


def predict(request):
    model = build(request).eval()
    inputs = torch.from_numpy(numpy.fromfile(request["inputs"], "float32").reshape(-1, request["sizes"][0]))

    def repeat(count):
        with torch.inference_mode():
            for _ in range(count):
                model(inputs)

    with torch.inference_mode():
        outputs = model(inputs).flatten().tolist()
    return {"outputs": outputs}, repeat


def export(request):
    model = build(request).eval()
    example = torch.zeros(1, request["sizes"][0])
    axes = {"inputs": {0: "samples"}, "outputs": {0: "samples"}}
    torch.onnx.export(
        model, example, request["model"], input_names=["inputs"], output_names=["outputs"], dynamic_axes=axes
    )
    return {}, None


torch.set_num_threads(THREADS)
torch.set_num_interop_threads(1)
torch.ones(64, 64) @ torch.ones(64, 64)
capability = next((line.split()[-1] for line in torch.__config__.show().splitlines() if "CPU capability" in line), "?")
description = f"{torch.__version__} ({capability}), BLAS: {peer.blas()}, Python {platform.python_version()}"
peer.serve({"PyTorch": description}, {"step": step, "predict": predict, "export": export})
