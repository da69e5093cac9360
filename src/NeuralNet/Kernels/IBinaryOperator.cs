using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>A function of two numbers, applied to vectors of them. Constants ride along in the struct's fields.</summary>
internal interface IBinaryOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>f(x, y), element by element.</summary>
    Vector<T> Invoke(Vector<T> x, Vector<T> y);
}
