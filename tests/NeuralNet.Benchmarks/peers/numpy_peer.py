#!/usr/bin/env python3
"""numpy's side: the product of two matrices that are stored column after column."""
import sys

import peer

try:
    import numpy
except ImportError as error:
    peer.fail(error)
    sys.exit()


def load(path, dtype, rows, columns, transposed):
    """The matrix, rows × columns; its transpose is what the file holds where it is `transposed`."""
    values = numpy.fromfile(path, dtype)
    return values.reshape(rows, columns) if transposed else values.reshape(columns, rows).T


def product(request):
    m, n, k, dtype = request["m"], request["n"], request["k"], request["type"]
    a = load(request["a"], dtype, m, k, request["transpose_a"])
    b = load(request["b"], dtype, k, n, request["transpose_b"])
    c = numpy.empty((m, n), dtype, order="F")
    matmul = numpy.matmul

    def repeat(count):
        for _ in range(count):
            matmul(a, b, out=c)

    repeat(1)
    return {"first_column": c[:, 0].astype("float64").tolist()}, repeat


numpy.ones((64, 64)) @ numpy.ones((64, 64))
library = peer.blas()
if "OpenBLAS" in library:
    peer.serve({"numpy": f"{numpy.__version__}, BLAS: {library}"}, {"product": product})
else:
    peer.fail(RuntimeError(f"numpy is to be compared with OpenBLAS, but its BLAS is {library}"))
