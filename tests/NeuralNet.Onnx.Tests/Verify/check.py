#!/usr/bin/python3
"""Checks exported models with ONNX's own checker: /usr/bin/python3 check.py FOLDER (Debian: apt install python3-onnx)."""
import pathlib
import sys

import onnx

paths = sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))
for path in paths:
    # Types are not inferred through operators of ai.onnx.ml, which the model of scikit-learn's converter has.
    infers = all(node.domain != "ai.onnx.ml" for node in onnx.load(str(path)).graph.node)
    onnx.checker.check_model(str(path), full_check=infers)
print(f"onnx {onnx.__version__}: {len(paths)} models pass")
sys.exit(0 if paths else 1)
