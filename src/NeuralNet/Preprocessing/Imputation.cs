using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>Replaces missing values, which are NaN, by a number per feature; other values stay unchanged.</summary>
/// <remarks>
/// As scikit-learn's <c>SimpleImputer</c>. Infinities are not missing values. A data set takes no NaN, so apply this
/// first, to the matrix as it was read. The output may be the input's memory.
/// </remarks>
public sealed class Imputation : IFeatureTransform
{
    private readonly double[] _replacements;

    /// <summary>Makes the transform from its numbers.</summary>
    /// <param name="replacements">The replacement of a missing value for each feature, finite.</param>
    /// <exception cref="ArgumentException">There are no features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    public Imputation(IReadOnlyList<double> replacements) =>
        _replacements = TransformCheck.Copy(replacements, double.IsFinite, "a finite number", nameof(replacements));

    /// <summary>The replacement of a missing value for each feature.</summary>
    public IReadOnlyList<double> Replacements => _replacements;

    /// <inheritdoc/>
    public int InputSize => _replacements.Length;

    /// <inheritdoc/>
    public int OutputSize => _replacements.Length;

    /// <inheritdoc/>
    public int SourceOf(int output) => output;

    /// <summary>Learns the mean of each feature, over the samples that have it.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">A sample per column, with NaN for missing values.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="ArgumentException">
    /// There are no samples, no sample has some feature, or a value is infinite.
    /// </exception>
    public static Imputation FitMean<T>(ReadOnlyMatrixSpan<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T> => Fit(samples, Mean);

    /// <inheritdoc cref="FitMean{T}(ReadOnlyMatrixSpan{T})"/>
    public static Imputation FitMean<T>(Matrix<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T> => FitMean<T>((ReadOnlyMatrixSpan<T>)samples);

    /// <summary>Learns the median of each feature, over the samples that have it.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">A sample per column, with NaN for missing values.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="ArgumentException">
    /// There are no samples, no sample has some feature, or a value is infinite.
    /// </exception>
    public static Imputation FitMedian<T>(ReadOnlyMatrixSpan<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T> => Fit(samples, Median);

    /// <inheritdoc cref="FitMedian{T}(ReadOnlyMatrixSpan{T})"/>
    public static Imputation FitMedian<T>(Matrix<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T> => FitMedian<T>((ReadOnlyMatrixSpan<T>)samples);

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>Imputation: 2 features; replacements 5.843, 3.057</c>.</returns>
    public override string ToString() => TransformText.Of(this, $"replacements {SettingsText.Numbers(Replacements)}");

    /// <inheritdoc/>
    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        TransformCheck.Require(input, InputSize, nameof(input), output, OutputSize, nameof(output));
        for (int j = 0; j < input.Columns; j++)
        {
            ReadOnlySpan<T> from = input.Column(j);
            Span<T> to = output.Column(j);
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = T.IsNaN(from[i]) ? T.CreateTruncating(_replacements[i]) : from[i];
            }
        }
    }

    private static Imputation Fit<T>(ReadOnlyMatrixSpan<T> samples, Func<List<double>, double> statistic)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TransformCheck.RequireSamples(samples);
        double[] replacements = new double[samples.Rows];
        var present = new List<double>(samples.Columns);
        for (int i = 0; i < replacements.Length; i++)
        {
            present.Clear();
            for (int j = 0; j < samples.Columns; j++)
            {
                double value = double.CreateTruncating(samples[i, j]);
                if (double.IsInfinity(value))
                {
                    throw new ArgumentException(
                        $"Feature {i} of sample {j} is {samples[i, j]}; a value must be a finite number, or NaN where "
                        + "it is missing.",
                        nameof(samples));
                }

                if (!double.IsNaN(value))
                {
                    present.Add(value);
                }
            }

            replacements[i] = present.Count > 0
                ? statistic(present)
                : throw new ArgumentException(
                    $"Feature {i} is missing from "
                    + (samples.Columns == 1 ? "the only sample" : $"all {samples.Columns} samples")
                    + ", so nothing can stand for it.",
                    nameof(samples));
        }

        return new(replacements);
    }

    // Like the mean of a standardization: from the differences to the first value, so that the mean of a constant is
    // exact.
    private static double Mean(List<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value - values[0];
        }

        return values[0] + (sum / values.Count);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        double upper = values[values.Count / 2];
        double lower = values[(values.Count - 1) / 2];
        return (lower / 2) + (upper / 2);
    }
}
