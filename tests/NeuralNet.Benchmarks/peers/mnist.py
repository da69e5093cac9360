#!/usr/bin/env python3
"""The MNIST sample's network and training in PyTorch, for comparison: same initial distributions, batch, optimizer.

Usage: mnist.py --data DIR [--hidden 128] [--epochs 5] [--batch-size 64] [--optimizer adam] [--learning-rate 0.002]
                [--schedule cosine] [--seed 42] [--threads 1]
Prints one line per epoch and, last, `test accuracy 98.12 % (9812 of 10000)`.
"""
import argparse
import gzip
import math
import os
import time

import numpy
import torch


def read_idx(path):
    """An IDX file of unsigned bytes as an array."""
    with gzip.open(path) as file:
        data = file.read()
    dimensions = data[3]
    shape = numpy.frombuffer(data, ">i4", dimensions, 4)
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * dimensions).reshape(shape)


def load(folder, part):
    images = read_idx(os.path.join(folder, part + "-images-idx3-ubyte.gz"))
    labels = read_idx(os.path.join(folder, part + "-labels-idx1-ubyte.gz"))
    inputs = torch.from_numpy(images.reshape(len(images), -1).astype(numpy.float32) / 255)
    return inputs, torch.from_numpy(labels.astype(numpy.int64))


def build(sizes):
    layers = []
    for index, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:])):
        linear = torch.nn.Linear(fan_in, fan_out)
        torch.nn.init.zeros_(linear.bias)
        layers.append(linear)
        if index < len(sizes) - 2:
            torch.nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
            layers.append(torch.nn.ReLU())
        else:
            torch.nn.init.xavier_uniform_(linear.weight)
    return torch.nn.Sequential(*layers)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--hidden", default="128")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--optimizer", choices=["adam", "sgd"], default="adam")
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--schedule", choices=["constant", "cosine"], default="cosine")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    inputs, labels = load(options.data, "train")
    test_inputs, test_labels = load(options.data, "t10k")
    network = build([inputs.shape[1], *map(int, options.hidden.split(",")), 10])
    if options.optimizer == "adam":
        optimizer = torch.optim.Adam(network.parameters(), options.learning_rate or 0.002)
    else:
        optimizer = torch.optim.SGD(network.parameters(), options.learning_rate or 0.1)
    loss_function = torch.nn.CrossEntropyLoss()
    steps = options.epochs * -(-len(inputs) // options.batch_size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: 1 if options.schedule == "constant" else (1 + math.cos(math.pi * step / steps)) / 2
    )

    for epoch in range(1, options.epochs + 1):
        start = time.perf_counter()
        order = torch.randperm(len(inputs))
        total = 0.0
        for first in range(0, len(inputs), options.batch_size):
            index = order[first : first + options.batch_size]
            optimizer.zero_grad(set_to_none=True)
            loss = loss_function(network(inputs[index]), labels[index])
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(index)
        seconds = time.perf_counter() - start
        with torch.inference_mode():
            correct = int((network(test_inputs).argmax(1) == test_labels).sum())
        print(
            f"epoch {epoch}/{options.epochs}: loss {total / len(inputs):.4f}, "
            f"test accuracy {100 * correct / len(test_labels):.2f} %, {seconds:.1f} s",
            flush=True,
        )

    print(f"test accuracy {100 * correct / len(test_labels):.2f} % ({correct} of {len(test_labels)})")


if __name__ == "__main__":
    main()
