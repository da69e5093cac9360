#!/usr/bin/env python3
"""ONNX Runtime's side, called through its C interface with inputs and outputs in place: nothing stands in between."""
import ctypes
import glob
import os
import platform
import sys
from ctypes import POINTER, byref, c_char_p, c_float, c_int, c_int64, c_size_t, c_uint32, c_void_p

import peer

# Positions in the table OrtApi of onnxruntime_c_api.h; a position, once taken, never changes.
GET_ERROR_MESSAGE = 2
CREATE_ENV = 3
CREATE_SESSION = 7
RUN = 9
CREATE_SESSION_OPTIONS = 10
SET_GRAPH_OPTIMIZATION_LEVEL = 23
SET_INTRA_OP_THREADS = 24
SET_INTER_OP_THREADS = 25
CREATE_TENSOR_WITH_DATA = 49
CREATE_CPU_MEMORY_INFO = 69

API_VERSION = 1
LOG_WARNINGS = 2
ALL_OPTIMIZATIONS = 99
FLOAT = 1


class ApiBase(ctypes.Structure):
    _fields_ = [
        ("get_api", ctypes.CFUNCTYPE(c_void_p, c_uint32)),
        ("get_version", ctypes.CFUNCTYPE(c_char_p)),
    ]


class Runtime:
    def __init__(self, path):
        library = ctypes.CDLL(path)
        library.OrtGetApiBase.restype = POINTER(ApiBase)
        base = library.OrtGetApiBase().contents
        self.version = base.get_version().decode()
        self._table = ctypes.cast(base.get_api(API_VERSION), POINTER(c_void_p))
        self._message = ctypes.CFUNCTYPE(c_char_p, c_void_p)(self._table[GET_ERROR_MESSAGE])
        self._environment = self.create(CREATE_ENV, (c_int, LOG_WARNINGS), (c_char_p, b"peer"))
        self._options = self.create(CREATE_SESSION_OPTIONS)
        for setting, value in (
            (SET_GRAPH_OPTIMIZATION_LEVEL, ALL_OPTIMIZATIONS),
            (SET_INTRA_OP_THREADS, 1),
            (SET_INTER_OP_THREADS, 1),
        ):
            self.check(self.function(setting, c_void_p, c_int)(self._options, value))
        self._memory = self.create(CREATE_CPU_MEMORY_INFO, (c_int, 0), (c_int, 0))

    def function(self, position, *types):
        return ctypes.CFUNCTYPE(c_void_p, *types)(self._table[position])

    def check(self, status):
        if status:
            raise RuntimeError(self._message(status).decode())

    def create(self, position, *arguments):
        """Calls a function whose last argument is where it puts what it makes."""
        result = c_void_p()
        types = [kind for kind, _ in arguments]
        self.check(self.function(position, *types, c_void_p)(*[value for _, value in arguments], byref(result)))
        return result

    def session(self, path):
        return self.create(
            CREATE_SESSION, (c_void_p, self._environment), (c_char_p, path.encode()), (c_void_p, self._options)
        )

    def tensor(self, values, rows, columns):
        shape = (c_int64 * 2)(rows, columns)
        return self.create(
            CREATE_TENSOR_WITH_DATA,
            (c_void_p, self._memory),
            (c_void_p, ctypes.addressof(values)),
            (c_size_t, ctypes.sizeof(values)),
            (c_void_p, ctypes.addressof(shape)),
            (c_size_t, 2),
            (c_int, FLOAT),
        )


def predict(request):
    with open(request["inputs"], "rb") as file:
        inputs = file.read()
    samples = len(inputs) // (4 * request["sizes"][0])
    inputs = (c_float * (len(inputs) // 4)).from_buffer_copy(inputs)
    outputs = (c_float * (samples * request["sizes"][-1]))()
    session = runtime.session(request["model"])
    function = runtime.function(
        RUN, c_void_p, c_void_p, c_void_p, c_void_p, c_size_t, c_void_p, c_size_t, c_void_p
    )
    input_names, output_names = (c_char_p * 1)(b"inputs"), (c_char_p * 1)(b"outputs")
    input_values = (c_void_p * 1)(runtime.tensor(inputs, samples, request["sizes"][0]))
    output_values = (c_void_p * 1)(runtime.tensor(outputs, samples, request["sizes"][-1]))

    # The arrays are named so that they live as long as the tensors that point to them.
    def repeat(count, _keep=(inputs, outputs)):
        for _ in range(count):
            function(session, None, input_names, input_values, 1, output_names, 1, output_values)

    runtime.check(function(session, None, input_names, input_values, 1, output_names, 1, output_values))
    return {"outputs": list(outputs)}, repeat


system = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}.get(platform.system(), "")
machine = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "")
found = glob.glob(os.path.join(sys.argv[1], "napi-v*", system, machine, "*onnxruntime*.[sd][oyl]*"))
if found:
    runtime = Runtime(found[0])
    peer.serve({"ONNX Runtime (C interface)": runtime.version}, {"predict": predict})
else:
    peer.fail(FileNotFoundError("onnxruntime-node is not installed; in its folder peers: npm install --ignore-scripts"))
