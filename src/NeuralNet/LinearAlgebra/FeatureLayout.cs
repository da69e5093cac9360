using System.Collections;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.LinearAlgebra;

/// <summary>
/// The inputs, or the outputs, of a network: ranges with names that lie one below the other in the column of a sample.
/// </summary>
/// <remarks>
/// It joins matrices by name into the matrix that training and prediction take, and finds the rows of one of them.
/// </remarks>
/// <example><code>
/// var data = new DataSet&lt;float&gt;(
///     network.Inputs.Join(("image", images), ("weather", weather)),
///     network.Outputs.Join(("price", prices), ("kind", kinds)));
///
/// Matrix&lt;float&gt; predicted = network.Predict(data.Inputs);
/// Matrix&lt;float&gt; price = network.Outputs["price"].Of(predicted);
/// </code></example>
public sealed class FeatureLayout : IReadOnlyList<FeatureRange>
{
    private const int LongestName = 100;

    private readonly FeatureRange[] _ranges;

    /// <summary>Makes a layout of ranges that follow each other.</summary>
    /// <param name="ranges">The name and the shape of each.</param>
    /// <exception cref="ArgumentException">
    /// There is no range, a name is blank, too long or has invisible characters, or two ranges have one name.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// All ranges have more than <see cref="int.MaxValue"/> rows together.
    /// </exception>
    public FeatureLayout(params IReadOnlyList<(string Name, FeatureShape Shape)> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        if (ranges.Count == 0)
        {
            throw new ArgumentException("There must be at least one range of rows.", nameof(ranges));
        }

        _ranges = new FeatureRange[ranges.Count];
        long start = 0;
        for (int i = 0; i < _ranges.Length; i++)
        {
            (string name, FeatureShape shape) = ranges[i];
            RequireName(name, ranges.Take(i).Select(range => range.Name), nameof(ranges));
            ArgumentNullException.ThrowIfNull(shape, nameof(ranges));
            _ranges[i] = new(name, shape, (int)start, this);
            start += shape.Size;
            if (start > int.MaxValue)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(ranges), $"Up to '{name}' there are more rows than can be counted.");
            }
        }

        Size = (int)start;
    }

    /// <summary>Number of ranges.</summary>
    public int Count => _ranges.Length;

    /// <summary>Number of rows of all ranges together.</summary>
    public int Size { get; }

    /// <summary>The shape of a whole sample: that of the only range, or the flat one of all rows.</summary>
    public FeatureShape Shape => Count == 1 ? _ranges[0].Shape : Size;

    /// <summary>A range by its place.</summary>
    /// <param name="index">The place, from zero.</param>
    public FeatureRange this[int index] => _ranges[index];

    /// <summary>A range by its name.</summary>
    /// <param name="name">For example <c>price</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such range.</exception>
    public FeatureRange this[string name] => Find(name) ?? throw new KeyNotFoundException(Unknown(name));

    /// <summary>Finds a range by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The range; null if there is none.</returns>
    public FeatureRange? Find(string name) => Array.Find(_ranges, range => range.Name == name);

    /// <summary>Finds the place of a range by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The place, from zero; −1 if there is none of that name.</returns>
    public int IndexOf(string name) => Array.FindIndex(_ranges, range => range.Name == name);

    /// <summary>Joins the rows of a batch, given by name, one below the other.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="parts">
    /// For each range, in any order, its name and its rows: size of the range × batch, a sample per column.
    /// </param>
    /// <returns>A new matrix, <see cref="Size"/> × batch.</returns>
    /// <exception cref="ArgumentException">
    /// A range is missing, unknown or given twice, has another number of rows, or another number of samples than the
    /// first.
    /// </exception>
    public Matrix<T> Join<T>(params IReadOnlyList<(string Name, Matrix<T> Samples)> parts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireNames(parts, nameof(parts));
        int count = parts[0].Samples.ColumnCount;
        Matrix<T> joined = Matrix<T>.Build.Dense(Size, count);
        foreach ((string name, Matrix<T> samples) in parts)
        {
            FeatureRange range = this[name];
            if (samples.RowCount != range.Size || samples.ColumnCount != count)
            {
                throw new ArgumentException(
                    $"'{name}' must be {range.Size} × {count} (rows × samples, as many as '{parts[0].Name}' has), but "
                    + $"is {samples.RowCount} × {samples.ColumnCount}."
                    + SampleLayout.Advice(range.Size, samples.RowCount, samples.ColumnCount),
                    nameof(parts));
            }

            range.CopyFrom((ReadOnlyMatrixSpan<T>)samples, new(joined.AsColumnMajorArray(), Size, count));
        }

        return joined;
    }

    /// <summary>Joins arrays, given by name, sample by sample.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="parts">
    /// For each range, in any order, its name and its numbers: those of one sample, or of sample after sample.
    /// </param>
    /// <returns>A new array: sample after sample, <see cref="Size"/> each, as <c>Predict</c> takes them.</returns>
    /// <exception cref="ArgumentException">
    /// A range is missing, unknown or given twice, or the arrays are not of one whole number of samples.
    /// </exception>
    public T[] Join<T>(params IReadOnlyList<(string Name, T[] Samples)> parts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireNames(parts, nameof(parts));
        int count = parts[0].Samples.Length / this[parts[0].Name].Size;
        T[] joined = new T[ElementCount.Of(Size, count, "The joined samples")];
        foreach ((string name, T[] samples) in parts)
        {
            FeatureRange range = this[name];
            if (samples.Length != (long)range.Size * count)
            {
                throw new ArgumentException(
                    $"'{name}' has {Quantity.Of(range.Size, "number")} per sample, so of "
                    + $"{Quantity.Of(count, "sample")}, as many as '{parts[0].Name}' has, there must be "
                    + $"{(long)range.Size * count}, but there are {samples.Length}.",
                    nameof(parts));
            }

            range.CopyFrom(new ReadOnlyMatrixSpan<T>(samples, range.Size, count), new(joined, Size, count));
        }

        return joined;
    }

    /// <inheritdoc/>
    public IEnumerator<FeatureRange> GetEnumerator() => ((IEnumerable<FeatureRange>)_ranges).GetEnumerator();

    /// <summary>The ranges as readable text.</summary>
    /// <returns>For example <c>image: 28 × 28 × 1, weather: 6</c>.</returns>
    public override string ToString() => MessageText.Listed(_ranges.Select(range => range.ToString()));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The message about a name that no range has.</summary>
    internal string Unknown(string name) =>
        $"There is no {MessageText.Quoted(name)}; there {(Count == 1 ? "is" : "are")} "
        + $"{MessageText.Listed(_ranges.Select(range => range.Name))}."
        + NearestName.Question(name, _ranges.Select(range => range.Name));

    private static void RequireName(string name, IEnumerable<string> before, string argument)
    {
        ArgumentNullException.ThrowIfNull(name, argument);
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || !MessageText.IsHarmless(name))
        {
            throw new ArgumentException(
                $"{MessageText.Quoted(name)} names no range of rows: a name has 1 to {LongestName} characters, none of "
                + "them invisible, and is not blank.",
                argument);
        }

        if (before.Contains(name, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"Two ranges of rows are named '{name}'; each needs a name of its own.", argument);
        }
    }

    private void RequireNames<TSamples>(IReadOnlyList<(string Name, TSamples Samples)> parts, string argument)
        where TSamples : class
    {
        ArgumentNullException.ThrowIfNull(parts, argument);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, TSamples samples) in parts)
        {
            ArgumentNullException.ThrowIfNull(name, argument);
            ArgumentNullException.ThrowIfNull(samples, argument);
            if (Find(name) is null)
            {
                throw new ArgumentException(Unknown(name), argument);
            }

            if (!given.Add(name))
            {
                throw new ArgumentException($"'{name}' is given twice.", argument);
            }
        }

        if (Array.Find(_ranges, range => !given.Contains(range.Name)) is { } missing)
        {
            throw new ArgumentException(
                $"'{missing.Name}' ({missing.Shape.Describe()}) is missing; give all of them: {this}.", argument);
        }
    }
}
