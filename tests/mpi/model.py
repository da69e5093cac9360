"""The time of a training step on many machines: a model, its figures measured here, and what it predicts.

python3 tests/mpi/model.py [--quick]: as root, after a Release build, with Open MPI. Two processes train in a network
namespace whose loopback is shaped (tc) to a bandwidth, with a delay added to each exchange; what they take is printed
beside what the model says. Then a table for 2 to 64 machines.

The model, for a network of n parameters (4 n bytes), P machines and a batch of B:
    T(P, B) = c(B / P) + m n + 3 L + 2 (P - 1) / P * 4 n / W
c: a step of one process on its share of the batch, measured; m: seconds per parameter to gather, add and spread
gradients in memory, measured with two processes without shaping; L: the delay of an exchange, of which there are three
(losses, sums, result; n up to a million); W: bytes per second in each direction.
"""
import argparse
import re
import subprocess
import sys
from pathlib import Path

BENCHMARK = ["dotnet", str(Path(__file__).parent.parent
             / "NeuralNet.Benchmarks/bin/Release/net10.0/NeuralNet.Benchmarks.dll"), "workers", "--repetitions", "7"]
TCP = ["--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", "lo"]
NETWORKS = {"784-128-10": (101_770, 512), "784-512-512-10": (669_706, 512), "cifar": (107_306, 128)}
LINKS = [(10e9, 100e-6), (1e9, 100e-6), (1e9, 1e-3)]
EXCHANGES = 3


def seconds(command):
    text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    return float(re.search(r"(\d+) µs per step", text).group(1)) * 1e-6


def alone(network, batch):
    return seconds([*BENCHMARK, "--network", network, "--batch", str(batch)])


def two(network, batch, delay=0.0, bits=None):
    options = ["--network", network, "--batch", str(batch), "--shards", "2", "--delay", str(round(delay * 1e6))]
    program = ["mpirun.openmpi", "--allow-run-as-root", "-n", "2", *(TCP if bits else []), *BENCHMARK, *options]
    if not bits:
        return seconds(program)
    # Both directions go through one loopback.
    shape = (f"ip link set lo up mtu 9000 && tc qdisc add dev lo root tbf rate {2 * bits:.0f}bit burst 128kb "
             "latency 200ms && exec \"$@\"")
    return seconds(["unshare", "-n", "bash", "-c", shape, "-", *program])


def step(compute, memory, parameters, machines, bits, delay):
    share = 2 * (machines - 1) / machines
    return compute + memory * parameters + EXCHANGES * delay + share * 4 * parameters / (bits / 8)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--quick", action="store_true", help="one network only")
    names = ["784-512-512-10"] if arguments.parse_args().quick else list(NETWORKS)
    fitted = {}
    print("| network, batch | link | predicted, ms | measured, ms | error |\n|---|---|--:|--:|--:|")
    for name in names:
        parameters, batch = NETWORKS[name]
        half = alone(name, batch // 2)
        memory = max(0.0, two(name, batch) - half) / parameters
        sizes = {size: alone(name, size) for size in (8, 32, 128)}
        fitted[name] = (memory, sizes)
        for bits, delay in LINKS:
            predicted = step(half, memory, parameters, 2, bits, delay)
            measured = two(name, batch, delay, bits)
            print(f"| {name}, {batch} | {bits / 1e9:.0f} Gbit/s, {delay * 1e3:g} ms | {predicted * 1e3:.2f} "
                  f"| {measured * 1e3:.2f} | {(predicted / measured - 1) * 100:+.0f} % |", flush=True)
    print("\nSpeed against one machine, with 128 samples per machine, and the batch per machine from which it pays "
          "(two machines are 1.5 times as fast as one):\n")
    counts = (2, 4, 8, 16, 32, 64)
    print("| network | link | " + " | ".join(map(str, counts)) + " | pays from |\n|---|---|" + "--:|" * (len(counts) + 1))
    for name, (memory, sizes) in fitted.items():
        parameters = NETWORKS[name][0]
        slope = (sizes[128] - sizes[32]) / 96
        base = max(0.0, sizes[32] - 32 * slope)
        for bits, delay in LINKS:
            speeds = [machines * sizes[128] / step(sizes[128], memory, parameters, machines, bits, delay)
                      for machines in counts]
            cost = step(0, memory, parameters, 2, bits, delay)
            # Two machines are worth it when they are 1.5 times as fast: 2 c / (c + cost) = 1.5.
            pays = max(1, round((3 * cost - base) / slope))
            print(f"| {name} | {bits / 1e9:.0f} Gbit/s, {delay * 1e3:g} ms | "
                  + " | ".join(f"{speed:.1f}" for speed in speeds) + f" | {pays} |")


if __name__ == "__main__":
    sys.exit(main())
