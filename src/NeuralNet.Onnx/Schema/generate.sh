#!/usr/bin/env bash
# Makes Onnx.cs from onnx.proto with the protocol buffer compiler 3.21 (Debian 12: apt install protobuf-compiler), whose
# code the pinned Google.Protobuf runs. It is checked in, for the compiler that NuGet has (Grpc.Tools) is a native
# program of 100 MB per build machine, and newer than the runtime.
set -euo pipefail
cd "$(dirname "$0")"
protoc --csharp_out=. --csharp_opt=internal_access onnx.proto
