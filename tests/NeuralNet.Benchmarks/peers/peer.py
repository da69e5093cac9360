"""The other side of the comparison: a process that answers lines of JSON with lines of JSON.

First it says which versions it has. Then, for each request, `command` names what to do: one of the commands it was
given, which makes ready what is to be measured, or `run`, which does it `unmeasured` times and then `iterations` times
by the clock.
"""
import gc
import json
import re
import sys
import time


def answer(value):
    print(json.dumps(value), flush=True)


def fail(error):
    answer({"error": f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")})


def serve(hello, commands):
    """`commands`: functions of the request that return an answer and a function that does a number of iterations."""
    answer(hello)
    repeat = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["command"] == "run":
                repeat(request["unmeasured"])
                gc.collect()
                gc.disable()
                start = time.perf_counter()
                repeat(request["iterations"])
                seconds = time.perf_counter() - start
                gc.enable()
                answer({"seconds": seconds})
            else:
                repeat = None
                result, repeat = commands[request["command"]](request)
                answer(result)
        except Exception as error:  # whatever it is, the other side is to know
            fail(error)


def blas():
    """The BLAS library that this process has loaded, OpenBLAS with its own description."""
    import ctypes

    with open("/proc/self/maps", encoding="utf-8") as maps:
        files = {line.split()[-1] for line in maps if re.search(r"/lib(mkl_rt|blis|openblas|blas)[^/]*$", line)}
    openblas = next((file for file in sorted(files) if "libopenblas" in file), None)
    if openblas is None:
        return ", ".join(sorted(files)) or "none found"
    library = ctypes.CDLL(openblas)
    for suffix in ("", "64_"):
        if hasattr(library, "openblas_get_config" + suffix):
            describe = getattr(library, "openblas_get_config" + suffix)
            describe.restype = ctypes.c_char_p
            core = getattr(library, "openblas_get_corename" + suffix)
            core.restype = ctypes.c_char_p
            return f"{describe().decode().strip()} (kernels: {core().decode()})"
    return f"OpenBLAS, {openblas}"
