using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// The formulas of a pooling, for a vector of channels: of its output, and of the gradients of its inputs.
/// </summary>
internal interface IWindowOperator<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Takes one more pixel into the result of those before.</summary>
    static abstract TVector Combine(TVector before, TVector pixel);

    /// <summary>Makes the output of all pixels combined.</summary>
    /// <param name="combined">The pixels.</param>
    /// <param name="count">The number that an average divides by.</param>
    static abstract TVector Finish(TVector combined, TVector count);

    /// <summary>Makes of the output's gradient what the pixels of the window share.</summary>
    /// <param name="outputGradient">The gradient of the output.</param>
    /// <param name="count">The number that an average divides by.</param>
    static abstract TVector Share(TVector outputGradient, TVector count);

    /// <summary>The part of a pixel, of what the pixels before it have left.</summary>
    /// <param name="pixel">The pixel.</param>
    /// <param name="output">The output of the window.</param>
    /// <param name="rest">What is left, from which the part is taken.</param>
    static abstract TVector Take(TVector pixel, TVector output, ref TVector rest);
}
