using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>Checks of the arguments of transforms.</summary>
internal static class TransformCheck
{
    /// <summary>Requires a batch of the right shape.</summary>
    public static void Require<T>(
        ReadOnlyMatrixSpan<T> from, int fromSize, string fromName, MatrixSpan<T> to, int toSize, string toName)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (from.Rows != fromSize)
        {
            throw new ArgumentException(
                $"The transform takes {fromSize} features, a sample per column, but the {fromName} is {from.Rows} × "
                + $"{from.Columns}.{Guards.Orientation.Advice(from.Rows, from.Columns, fromSize)}",
                fromName);
        }

        if (to.Rows != toSize || to.Columns != from.Columns)
        {
            throw new ArgumentException(
                $"The {toName} must be {toSize} × {from.Columns}, but it is {to.Rows} × {to.Columns}.", toName);
        }
    }

    /// <summary>Requires samples to fit to.</summary>
    public static void RequireSamples<T>(ReadOnlyMatrixSpan<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guards.NumberType.Require<T>();
        if (samples.IsEmpty)
        {
            throw new ArgumentException(
                $"There is nothing to fit to: the samples are {samples.Rows} × {samples.Columns}.", nameof(samples));
        }
    }

    /// <summary>Requires finite values to fit to.</summary>
    public static void RequireFinite<T>(ReadOnlyMatrixSpan<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSamples(samples);
        if (System.Numerics.Tensors.TensorPrimitives.IsFiniteAll(samples.Values))
        {
            return;
        }

        for (int j = 0; j < samples.Columns; j++)
        {
            for (int i = 0; i < samples.Rows; i++)
            {
                if (!T.IsFinite(samples[i, j]))
                {
                    throw new ArgumentException(
                        $"Feature {i} of sample {j} is {samples[i, j]}; every value to fit to must be a finite number.",
                        nameof(samples));
                }
            }
        }
    }

    /// <summary>
    /// Turns the exception of a part of a transform, which counts features and samples from its own start, into one
    /// that names the part.
    /// </summary>
    public static ArgumentException Within(string part, ArgumentException exception, string name) =>
        new($"{part}, each counted from 0: {exception.Message}", name, exception);

    /// <summary>Copies the numbers of the features, each of which must pass a check.</summary>
    public static double[] Copy(IReadOnlyList<double> values, Func<double, bool> isAllowed, string range, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        double[] copy = [.. values];
        if (copy.Length == 0)
        {
            throw new ArgumentException($"{name} must hold a number per feature, but it is empty.", name);
        }

        for (int i = 0; i < copy.Length; i++)
        {
            if (!isAllowed(copy[i]))
            {
                throw new ArgumentOutOfRangeException(
                    name,
                    copy[i],
                    FormattableString.Invariant($"{name} of feature {i} must be {range}, but it is {copy[i]}."));
            }
        }

        return copy;
    }
}
