#!/usr/bin/python3
"""Checks exported models with ONNX's own checker: /usr/bin/python3 check.py FOLDER (Debian: apt install python3-onnx)."""
import pathlib
import sys

import onnx

paths = sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))
for path in paths:
    onnx.checker.check_model(str(path), full_check=True)
print(f"onnx {onnx.__version__}: {len(paths)} models pass")
sys.exit(0 if paths else 1)
