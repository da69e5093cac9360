using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Guards;

namespace NeuralNet.Losses;

/// <summary>
/// A weight per class, or per output, stored in both number types, so that a loss does not convert them for every
/// batch.
/// </summary>
internal sealed class WeightList
{
    private readonly double[] _double;
    private readonly float[] _single;

    private readonly string _noun;

    private WeightList(double[] weights, string noun)
    {
        _noun = noun;
        _double = weights;
        _single = Array.ConvertAll(weights, weight => (float)weight);
        Values = Array.AsReadOnly(weights);
    }

    /// <summary>The weights.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Copies and checks the weights; null if there are none.</summary>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not a finite number of at least 0.</exception>
    public static WeightList? From(
        IReadOnlyList<double>? weights,
        string noun = "class weight",
        [CallerArgumentExpression(nameof(weights))] string name = "")
    {
        if (weights is null)
        {
            return null;
        }

        double[] copy = [.. weights];
        if (copy.Length == 0)
        {
            throw new ArgumentException(
                $"There is no {noun}: the list is empty. Give one for each output, or leave it out to weigh all alike.",
                name);
        }

        for (int i = 0; i < copy.Length; i++)
        {
            Require.NotNegative(copy[i], $"{name}[{i}]");
        }

        return new WeightList(copy, noun);
    }

    /// <summary>Returns the weights in a number type, for samples with that many outputs.</summary>
    /// <exception cref="ArgumentException">There are not as many outputs as weights.</exception>
    public ReadOnlySpan<T> For<T>(ILoss loss, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (outputs != _double.Length)
        {
            throw new ArgumentException(
                $"The loss '{loss.Name}' has {Quantity.Of(_double.Length, _noun)}, so a sample must have "
                + $"{Quantity.Of(_double.Length, "output")}, but it has {outputs}.",
                nameof(outputs));
        }

        return typeof(T) == typeof(float)
            ? MemoryMarshal.Cast<float, T>(_single.AsSpan())
            : MemoryMarshal.Cast<double, T>(_double.AsSpan());
    }
}
