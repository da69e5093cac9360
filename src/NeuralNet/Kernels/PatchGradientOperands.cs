using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// The memory of the gradients of a convolution's weights and biases: images and δ, which are read, and the gradients,
/// which are written.
/// </summary>
internal readonly unsafe struct PatchGradientOperands<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of images.</summary>
    public int Samples { get; init; }

    /// <summary>The images.</summary>
    public T* Input { get; init; }

    /// <summary>δ = ∂L/∂z.</summary>
    public T* Delta { get; init; }

    /// <summary>The end of δ.</summary>
    public T* DeltaEnd { get; init; }

    /// <summary>∂L/∂W, filters × patch.</summary>
    public T* WeightGradient { get; init; }

    /// <summary>∂L/∂b; null if nobody wants it.</summary>
    public T* BiasGradient { get; init; }

    /// <summary>Number of elements of δ.</summary>
    public long DeltaLength => DeltaEnd - Delta;
}
