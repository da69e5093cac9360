using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads an operator: adds what it does to the layers before it.</summary>
/// <param name="call">The operator and the value that it takes.</param>
/// <param name="layers">The layers before it.</param>
/// <returns>The value that the operator gives.</returns>
/// <exception cref="NotSupportedException">The operator may be right, but cannot be represented.</exception>
/// <exception cref="InvalidDataException">The operator makes no sense.</exception>
internal delegate GraphValue OperatorReading<T>(OperatorCall call, LayerChain<T> layers)
    where T : unmanaged, IFloatingPointIeee754<T>;
