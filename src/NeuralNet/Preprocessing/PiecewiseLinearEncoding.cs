using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// Encodes each number by the bins it has passed: of a feature x with the edges e₀ &lt; e₁ &lt; … &lt; eₙ, feature k is
/// (x − eₖ₋₁)/(eₖ − eₖ₋₁), cut off at 0 but in the first bin, and at 1 but in the last.
/// </summary>
/// <remarks>
/// <para>
/// A network then sees steps and bends of a number, such as an age, which it hardly learns from the number itself. On
/// tables this is a large part of what gradient boosting is ahead of networks. Edges are the quantiles of the training
/// data, so that each bin holds as many samples; equal ones count once. A value that more samples have than a bin
/// holds, such as the 0 of an amount that most lack, is an edge of its own, and the quantiles are those of the others:
/// otherwise it would take several edges. The first and the last bin go on beyond the training data as straight lines,
/// unless they are cut off there as well. A feature with a single edge, a constant, becomes x − e₀.
/// </para>
/// <para>
/// Gorishniy, Rubachev and Babenko, "On embeddings for numerical features in tabular deep learning" (2022), section
/// 3.2, with quantiles as numpy's <c>quantile</c> interpolates them.
/// </para>
/// </remarks>
/// <example><code>
/// var encoding = PiecewiseLinearEncoding.Fit(training.Inputs, bins: 16);
/// trainer.Fit(training.TransformInputs(encoding), new() { Epochs = 20 });
/// </code></example>
public sealed class PiecewiseLinearEncoding : IFeatureTransform
{
    private readonly double[][] _edges;

    /// <summary>Makes the transform from its edges.</summary>
    /// <param name="edges">The edges of the bins of each feature, ascending; at least one each.</param>
    /// <exception cref="ArgumentException">
    /// There are no features, a feature has no edges, or they are not in ascending order, finite and different.
    /// </exception>
    public PiecewiseLinearEncoding(params IReadOnlyList<IReadOnlyList<double>> edges)
        : this(edges, clips: false)
    {
    }

    /// <summary>Makes the transform from its edges, with or without what lies beyond them.</summary>
    /// <param name="edges">The edges of the bins of each feature, ascending; at least one each.</param>
    /// <param name="clips">True to take a number beyond the edges for the nearest of them.</param>
    /// <exception cref="ArgumentException">
    /// There are no features, a feature has no edges, or they are not in ascending order, finite and different.
    /// </exception>
    public PiecewiseLinearEncoding(IReadOnlyList<IReadOnlyList<double>> edges, bool clips)
    {
        Clips = clips;
        ArgumentNullException.ThrowIfNull(edges);
        if (edges.Count == 0)
        {
            throw new ArgumentException(
                "There must be a list of edges per feature, but there is none.", nameof(edges));
        }

        _edges = new double[edges.Count][];
        for (int i = 0; i < _edges.Length; i++)
        {
            _edges[i] = TransformCheck.Copy(edges[i], double.IsFinite, "a finite number", $"{nameof(edges)}[{i}]");
            OutputSize = checked(OutputSize + Bins(_edges[i]));
            for (int k = 1; k < _edges[i].Length; k++)
            {
                if (!(_edges[i][k - 1] < _edges[i][k]) || !double.IsNormal(_edges[i][k] - _edges[i][k - 1]))
                {
                    throw new ArgumentException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The edges of feature {i} must ascend by numbers that can be divided by, but "
                            + $"{_edges[i][k]} follows {_edges[i][k - 1]}."),
                        nameof(edges));
                }
            }
        }
    }

    /// <summary>The edges of the bins of each feature.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Edges => _edges;

    /// <summary>
    /// True if a number beyond the edges counts as the nearest of them, as in a decision tree; if false, the first and
    /// the last bin go on as straight lines.
    /// </summary>
    public bool Clips { get; }

    /// <inheritdoc/>
    public int InputSize => _edges.Length;

    /// <inheritdoc/>
    public int OutputSize { get; }

    /// <inheritdoc/>
    public int SourceOf(int output)
    {
        int i = 0;
        for (int left = output; left >= Bins(_edges[i]); i++)
        {
            left -= Bins(_edges[i]);
        }

        return i;
    }

    /// <summary>Learns the quantiles of each feature.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">A sample per column, such as the inputs of a data set.</param>
    /// <param name="bins">
    /// Number of bins of each feature, at least 1; fewer where quantiles are equal. With 1, it is scaled to [0, 1].
    /// </param>
    /// <param name="clips">True to take a number beyond the training data for the nearest end of them.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="ArgumentException">There are no samples, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="bins"/> is below 1, or a feature's range is not a finite number.
    /// </exception>
    public static PiecewiseLinearEncoding Fit<T>(ReadOnlyMatrixSpan<T> samples, int bins = 16, bool clips = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.AtLeast(bins, 1);
        TransformCheck.RequireFinite(samples);
        var edges = new double[samples.Rows][];
        double[] values = new double[samples.Columns];
        for (int i = 0; i < edges.Length; i++)
        {
            for (int j = 0; j < values.Length; j++)
            {
                values[j] = double.CreateTruncating(samples[i, j]);
            }

            Array.Sort(values);
            if (!double.IsFinite(values[^1] - values[0]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(samples),
                    values[^1],
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Feature {i} goes from {values[0]} to {values[^1]}; its range must be a finite number."));
            }

            edges[i] = Quantiles(values, bins, NumberType.SmallestNormal<T>());
        }

        return new(edges, clips);
    }

    /// <inheritdoc cref="Fit{T}(ReadOnlyMatrixSpan{T}, int, bool)"/>
    public static PiecewiseLinearEncoding Fit<T>(Matrix<T> samples, int bins = 16, bool clips = false)
        where T : unmanaged, IFloatingPointIeee754<T> => Fit<T>((ReadOnlyMatrixSpan<T>)samples, bins, clips);

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>PiecewiseLinearEncoding: 3 features → 24</c>.</returns>
    public override string ToString() => TransformText.Of(this);

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
                Encode(double.CreateTruncating(sample[i]), _edges[i], Clips, features);
                features = features[Bins(_edges[i])..];
            }
        }
    }

    // Number of bins, and of features that they become.
    private static int Bins(double[] edges) => Math.Max(1, edges.Length - 1);

    private static void Encode<T>(double x, double[] edges, bool clips, Span<T> features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int bins = Bins(edges);
        for (int k = 0; k < bins; k++)
        {
            double passed = edges.Length == 1 ? x - edges[0] : (x - edges[k]) / (edges[k + 1] - edges[k]);
            double least = k == 0 && !clips ? double.NegativeInfinity : 0;
            double greatest = k < bins - 1 ? 1 : !clips ? double.PositiveInfinity : Math.Min(1, edges.Length - 1);
            features[k] = T.CreateTruncating(Math.Min(Math.Max(passed, least), greatest));
        }
    }

    // Different ones only, as far apart as the number type can tell. A value that more samples have than a bin holds is
    // an edge; the quantiles are those of the others.
    private static double[] Quantiles(double[] sorted, int bins, double smallest)
    {
        double[] heavy = Heavy(sorted, bins);
        double[] light = heavy.Length == 0
            ? sorted
            : Array.FindAll(sorted, value => Array.BinarySearch(heavy, value) < 0);
        List<double> candidates = [.. heavy];
        int parts = Math.Max(1, bins - heavy.Length);
        for (int k = 0; k <= parts && light.Length > 0; k++)
        {
            double place = (light.Length - 1) * ((double)k / parts);
            int below = (int)place;
            int above = Math.Min(below + 1, light.Length - 1);
            candidates.Add(light[below] + ((place - below) * (light[above] - light[below])));
        }

        candidates.Sort();
        List<double> edges = [];
        foreach (double edge in candidates)
        {
            if (edges.Count == 0 || edge - edges[^1] >= smallest)
            {
                edges.Add(edge);
            }
        }

        return [.. edges];
    }

    // The values that more than a bin's share of the samples have; with their own they would take several edges.
    private static double[] Heavy(double[] sorted, int bins)
    {
        List<double> heavy = [];
        for (int start = 0, end = 0; start < sorted.Length; start = end)
        {
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            if ((long)(end - start) * bins > sorted.Length && end - start < sorted.Length)
            {
                heavy.Add(sorted[start]);
            }
        }

        return [.. heavy];
    }
}
