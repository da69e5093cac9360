"""Reads model files of the library in Python, builds the network in PyTorch and compares what the two predict.

Run:  /usr/bin/python3 check_model.py                       model_v1.json beside it: a file, inputs, outputs
      /usr/bin/python3 check_model.py a.safetensors ...     whether files can be read, and what they hold
Written for PyTorch 1.13 and Python 3.11. The safetensors package is used where it is installed; else the bytes are
read here. model_v1.json was written once by the first version of the format and stays as it is: every later version of
the library must load it.
"""
import base64
import json
import math
import pathlib
import struct
import sys

import torch
from torch.nn import functional as F

TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def read(data):
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensor = torch.frombuffer(bytearray(data[begin:end]), dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
        assert tensor.numel() * tensor.element_size() == end - begin, name
        tensors[name] = tensor
    assert 8 + length + max(entry["data_offsets"][1] for entry in header.values()) == len(data), "bytes behind the last tensor"
    try:
        from safetensors.torch import load
    except ImportError:
        return metadata, tensors
    loaded = load(data)
    assert loaded.keys() == tensors.keys() and all(torch.equal(loaded[name], tensors[name]) for name in tensors)
    return metadata, tensors


def activation(settings):
    kind, s = settings["kind"], settings
    return {
        "Identity": lambda x: x, "ReLU": F.relu, "ReLU6": F.relu6, "SELU": F.selu, "Sigmoid": torch.sigmoid,
        "HardSigmoid": F.hardsigmoid, "HardSwish": F.hardswish, "LogSigmoid": F.logsigmoid, "Tanh": torch.tanh,
        "Softsign": F.softsign, "SiLU": F.silu, "Mish": F.mish,
        "Softmax": lambda x: F.softmax(x, 1), "LogSoftmax": lambda x: F.log_softmax(x, 1),
        "LeakyReLU": lambda x: F.leaky_relu(x, s["slope"]), "ELU": lambda x: F.elu(x, s["alpha"]),
        "CELU": lambda x: F.celu(x, s["alpha"]), "HardTanh": lambda x: F.hardtanh(x, s["min"], s["max"]),
        "Softplus": lambda x: F.softplus(x, s["beta"]),
        "GELU": lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))
        if s["tanhApproximation"] else F.gelu(x),
    }[kind]


def run(layers, tensors, x, prefix=""):
    counts = {}
    for layer in layers:
        kind = layer["kind"]
        counts[kind] = counts.get(kind, 0) + 1
        name = f"{prefix}{kind}{counts[kind]}"
        t = lambda parameter: tensors[f"{name}.{parameter}"].double()
        if kind == "dense":
            assert list(t("weights").shape) == [layer["outputSize"], x.shape[1]]
            x = activation(layer["activation"])(F.linear(x, t("weights"), t("biases")))
        elif kind == "activation":
            x = activation(layer["activation"])(x)
        elif kind == "batchNormalization":
            x = F.batch_norm(x, t("runningMean"), t("runningVariance"), t("gamma"), t("beta"), eps=layer["epsilon"])
        elif kind == "layerNormalization":
            x = F.layer_norm(x, x.shape[1:], t("gamma"), t("beta"), layer["epsilon"])
        elif kind == "prelu":
            x = F.prelu(x, t("slopes"))
        elif kind == "residual":
            x = x + run(layer["layers"], tensors, x, name + ".")
        else:
            assert kind == "dropout", kind
    return x


for path in sys.argv[1:]:
    metadata, tensors = read(pathlib.Path(path).read_bytes())
    model = json.loads(metadata["neuralnet.model"])
    outputs = run(model["layers"], tensors, torch.zeros(1, model["inputSize"], dtype=torch.float64))
    print(f"{path}: version {model['version']}, {model['inputSize']} inputs, {outputs.shape[1]} outputs")
    for name, tensor in tensors.items():
        print(f"  {name}: {str(tensor.dtype)[6:]} {list(tensor.shape)}")

if len(sys.argv) == 1:
    case = json.loads(pathlib.Path(__file__).with_name("model_v1.json").read_text())
    metadata, tensors = read(base64.b64decode(case["file"]))
    outputs = run(json.loads(metadata["neuralnet.model"])["layers"], tensors, torch.tensor(case["inputs"], dtype=torch.float64))
    difference = (outputs - torch.tensor(case["outputs"], dtype=torch.float64)).abs().max().item()
    print(f"model_v1.json: predictions differ by at most {difference:.1e}")
    assert difference < 1e-5
