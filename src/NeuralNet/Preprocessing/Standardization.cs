using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>Scales each feature to mean 0 and standard deviation 1: y = (x − μ) / σ.</summary>
/// <remarks>
/// As scikit-learn's <c>StandardScaler</c>: σ² is the mean of the squared deviations (divided by n, not by n − 1), and
/// a constant feature has σ = 1, so that it becomes 0. Constant is a feature whose σ is no more than four times the
/// rounding error of its mean as a double (scikit-learn: n times, which takes a million timestamps in milliseconds
/// within a third of a second for one) or below the smallest normal number of T, through which other values would
/// become infinite. The sums are of deviations, in two passes, so a large offset costs no digits. The output may be the
/// input's memory.
/// </remarks>
public sealed class Standardization : IInvertibleTransform
{
    // Below, squares that matter to a variance may have underflowed.
    private const double SmallestSafeVariance = 1e-280;

    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Makes the transform from its numbers.</summary>
    /// <param name="means">μ of each feature, finite.</param>
    /// <param name="standardDeviations">σ of each feature, finite and above 0.</param>
    /// <exception cref="ArgumentException">There are no features, or not as many of one as of the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Standardization(IReadOnlyList<double> means, IReadOnlyList<double> standardDeviations)
    {
        _means = TransformCheck.Copy(means, double.IsFinite, "a finite number", nameof(means));
        _deviations = TransformCheck.Copy(
            standardDeviations,
            value => value > 0 && double.IsFinite(value),
            "a finite number above 0",
            nameof(standardDeviations));
        if (_means.Length != _deviations.Length)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(_means.Length, "mean")} but "
                + $"{Quantity.Of(_deviations.Length, "standard deviation")}; each feature has one "
                + "of each.",
                nameof(standardDeviations));
        }
    }

    /// <summary>μ of each feature.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>σ of each feature.</summary>
    public IReadOnlyList<double> StandardDeviations => _deviations;

    /// <inheritdoc/>
    public int InputSize => _means.Length;

    /// <inheritdoc/>
    public int OutputSize => _means.Length;

    /// <inheritdoc/>
    public int SourceOf(int output) => output;

    /// <summary>Learns the mean and the standard deviation of each feature.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">A sample per column, such as the inputs of a data set.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="ArgumentException">There are no samples, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The values are so large that their deviation is not a finite number.
    /// </exception>
    public static Standardization Fit<T>(ReadOnlyMatrixSpan<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TransformCheck.RequireFinite(samples);
        double[] means = new double[samples.Rows];
        double[] sums = new double[samples.Rows];
        double[] squares = new double[samples.Rows];
        int count = samples.Columns;

        // From the first sample on: a constant feature gives differences of exactly 0, so its mean is exactly its
        // value.
        for (int j = 0; j < count; j++)
        {
            ReadOnlySpan<T> sample = samples.Column(j);
            for (int i = 0; i < sample.Length; i++)
            {
                sums[i] += double.CreateTruncating(sample[i]) - double.CreateTruncating(samples[i, 0]);
            }
        }

        for (int i = 0; i < means.Length; i++)
        {
            means[i] = double.CreateTruncating(samples[i, 0]) + (sums[i] / count);
            sums[i] = 0;
        }

        for (int j = 0; j < count; j++)
        {
            ReadOnlySpan<T> sample = samples.Column(j);
            for (int i = 0; i < sample.Length; i++)
            {
                double deviation = double.CreateTruncating(sample[i]) - means[i];
                sums[i] += deviation;
                squares[i] += deviation * deviation;
            }
        }

        for (int i = 0; i < means.Length; i++)
        {
            // The second term corrects the rounding error of the mean (Chan, Golub and LeVeque, 1983).
            double variance = (squares[i] - (sums[i] * sums[i] / count)) / count;
            double deviation = variance is > SmallestSafeVariance and < double.PositiveInfinity
                ? Math.Sqrt(variance)
                : ScaledDeviation(samples, i, means[i]);
            squares[i] = IsConstant<T>(deviation, means[i], count) ? 1 : deviation;
        }

        return new(means, squares);
    }

    /// <inheritdoc cref="Fit{T}(ReadOnlyMatrixSpan{T})"/>
    public static Standardization Fit<T>(Matrix<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T> => Fit<T>((ReadOnlyMatrixSpan<T>)samples);

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>Standardization: 1 feature; means 5.843; standard deviations 0.8253</c>.</returns>
    public override string ToString() => TransformText.Of(
        this,
        $"means {SettingsText.Numbers(Means)}; standard deviations "
        + SettingsText.Numbers(StandardDeviations));

    /// <inheritdoc/>
    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        new Scaling(_means, _deviations, 1, 0).Apply(input, output);
    }

    /// <inheritdoc/>
    public void Invert<T>(ReadOnlyMatrixSpan<T> output, MatrixSpan<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        new Scaling(_means, _deviations, 1, 0).Invert(output, input);
    }

    // σ of a feature with deviations whose squares no double holds: that of the deviations over the largest.
    private static double ScaledDeviation<T>(ReadOnlyMatrixSpan<T> samples, int feature, double mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double largest = 0;
        for (int j = 0; j < samples.Columns; j++)
        {
            largest = Math.Max(largest, Math.Abs(double.CreateTruncating(samples[feature, j]) - mean));
        }

        if (largest == 0 || double.IsInfinity(largest))
        {
            return largest;
        }

        double squares = 0;
        for (int j = 0; j < samples.Columns; j++)
        {
            double share = (double.CreateTruncating(samples[feature, j]) - mean) / largest;
            squares += share * share;
        }

        return largest * Math.Sqrt(squares / samples.Columns);
    }

    // Numbers that should be the same may differ by the rounding of what they were computed from.
    private static bool IsConstant<T>(double deviation, double mean, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const double Epsilon = 2.220446049250313e-16;
        return deviation <= Math.Min(count, 4) * Epsilon * Math.Abs(mean)
            || deviation < NumberType.SmallestNormal<T>();
    }
}
