using System.Numerics;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads an operator: adds what it does to the parts of the network before it.</summary>
/// <param name="call">The operator and the values that it takes.</param>
/// <returns>The value that the operator gives.</returns>
/// <exception cref="NotSupportedException">The operator may be right, but cannot be represented.</exception>
/// <exception cref="InvalidDataException">The operator makes no sense.</exception>
internal delegate GraphValue OperatorReading<T>(OperatorCall<T> call)
    where T : unmanaged, IFloatingPointIeee754<T>;
