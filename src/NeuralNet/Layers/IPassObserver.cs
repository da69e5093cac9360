using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>Watches the passes through every layer, as a trace does.</summary>
internal interface IPassObserver<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A layer has computed its output.</summary>
    void AfterForward(Layer<T> layer, ReadOnlyMatrixSpan<T> input, ReadOnlyMatrixSpan<T> output);

    /// <summary>A layer is about to receive ∂L/∂output.</summary>
    void BeforeBackward(Layer<T> layer, ReadOnlyMatrixSpan<T> outputGradient);

    /// <summary>A layer has computed ∂L/∂input, unless that is empty.</summary>
    void AfterBackward(Layer<T> layer, ReadOnlyMatrixSpan<T> inputGradient);
}
