using System.Numerics;
using NeuralNet.Initializers;

namespace NeuralNet.Extensibility.Tests;

/// <summary>An initializer of one's own: uniform on [−0.5, 0.5].</summary>
internal sealed class SmallUniform : IInitializer
{
    public void Initialize<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
        {
            value = T.CreateChecked(random.NextDouble() - 0.5);
        }
    }
}
