using System.Globalization;
using System.Numerics;
using System.Text;
using NeuralNet.Conformal;
using NeuralNet.Guards;
using NeuralNet.Pipelines;

namespace NeuralNet.Evaluation;

/// <summary>The coverage of intervals or label sets, which is how often they hold the truth, and their sizes.</summary>
/// <param name="Wanted">The share that was asked for.</param>
/// <param name="Coverage">The share that is held: of samples or, of several targets, of all targets together.</param>
/// <param name="Size">The mean number of labels in a set, or the mean width of an interval.</param>
/// <param name="Parts">The coverage and size of each class, or of each target.</param>
/// <param name="Sizes">Of sets, the share of samples with 0, 1, 2, … labels; of intervals empty.</param>
public sealed record CoverageReport(
    double Wanted,
    double Coverage,
    double Size,
    IReadOnlyList<(string Name, double Coverage, double Size)> Parts,
    IReadOnlyList<double> Sizes)
{
    /// <summary>A table with a line for all, and one for each class or target.</summary>
    /// <returns>The table.</returns>
    public override string ToString()
    {
        int width = Math.Max(8, Parts.Max(part => MessageText.Shortened(part.Name).Length));
        var text = new StringBuilder();
        text.Append(' ', width).Append(
            CultureInfo.InvariantCulture, $"  coverage      size  (wanted {Wanted * 100:0.##} %)");
        foreach ((string name, double coverage, double size) in Parts.Prepend(("all", Coverage, Size)))
        {
            text.AppendLine().Append(MessageText.Shortened(name).PadRight(width))
                .Append(CultureInfo.InvariantCulture, $"{coverage * 100,8:0.00} %{size,10:G4}");
        }

        for (int k = 0; k < Sizes.Count; k++)
        {
            text.AppendLine().Append(
                CultureInfo.InvariantCulture, $"{Sizes[k] * 100:0.00} % have {Quantity.Of(k, "label")}");
        }

        return text.ToString();
    }

    internal static CoverageReport Of<T>(Pipeline<T> pipeline, HeldOut<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        pipeline.LabelSets is { } sets ? OfSets(pipeline, sets, data) : OfIntervals(pipeline.Intervals!, data);

    private static CoverageReport OfSets<T>(Pipeline<T> pipeline, ConformalLabelSets sets, HeldOut<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<string> names = pipeline.Labels!.Labels;
        int[] actual = data.Classes();
        int[][] found =
        [
            .. Enumerable.Range(0, data.Count).Select(j => LabelSetPrediction.Indices(pipeline, data.Outputs(j))),
        ];
        double[] sizes = new double[names.Count + 1];
        Array.ForEach(found, set => sizes[set.Length] += 1.0 / found.Length);
        return new(
            sets.Coverage,
            Share(Enumerable.Range(0, found.Length)),
            found.Average(set => set.Length),
            [
                .. names.Select((name, k) =>
                {
                    int[] own = [.. Enumerable.Range(0, found.Length).Where(j => actual[j] == k)];
                    return (name, Share(own), own.Length == 0 ? double.NaN : own.Average(j => found[j].Length));
                }),
            ],
            sizes);

        double Share(IEnumerable<int> samples) => samples
            .Select(j => Array.IndexOf(found[j], actual[j]) >= 0 ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();
    }

    private static CoverageReport OfIntervals<T>(ConformalIntervals intervals, HeldOut<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] outputs = data.OutputsInDouble();
        double[] targets = data.TargetsInDouble();
        var parts = new (string Name, double Coverage, double Size)[intervals.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            (int low, int high, double margin) = (intervals.Lower[i], intervals.Upper[i], intervals.Margins[i]);
            int within = 0;
            double width = 0;
            for (int start = 0; start < outputs.Length; start += data.Rows)
            {
                within += ConformalIntervals.Score(
                    outputs[start + low], outputs[start + high], targets[start + low]) <= margin ? 1 : 0;
                width += outputs[start + high] - outputs[start + low] + (2 * margin);
            }

            parts[i] = ($"target {i}", (double)within / data.Count, width / data.Count);
        }

        return new(
            intervals.Coverage, parts.Average(part => part.Coverage), parts.Average(part => part.Size), parts, []);
    }
}
