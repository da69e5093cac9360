using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>A group of operators that together are a layer, an activation or a reshape.</summary>
internal interface IPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reads the group that begins at a value and adds what it does to the layers before it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="end">The name of the value that the layers lead to, which no group goes beyond.</param>
    /// <param name="layers">The layers before.</param>
    /// <returns>The value that the group gives; null if none begins here.</returns>
    /// <exception cref="NotSupportedException">The group cannot be represented.</exception>
    /// <exception cref="InvalidDataException">The group makes no sense.</exception>
    GraphValue? Read(GraphValue value, string end, LayerChain<T> layers);
}
