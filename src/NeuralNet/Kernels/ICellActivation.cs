using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>The activation of a simple recurrent cell.</summary>
internal interface ICellActivation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>σ(z).</summary>
    static abstract Vector<T> Value(Vector<T> z);

    /// <summary>σ'(z), from a = σ(z).</summary>
    static abstract Vector<T> Derivative(Vector<T> a);
}
