#!/usr/bin/python3
"""Models as other exporters write them, and what they give: /usr/bin/python3 handmade_models.py writes NAME.onnx and .json.

Graphs in the style of tf2onnx (Keras), skl2onnx (scikit-learn) and of exporters of the first years, made with ONNX 1.12's
helper, as Debian 12 ships it (apt install python3-onnx); what they give is calculated here with numpy in float64.
"""
import json
import math
import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper

FOLDER = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(1)


def weights(*shape):
    return RANDOM.uniform(-1, 1, shape).astype(np.float32)


def initializer(name, values):
    return numpy_helper.from_array(np.asarray(values), name)


def typed(name, values):
    """With its numbers in the field for floats, not as bytes."""
    values = np.asarray(values, dtype=np.float32)
    return helper.make_tensor(name, TensorProto.FLOAT, values.shape, values.flatten().tolist())


def value(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def save(name, nodes, inputs, outputs, initializers, opset, samples, expected, output=None, ir_version=8, domains=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    opsets = [helper.make_opsetid("", opset), *[helper.make_opsetid(domain, 1) for domain in domains]]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=ir_version, producer_name="handmade_models.py")
    (FOLDER / f"{name}.onnx").write_bytes(model.SerializeToString())
    description = {
        "samples": samples.shape[0],
        "inputs": samples.astype(np.float64).flatten().tolist(),
        "expected": np.asarray(expected, dtype=np.float64).flatten().tolist(),
    }
    if output:
        description["output"] = output
    (FOLDER / f"{name}.json").write_text(json.dumps(description) + "\n")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def gelu(x):
    return 0.5 * x * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def layer_normalization(x, gamma, beta, epsilon):
    d = x - x.mean(axis=1, keepdims=True)
    return d / np.sqrt((d * d).mean(axis=1, keepdims=True) + epsilon) * gamma + beta


def keras():
    """Flatten, Dense(gelu), BatchNormalization (folded), Dense(swish), LeakyReLU, Dense(gelu tanh), Dense(softmax)."""
    n = "StatefulPartitionedCall/sequential/"
    w = [weights(12, 8), weights(8, 6), weights(6, 5), weights(5, 3)]
    b = [weights(8), weights(6), weights(5), weights(3)]
    scale, shift = weights(8), weights(8)
    constants = [
        initializer(n + "flatten/Const:0", np.array([-1, 12], dtype=np.int64)),
        initializer("sqrt_2", np.float32(math.sqrt(2))), initializer("one", np.float32(1)), initializer("half", np.float32(0.5)),
        initializer("three", np.float32(3)), initializer("c1", np.float32(0.044715)), initializer("c2", np.float32(0.7978846)),
        initializer(n + "batchnorm/mul:0", scale), initializer(n + "batchnorm/sub:0", shift),
        *[initializer(f"{n}dense_{i}/kernel:0", w[i]) for i in range(4)],
        *[initializer(f"{n}dense_{i}/bias:0", b[i]) for i in range(4)],
    ]

    def dense(i, source):
        return [
            helper.make_node("MatMul", [source, f"{n}dense_{i}/kernel:0"], [f"{n}dense_{i}/MatMul:0"], f"{n}dense_{i}/MatMul"),
            helper.make_node("Add", [f"{n}dense_{i}/MatMul:0", f"{n}dense_{i}/bias:0"], [f"z{i}"], f"{n}dense_{i}/BiasAdd"),
        ]

    nodes = [
        helper.make_node("Reshape", ["flatten_input", n + "flatten/Const:0"], ["flat"], n + "flatten/Reshape"),
        *dense(0, "flat"),
        helper.make_node("Mul", ["half", "z0"], ["g1"]),
        helper.make_node("Div", ["z0", "sqrt_2"], ["g2"]),
        helper.make_node("Erf", ["g2"], ["g3"]),
        helper.make_node("Add", ["one", "g3"], ["g4"]),
        helper.make_node("Mul", ["g1", "g4"], ["g5"]),
        helper.make_node("Mul", ["g5", n + "batchnorm/mul:0"], ["n1"], n + "batchnorm/mul_1"),
        helper.make_node("Add", [n + "batchnorm/sub:0", "n1"], ["n2"], n + "batchnorm/add_1"),
        *dense(1, "n2"),
        helper.make_node("Sigmoid", ["z1"], ["s1"]),
        helper.make_node("Mul", ["s1", "z1"], ["s2"]),
        helper.make_node("LeakyRelu", ["s2"], ["s3"], alpha=0.3),
        *dense(2, "s3"),
        helper.make_node("Pow", ["z2", "three"], ["t1"]),
        helper.make_node("Mul", ["c1", "t1"], ["t2"]),
        helper.make_node("Add", ["z2", "t2"], ["t3"]),
        helper.make_node("Mul", ["c2", "t3"], ["t4"]),
        helper.make_node("Tanh", ["t4"], ["t5"]),
        helper.make_node("Add", ["one", "t5"], ["t6"]),
        helper.make_node("Mul", ["half", "t6"], ["t7"]),
        helper.make_node("Mul", ["z2", "t7"], ["t8"]),
        *dense(3, "t8"),
        helper.make_node("Softmax", ["z3"], ["p"], axis=-1),
        helper.make_node("Identity", ["p"], ["dense_3"]),
    ]
    x = RANDOM.normal(size=(4, 3, 4)).astype(np.float32)
    y = gelu(x.reshape(4, 12).astype(np.float64) @ w[0] + b[0]) * scale + shift
    z = y @ w[1] + b[1]
    y = z * sigmoid(z)
    y = np.where(y > 0, y, 0.3 * y)
    y = softmax(gelu_tanh(y @ w[2] + b[2]) @ w[3] + b[3])
    save("keras-mlp-15", nodes, [value("flatten_input", ["unk__19", 3, 4])], [value("dense_3", ["unk__20", 3])],
         constants, 15, x, y)


def scikit_learn():
    """A pipeline of StandardScaler and MLPClassifier: beside the probabilities, the label, which no network gives."""
    w, b = [weights(4, 6), weights(6, 3)], [weights(1, 6), weights(1, 3)]
    offset, scale = weights(4), 1 + weights(4) ** 2
    nodes = [
        helper.make_node("Scaler", ["X"], ["variable"], "Scaler", domain="ai.onnx.ml",
                         offset=offset.tolist(), scale=scale.tolist()),
        helper.make_node("Cast", ["variable"], ["cast_input"], "Cast", to=TensorProto.FLOAT),
        helper.make_node("MatMul", ["cast_input", "coefficient"], ["mul_result"], "MatMul"),
        helper.make_node("Add", ["mul_result", "intercepts"], ["add_result"], "Add"),
        helper.make_node("Relu", ["add_result"], ["next_activations"], "Relu"),
        helper.make_node("MatMul", ["next_activations", "coefficient1"], ["mul_result1"], "MatMul1"),
        helper.make_node("Add", ["mul_result1", "intercepts1"], ["add_result1"], "Add1"),
        helper.make_node("Softmax", ["add_result1"], ["probabilities"], "Softmax", axis=1),
        helper.make_node("ArgMax", ["probabilities"], ["argmax_output"], "ArgMax", axis=1),
        helper.make_node("ArrayFeatureExtractor", ["classes", "argmax_output"], ["array_feature"], domain="ai.onnx.ml"),
        helper.make_node("Cast", ["array_feature"], ["label"], "Cast2", to=TensorProto.INT64),
    ]
    constants = [
        initializer("coefficient", w[0]), initializer("intercepts", b[0]), initializer("coefficient1", w[1]),
        initializer("intercepts1", b[1]), initializer("classes", np.array([0, 1, 2], dtype=np.int32)),
    ]
    x = RANDOM.normal(size=(5, 4)).astype(np.float32)
    y = softmax(np.maximum((x.astype(np.float64) - offset) * scale @ w[0] + b[0], 0) @ w[1] + b[1])
    save("scikit-learn-classifier-15", nodes, [value("X", [None, 4])],
         [value("label", [None], TensorProto.INT64), value("probabilities", [None, 3])], constants, 15, x, y,
         output="probabilities", domains=["ai.onnx.ml"])

    nodes = [
        helper.make_node("Cast", ["X"], ["cast_input"], "Cast", to=TensorProto.DOUBLE),
        helper.make_node("MatMul", ["cast_input", "coefficient"], ["mul_result"], "MatMul"),
        helper.make_node("Add", ["mul_result", "intercepts"], ["add_result"], "Add"),
        helper.make_node("Tanh", ["add_result"], ["next_activations"], "Tanh"),
        helper.make_node("MatMul", ["next_activations", "coefficient1"], ["mul_result1"], "MatMul1"),
        helper.make_node("Add", ["mul_result1", "intercepts1"], ["add_result1"], "Add1"),
        helper.make_node("Reshape", ["add_result1", "shape_tensor"], ["variable"], "Reshape"),
    ]
    w, b = [weights(4, 6).astype(np.float64), weights(6, 1).astype(np.float64)], [weights(1, 6).astype(np.float64), weights(1, 1).astype(np.float64)]
    constants = [
        initializer("coefficient", w[0]), initializer("intercepts", b[0]), initializer("coefficient1", w[1]),
        initializer("intercepts1", b[1]), initializer("shape_tensor", np.array([-1, 1], dtype=np.int64)),
    ]
    y = np.tanh(x.astype(np.float64) @ w[0] + b[0]) @ w[1] + b[1]
    save("scikit-learn-regressor-double-13", nodes, [value("X", [None, 4])], [value("variable", [None, 1], TensorProto.DOUBLE)],
         constants, 13, x, y)


def old():
    """Opset 7 and version 3 of the format: initializers are inputs, too, options are attributes; every way to write Gemm."""
    w = [weights(4, 5), weights(6, 5), weights(6, 6), weights(3, 6)]
    b = [weights(5), weights(1, 6), weights(3)]
    scale, shift, mean, variance = weights(6), weights(6), weights(6), 0.5 + weights(6) ** 2
    nodes = [
        helper.make_node("Gemm", ["x", "w0", "b0"], ["z0"], "first", alpha=0.5, beta=2.0),
        helper.make_node("Clip", ["z0"], ["a0"], min=0.0, max=6.0),
        helper.make_node("Dropout", ["a0"], ["d0", "mask"], ratio=0.25),
        helper.make_node("Gemm", ["d0", "w1", "b1"], ["z1"], "second", transA=0, transB=1),
        helper.make_node("BatchNormalization", ["z1", "scale", "shift", "mean", "variance"], ["n1"], epsilon=1e-3, momentum=0.8),
        helper.make_node("Constant", [], ["w2"], value=initializer("", w[2])),
        helper.make_node("MatMul", ["n1", "w2"], ["z2"]),
        helper.make_node("Sum", ["z2", "n1"], ["r2"]),
        helper.make_node("Transpose", ["w3"], ["w3t"], perm=[1, 0]),
        helper.make_node("Flatten", ["r2"], ["f2"]),
        helper.make_node("Gemm", ["f2", "w3t", "b3"], ["z3"], "third"),
        helper.make_node("LogSoftmax", ["z3"], ["y"]),
    ]
    constants = [
        typed("w0", w[0]), typed("b0", b[0]), typed("w1", w[1]), typed("b1", b[1]), initializer("w3", w[3]), typed("b3", b[2]),
        typed("scale", scale), typed("shift", shift), typed("mean", mean), typed("variance", variance),
    ]
    x = RANDOM.normal(size=(5, 4)).astype(np.float32)
    y = np.clip(0.5 * x.astype(np.float64) @ w[0] + 2 * b[0], 0, 6) @ w[1].T + b[1]
    y = (y - mean) / np.sqrt(variance + 1e-3) * scale + shift
    y = np.log(softmax((y + y @ w[2]) @ w[3].T + b[2]))
    inputs = [value("x", [1, 4]), *[value(t.name, list(t.dims)) for t in constants]]
    save("old-7", nodes, inputs, [value("y", [1, 3])], constants, 7, x, y, ir_version=3)


def new():
    """Opset 21: Gelu and Mish are operators, the axes of a mean an input; scale without shift; options as constants."""
    w = [weights(4, 5), weights(5, 5), weights(5, 2)]
    b, gamma, gamma2 = weights(5), weights(5), weights(5)
    nodes = [
        helper.make_node("Gemm", ["x", "w0", ""], ["z0"]),
        helper.make_node("Gelu", ["z0"], ["a0"], approximate="tanh"),
        helper.make_node("LayerNormalization", ["a0", "gamma"], ["n0"], epsilon=1e-4),
        helper.make_node("Gemm", ["n0", "w1", "b1"], ["z1"]),
        helper.make_node("Mish", ["z1"], ["a1"]),
        helper.make_node("Dropout", ["a1", "ratio", "training"], ["d1"]),
        helper.make_node("ReduceMean", ["d1", "axes"], ["m1"]),
        helper.make_node("Sub", ["d1", "m1"], ["s1"]),
        helper.make_node("Mul", ["s1", "s1"], ["q1"]),
        helper.make_node("ReduceMean", ["q1", "axes"], ["v1"]),
        helper.make_node("Add", ["epsilon", "v1"], ["e1"]),
        helper.make_node("Sqrt", ["e1"], ["r1"]),
        helper.make_node("Div", ["s1", "r1"], ["n1"]),
        helper.make_node("Mul", ["gamma2", "n1"], ["n2"]),
        helper.make_node("Gelu", ["n2"], ["a2"]),
        helper.make_node("MatMul", ["a2", "w2"], ["z2"]),
        helper.make_node("Clip", ["z2", "min"], ["y"]),
    ]
    constants = [
        initializer("w0", w[0]), initializer("w1", w[1]), initializer("w2", w[2]), initializer("b1", b),
        initializer("gamma", gamma), initializer("gamma2", gamma2), initializer("ratio", np.float32(0.1)),
        initializer("training", np.array(False)), initializer("axes", np.array([-1], dtype=np.int64)),
        initializer("epsilon", np.float32(1e-3)), initializer("min", np.float32(0)),
    ]
    x = RANDOM.normal(size=(5, 4)).astype(np.float32)
    y = layer_normalization(gelu_tanh(x.astype(np.float64) @ w[0]), gamma, 0, 1e-4) @ w[1] + b
    y = y * np.tanh(np.log1p(np.exp(y)))
    y = np.maximum(gelu(layer_normalization(y, gamma2, 0, 1e-3)) @ w[2], 0)
    save("new-21", nodes, [value("x", ["batch", "features"])], [value("y", ["batch", 2])], constants, 21, x, y, ir_version=10)


for make in (keras, scikit_learn, old, new):
    make()
