namespace NeuralNet.Samples.Digits.Html;

/// <summary>A line of a chart.</summary>
/// <param name="Name">The name of the figure.</param>
/// <param name="Kind">The style of the line, a class of <see cref="ReportStyle"/>.</param>
/// <param name="Points">Its points by epoch; points that are not finite are left out.</param>
internal sealed record ChartSeries(string Name, string Kind, IReadOnlyList<(int Epoch, double Value)> Points)
{
    /// <summary>The line of a figure that some epochs have.</summary>
    public static ChartSeries Of(
        string name, string kind, IEnumerable<EpochRecord> epochs, Func<EpochRecord, double?> figure) =>
        new(name, kind, [.. epochs
            .Select(epoch => (epoch.Training.Epoch, figure(epoch) ?? double.NaN))
            .Where(point => double.IsFinite(point.Item2))]);
}
