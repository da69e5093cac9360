using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests;

/// <summary>An initializer of one's own: uniform on [−0.5, 0.5].</summary>
internal sealed class SmallUniform : IInitializer
{
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in values.Values)
        {
            value = T.CreateChecked(random.NextDouble() - 0.5);
        }
    }
}
