namespace NeuralNet.Reports.Recording;

/// <summary>The figures of a run, epoch by epoch.</summary>
/// <param name="Epochs">The numbers of the epochs, in order.</param>
/// <param name="Series">The figures, each with a value for every epoch.</param>
internal sealed record Curves(IReadOnlyList<int> Epochs, IReadOnlyList<Series> Series)
{
    /// <summary>The figures of one kind.</summary>
    public IEnumerable<Series> Of(FigureKind kind) => Series.Where(series => series.Name.Kind == kind);

    /// <summary>A figure; null if it was not measured.</summary>
    public Series? Find(FigureKind kind, string line, string metric = "") =>
        Series.FirstOrDefault(series => series.Name == new FigureName(kind, metric, line));

    /// <summary>The metrics, each with its lines, in the order in which they were first measured.</summary>
    public IEnumerable<IGrouping<string, Series>> Metrics =>
        Of(FigureKind.Metric).GroupBy(series => series.Name.Metric);

    /// <summary>
    /// The epochs that are kept where there are very many: those with an extreme of a loss or a metric among their
    /// neighbours.
    /// </summary>
    public Curves Thinned(int most)
    {
        if (Epochs.Count <= most)
        {
            return this;
        }

        var kept = new SortedSet<int>();
        foreach (Series series in Series.Where(series => !series.Name.IsOfLayer))
        {
            kept.UnionWith(Thinning.Keep(series.Values, most));
        }

        return new(
            [.. kept.Select(index => Epochs[index])],
            [.. Series.Select(series => series with { Values = [.. kept.Select(index => series.Values[index])] })]);
    }
}
