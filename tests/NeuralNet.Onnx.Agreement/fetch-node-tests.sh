#!/usr/bin/env bash
# Fetches the node tests of ONNX v1.22.0 into a folder: fetch-node-tests.sh FOLDER
set -euo pipefail
git clone -q --depth 1 --branch v1.22.0 --filter=blob:none --sparse https://github.com/onnx/onnx "$1"
git -C "$1" sparse-checkout set onnx/backend/test/data/node
echo "$1/onnx/backend/test/data/node"
