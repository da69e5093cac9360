namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// How the numbers of a value lie: along which axes each of its dimensions runs in the file, and in which order the
/// network holds the axes of features. So a transpose or a reshape needs no layer.
/// </summary>
/// <param name="order">The order in the network.</param>
/// <param name="dimensions">
/// For each dimension of the value its axes, the slowest first. That of the samples is one of them, or none, where a
/// single sample has lost the dimension that stood for it.
/// </param>
internal sealed class SampleLayout(AxisOrder order, IReadOnlyList<IReadOnlyList<Axis>> dimensions)
{
    /// <summary>The order in the network.</summary>
    public AxisOrder Order => order;

    /// <summary>The number of dimensions, that of the samples among them.</summary>
    public int Rank => dimensions.Count;

    /// <summary>All axes of features in the order of the file.</summary>
    public Axis[] All => Along(Enumerable.Range(0, Rank));

    /// <summary>The dimension that the samples are along, by themselves or not; −1 if there is none.</summary>
    public int SamplesDimension { get; } = Find(dimensions);

    /// <summary>True if the first dimension is that of the samples alone, or of size 1.</summary>
    public bool IsBatchFirst => Rank > 0 && SamplesDimension is 0 or -1 && Along(0).Length == 0;

    /// <summary>True if the numbers of a sample lie together in the file, one after the other.</summary>
    public bool IsSampleBySample =>
        SamplesDimension < 0 || dimensions.First(axes => axes.Count > 0)[0] == Axis.Samples;

    /// <summary>True for two dimensions, the samples and their features.</summary>
    public bool IsFlat => Rank == 2 && IsBatchFirst;

    /// <summary>
    /// Whether these are images or sequences, channels first, which the network holds with the channels last.
    /// </summary>
    public bool IsHeldChannelsLast =>
        Rank > 2 && order.Axes.SequenceEqual(Along([.. Enumerable.Range(2, Rank - 2), 1]));

    /// <summary>The dimension of the channels of images; −1 if there is none.</summary>
    public int ChannelDimension =>
        Enumerable.Range(0, Rank).Where(d => Along(d).Any(axis => axis.IsOfChannels)).DefaultIfEmpty(-1).First();

    /// <summary>The axes of features of a dimension.</summary>
    public Axis[] Along(int dimension) =>
        [.. dimensions[dimension].Where(axis => axis != Axis.Samples).SelectMany(axis => axis.Parts)];

    /// <summary>The axes of features of some dimensions, in their order.</summary>
    public Axis[] Along(IEnumerable<int> some) => [.. some.SelectMany(Along)];

    /// <summary>The axes of each of some dimensions, without those dimensions that have none.</summary>
    public Axis[][] Groups(IEnumerable<int> some) => [.. some.Select(Along).Where(axes => axes.Length > 0)];

    /// <summary>The number of features along a dimension; −1 if it is open.</summary>
    public int Size(int dimension) => Axis.Product(Along(dimension));

    /// <summary>The same features held in another order.</summary>
    public SampleLayout Ordered(AxisOrder other) => new(other, dimensions);

    /// <summary>The dimensions in another order, or some of them.</summary>
    public SampleLayout Transposed(IEnumerable<int> permutation) =>
        new(order, [.. permutation.Select(d => dimensions[d])]);

    /// <summary>The same features with further dimensions of size 1 at some places of the result.</summary>
    public SampleLayout Unsqueezed(IReadOnlyCollection<int> places)
    {
        var rest = new Queue<IReadOnlyList<Axis>>(dimensions);
        return new(
            order,
            [.. Enumerable.Range(0, Rank + places.Count).Select(d => places.Contains(d) ? [] : rest.Dequeue())]);
    }

    /// <summary>Other features along the dimensions, held in an order of their own.</summary>
    /// <param name="other">The order.</param>
    /// <param name="axes">The axes of features of a dimension.</param>
    public SampleLayout With(AxisOrder other, Func<int, IEnumerable<Axis>> axes) => new(
        other,
        [
            .. dimensions.Select((own, d) =>
                (IReadOnlyList<Axis>)[.. own.Where(axis => axis == Axis.Samples), .. axes(d)]),
        ]);

    /// <summary>The axes of all dimensions in the order of the file, that of the samples among them.</summary>
    public Axis[] Everything() => [.. dimensions.SelectMany(axes => axes).SelectMany(axis => axis.Parts)];

    /// <summary>The dimensions as in <c>batch × 3 × 8 × 8</c>; a question mark stands for one of open size.</summary>
    public override string ToString() => string.Join(" × ", dimensions.Select((axes, d) => (axes, d)).Select(one =>
        !one.axes.Contains(Axis.Samples) ? Text(Size(one.d))
        : Size(one.d) == 1 ? "batch" : $"(batch · {Text(Size(one.d))})"));

    private static int Find(IReadOnlyList<IReadOnlyList<Axis>> dimensions)
    {
        for (int d = 0; d < dimensions.Count; d++)
        {
            if (dimensions[d].Contains(Axis.Samples))
            {
                return d;
            }
        }

        return -1;
    }

    private static string Text(int size) =>
        size < 0 ? "?" : size.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
