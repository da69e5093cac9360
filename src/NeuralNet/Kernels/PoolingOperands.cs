using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>The memory that a pooling reads and writes, image after image.</summary>
internal readonly unsafe struct PoolingOperands<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of images.</summary>
    public int Samples { get; init; }

    /// <summary>The images.</summary>
    public T* Input { get; init; }

    /// <summary>The result of the forward pass.</summary>
    public T* Output { get; init; }

    /// <summary>∂L/∂output; null in the forward pass.</summary>
    public T* OutputGradient { get; init; }

    /// <summary>The result of the backward pass; null in the forward pass.</summary>
    public T* InputGradient { get; init; }
}
