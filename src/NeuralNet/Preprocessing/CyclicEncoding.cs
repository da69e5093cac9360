using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// Encodes columns that go round, such as the hour of a day or the month of a year, so that the last value lies beside
/// the first: each column x of period p becomes two features, sin(2πx/p) and cos(2πx/p).
/// </summary>
/// <remarks>
/// <para>
/// To a network, the hours 23 and 0 are far apart; their features are neighbours, as on a clock. It takes two of them:
/// the sine alone is the same at 1 and at 11 o'clock, where the cosines differ. There is nothing to fit, for the period
/// is known: 24 for hours, 7 for days of the week and 12 for months, whether these are counted from 0 or from 1. The
/// features of one column follow those of the column before.
/// </para>
/// <para>
/// Whole periods are taken off x without rounding, so that large values, such as seconds since 1970, lose nothing; have
/// these in double, for float holds every whole number up to 16,777,216 only. A value that is not finite becomes NaN:
/// replace missing values before, with an <see cref="Imputation"/>.
/// </para>
/// </remarks>
/// <example><code>
/// var transform = new ColumnTransform(
///     inputSize: 4,
///     new ColumnBlock([0, 1], new CyclicEncoding([24, 7])), // hour, day of the week
///     new ColumnBlock([2, 3], Standardization.Fit(numbers)));
/// </code></example>
public sealed class CyclicEncoding : IFeatureTransform
{
    private readonly double[] _periods;

    /// <summary>Makes the transform from its periods.</summary>
    /// <param name="periods">
    /// The period of each column, finite and above 0: the difference after which its values begin anew.
    /// </param>
    /// <exception cref="ArgumentException">There are no columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A period is not a finite number above 0.</exception>
    public CyclicEncoding(IReadOnlyList<double> periods)
    {
        _periods = TransformCheck.Copy(
            periods, period => period > 0 && double.IsFinite(period), "a finite number above 0", nameof(periods));
        OutputSize = checked(2 * _periods.Length);
    }

    /// <summary>The period of each column.</summary>
    public IReadOnlyList<double> Periods => _periods;

    /// <inheritdoc/>
    public int InputSize => _periods.Length;

    /// <inheritdoc/>
    public int OutputSize { get; }

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>CyclicEncoding: 2 features → 4; periods 24, 7</c>.</returns>
    public override string ToString() => TransformText.Of(this, $"periods {SettingsText.Numbers(Periods)}");

    /// <inheritdoc/>
    public int SourceOf(int output) => output / 2;

    /// <inheritdoc/>
    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        TransformCheck.Require(input, InputSize, nameof(input), output, OutputSize, nameof(output));
        for (int j = 0; j < input.Columns; j++)
        {
            ReadOnlySpan<T> sample = input.Column(j);
            Span<T> features = output.Column(j);
            for (int i = 0; i < sample.Length; i++)
            {
                // The remainder of a division is exact, however many periods x holds; x − p⌊x/p⌋ would be rounded twice
                // or overflow.
                double turns = double.CreateTruncating(sample[i]) % _periods[i] / _periods[i];
                (double sine, double cosine) = double.SinCosPi(2 * turns);
                features[2 * i] = T.CreateTruncating(sine);
                features[(2 * i) + 1] = T.CreateTruncating(cosine);
            }
        }
    }
}
