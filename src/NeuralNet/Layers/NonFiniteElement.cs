using System.Globalization;
using System.Numerics;
using NeuralNet.Kernels;

namespace NeuralNet.Layers;

/// <summary>An element of a parameter that is NaN or infinite, mostly because training diverged.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Parameter">The parameter.</param>
/// <param name="Row">The row of its matrix, from 0.</param>
/// <param name="Column">The column of its matrix, from 0.</param>
/// <param name="Value">The value there.</param>
public sealed record NonFiniteElement<T>(Parameter<T> Parameter, int Row, int Column, T Value)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The parameter, the place and the value in words.</summary>
    /// <returns>For example <c>dense1.weights (128 × 784) is NaN in row 3, column 17</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Parameter} is {Value} in row {Row}, column {Column}");

    /// <summary>The first such element among values for a parameter; null if all are finite.</summary>
    internal static NonFiniteElement<T>? Find(Parameter<T> parameter, ReadOnlySpan<T> values)
    {
        if (Finite.All(values))
        {
            return null;
        }

        int at = 0;
        while (T.IsFinite(values[at]))
        {
            at++;
        }

        return new(parameter, at % parameter.Rows, at / parameter.Rows, values[at]);
    }
}
