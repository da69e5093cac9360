using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.Explanations;

/// <summary>The partial dependence of predictions on one feature. Its text is a table to print.</summary>
public sealed class PartialDependence
{
    private const int MostColumns = 6;
    private readonly string[] _values;
    private readonly string[] _outputs;
    private readonly Matrix<double>[]? _curves;

    internal PartialDependence(
        string feature,
        double[] grid,
        string[] values,
        string[] outputs,
        Matrix<double> means,
        Matrix<double>[]? curves)
    {
        Feature = feature;
        Grid = grid;
        _values = values;
        _outputs = outputs;
        Means = means;
        _curves = curves;
    }

    /// <summary>The name of the feature or the column.</summary>
    public string Feature { get; }

    /// <summary>
    /// The values that were tried: numbers, of categories their indices, and of dates the days since the first of
    /// January 1970.
    /// </summary>
    public IReadOnlyList<double> Grid { get; }

    /// <summary>The values as texts, such as the names of categories.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>The names of what is predicted: those of the classes, or of the outputs.</summary>
    public IReadOnlyList<string> Outputs => _outputs;

    /// <summary>
    /// The partial dependence, outputs × values: the mean prediction over all samples, each given the value. Of a
    /// pipeline with labels, of the probability of each class.
    /// </summary>
    public Matrix<double> Means { get; }

    /// <summary>The curve of each sample, samples × values: its prediction at each value.</summary>
    /// <param name="output">The index of the output, from 0.</param>
    /// <returns>The individual conditional expectation (ICE) of each sample.</returns>
    /// <exception cref="InvalidOperationException">The curves were not kept.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public Matrix<double> Curves(int output)
    {
        if (_curves is null)
        {
            throw new InvalidOperationException(
                $"The curves of the samples were not kept; ask for them with {nameof(DependenceOptions)}."
                + $"{nameof(DependenceOptions.KeepsCurves)} = true.");
        }

        return (uint)output < (uint)_curves.Length
            ? _curves[output]
            : throw new ArgumentOutOfRangeException(
                nameof(output),
                output,
                $"There {Quantity.Are(_curves.Length, "output")}, counted from 0, but output {output} was asked for.");
    }

    /// <summary>A line per value with the mean of each output, and a bar where one is shown.</summary>
    /// <returns>The table; of two classes only the second is shown, of many outputs the first six.</returns>
    public override string ToString()
    {
        int first = _outputs.Length == 2 ? 1 : 0;
        int[] shown = [.. Enumerable.Range(first, _outputs.Length - first).Take(MostColumns)];
        var table = new AlignedText(
        [
            MessageText.Shortened(Feature, AlignedText.LongestName),
            .. shown.Select(o => MessageText.Shortened(_outputs[o], AlignedText.LongestName)),
            "",
        ]);
        Vector<double> row = Means.Row(shown[0]);
        double least = row.Minimum();
        for (int k = 0; k < _values.Length; k++)
        {
            table.Add(
            [
                MessageText.Shortened(_values[k], AlignedText.LongestName),
                .. shown.Select(o => AlignedText.Number(Means[o, k])),

                // From the smallest on, which has a short bar, so that a small difference is seen.
                shown.Length > 1 ? "" : "█" + AlignedText.Bar(row[k] - least, row.Maximum() - least),
            ]);
        }

        return table.ToString();
    }
}
