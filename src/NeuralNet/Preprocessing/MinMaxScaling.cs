using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>Scales each feature to the range from a to b: y = (x − min) / (max − min) · (b − a) + a.</summary>
/// <remarks>
/// As scikit-learn's <c>MinMaxScaler</c>: a constant feature is treated as if its range were 1, so that it becomes a;
/// and values beyond the fitted range are not cut off, so they end up outside [a, b]. Constant is a range of 0 or below
/// the smallest normal number of T (2.2e-308, or 1.2e-38 in float), through which values beyond it would become
/// infinite; scikit-learn takes everything below 2.2e-15 for constant, so that features in small units are not scaled.
/// The output may be the input's memory.
/// </remarks>
public sealed class MinMaxScaling : IInvertibleTransform
{
    private readonly double[] _minimums;
    private readonly double[] _maximums;
    private readonly double[] _ranges;

    /// <summary>Makes the transform from its numbers.</summary>
    /// <param name="minimums">Smallest value of each feature, finite.</param>
    /// <param name="maximums">Largest value of each feature, finite, not below the smallest.</param>
    /// <param name="lower">a, the scaled minimum.</param>
    /// <param name="upper">b, the scaled maximum; above a.</param>
    /// <exception cref="ArgumentException">There are no features, or the two lists differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is out of its range, or a feature's range is not a finite number.
    /// </exception>
    public MinMaxScaling(
        IReadOnlyList<double> minimums, IReadOnlyList<double> maximums, double lower = 0, double upper = 1)
    {
        Lower = Require.Finite(lower);
        Upper = Require.Finite(upper);
        if (!(upper > lower && double.IsFinite(upper - lower)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(upper),
                upper,
                FormattableString.Invariant($"upper must be above lower ({lower}), but it is {upper}."));
        }

        _minimums = TransformCheck.Copy(minimums, double.IsFinite, "a finite number", nameof(minimums));
        _maximums = TransformCheck.Copy(maximums, double.IsFinite, "a finite number", nameof(maximums));
        if (_minimums.Length != _maximums.Length)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(_minimums.Length, "minimum")} but {Quantity.Of(_maximums.Length, "maximum")}; "
                + "each feature has one of each.",
                nameof(maximums));
        }

        _ranges = new double[_minimums.Length];
        for (int i = 0; i < _ranges.Length; i++)
        {
            double range = _maximums[i] - _minimums[i];
            if (!(range >= 0 && double.IsFinite(range)))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(maximums),
                    _maximums[i],
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Feature {i} goes from {_minimums[i]} to {_maximums[i]}; its range must be a finite number, "
                        + $"at least 0."));
            }

            _ranges[i] = range < NumberType.SmallestNormal<double>() ? 1 : range;
        }
    }

    /// <summary>Smallest value of each feature.</summary>
    public IReadOnlyList<double> Minimums => _minimums;

    /// <summary>Largest value of each feature.</summary>
    public IReadOnlyList<double> Maximums => _maximums;

    /// <summary>a, the scaled minimum.</summary>
    public double Lower { get; }

    /// <summary>b, the scaled maximum.</summary>
    public double Upper { get; }

    /// <inheritdoc/>
    public int InputSize => _minimums.Length;

    /// <inheritdoc/>
    public int OutputSize => _minimums.Length;

    /// <inheritdoc/>
    public int SourceOf(int output) => output;

    /// <summary>
    /// Learns the smallest and the largest value of each feature; of a constant one both are the smallest.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">A sample per column, such as the inputs of a data set.</param>
    /// <param name="lower">a, the scaled minimum.</param>
    /// <param name="upper">b, the scaled maximum; above a.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="ArgumentException">There are no samples, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// a and b are out of range, or a feature's range is not a finite number.
    /// </exception>
    public static MinMaxScaling Fit<T>(ReadOnlyMatrixSpan<T> samples, double lower = 0, double upper = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TransformCheck.RequireFinite(samples);
        double[] minimums = new double[samples.Rows];
        double[] maximums = new double[samples.Rows];
        Array.Fill(minimums, double.PositiveInfinity);
        Array.Fill(maximums, double.NegativeInfinity);
        for (int j = 0; j < samples.Columns; j++)
        {
            ReadOnlySpan<T> sample = samples.Column(j);
            for (int i = 0; i < sample.Length; i++)
            {
                double value = double.CreateTruncating(sample[i]);
                minimums[i] = Math.Min(minimums[i], value);
                maximums[i] = Math.Max(maximums[i], value);
            }
        }

        for (int i = 0; i < maximums.Length; i++)
        {
            if (maximums[i] - minimums[i] < NumberType.SmallestNormal<T>())
            {
                maximums[i] = minimums[i];
            }
        }

        return new(minimums, maximums, lower, upper);
    }

    /// <inheritdoc cref="Fit{T}(ReadOnlyMatrixSpan{T}, double, double)"/>
    public static MinMaxScaling Fit<T>(Matrix<T> samples, double lower = 0, double upper = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => Fit<T>((ReadOnlyMatrixSpan<T>)samples, lower, upper);

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>MinMaxScaling: 2 features; minimums 4.3, 2; maximums 7.9, 4.4</c>.</returns>
    public override string ToString() => TransformText.Of(
        this,
        $"minimums {SettingsText.Numbers(Minimums)}; maximums {SettingsText.Numbers(Maximums)}");

    /// <inheritdoc/>
    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        new Scaling(_minimums, _ranges, Upper - Lower, Lower).Apply(input, output);
    }

    /// <inheritdoc/>
    public void Invert<T>(ReadOnlyMatrixSpan<T> output, MatrixSpan<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        new Scaling(_minimums, _ranges, Upper - Lower, Lower).Invert(output, input);
    }
}
