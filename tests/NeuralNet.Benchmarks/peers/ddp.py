"""PyTorch's DistributedDataParallel with gloo: time of a training step, for `workers` to be compared with.

python3 ddp.py NETWORK BATCH PROCESSES THREADS: starts the processes, each of which trains on its share of the batch,
and prints the median of microseconds per step. NETWORK is 784-512-512-10, cifar or 784-128-10.
"""
import os
import statistics
import sys
import time

import torch
import torch.distributed
import torch.multiprocessing
from torch import nn


def normalized(inputs, filters):
    return [nn.Conv2d(inputs, filters, 3, padding="same", bias=False), nn.BatchNorm2d(filters), nn.ReLU()]


def build(name):
    if name == "cifar":
        return (3, 32, 32), nn.Sequential(
            *normalized(3, 32), *normalized(32, 32), nn.MaxPool2d(2),
            *normalized(32, 64), *normalized(64, 64), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(64 * 8 * 8, 10))
    if name == "784-128-10":
        return (784,), nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    return (784,), nn.Sequential(
        nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))


def work(rank, name, batch, processes, threads, port):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    torch.set_num_threads(threads)
    torch.distributed.init_process_group("gloo", rank=rank, world_size=processes)
    torch.manual_seed(42)
    shape, network = build(name)
    network = nn.parallel.DistributedDataParallel(network)
    optimizer = torch.optim.Adam(network.parameters())
    loss = nn.CrossEntropyLoss()
    share = batch // processes
    inputs = torch.rand(share, *shape)
    labels = torch.arange(share) % 10

    def steps(count):
        start = time.perf_counter()
        for _ in range(count):
            optimizer.zero_grad()
            loss(network(inputs), labels).backward()
            optimizer.step()
        return (time.perf_counter() - start) / count

    steps(3)
    count = torch.tensor([max(3, min(1000, int(0.5 / steps(3))))])
    torch.distributed.broadcast(count, 0)
    times = sorted(steps(int(count)) for _ in range(15))
    if rank == 0:
        print(f"PyTorch {torch.__version__}, {name} batch {batch}, {processes} × {threads} threads: "
              f"{statistics.median(times) * 1e6:.0f} µs per step (fastest {times[0] * 1e6:.0f})", flush=True)


if __name__ == "__main__":
    network, batch, processes, threads = sys.argv[1], *map(int, sys.argv[2:5])
    torch.multiprocessing.spawn(
        work, (network, batch, processes, threads, 20000 + os.getpid() % 20000), nprocs=processes)
