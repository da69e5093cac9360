namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// How the features of a value with several dimensions lie: along which axes each of its dimensions runs in the file,
/// and in which order the network holds these axes. So a transpose or a reshape needs no layer.
/// </summary>
/// <param name="order">The order in the network.</param>
/// <param name="dimensions">
/// For each dimension of the value its axes, the slowest first; the first dimension runs along the samples and then
/// along these.
/// </param>
internal sealed class SampleLayout(AxisOrder order, IReadOnlyList<IReadOnlyList<Axis>> dimensions)
{
    /// <summary>The order in the network.</summary>
    public AxisOrder Order => order;

    /// <summary>The number of dimensions, that of the samples among them.</summary>
    public int Rank => dimensions.Count;

    /// <summary>All axes in the order of the file.</summary>
    public Axis[] All => Along(Enumerable.Range(0, Rank));

    /// <summary>True if the first dimension runs along the samples only.</summary>
    public bool KeepsSamples => dimensions[0].Count == 0;

    /// <summary>
    /// Whether these are images or sequences, channels first, which the network holds with the channels last.
    /// </summary>
    public bool IsHeldChannelsLast =>
        Rank > 2 && order.Axes.SequenceEqual(Along([.. Enumerable.Range(2, Rank - 2), 1]));

    /// <summary>The axes of a dimension.</summary>
    public Axis[] Along(int dimension) => [.. dimensions[dimension].SelectMany(axis => axis.Parts)];

    /// <summary>The axes of some dimensions, in their order.</summary>
    public Axis[] Along(IEnumerable<int> some) => [.. some.SelectMany(Along)];

    /// <summary>The number of features along a dimension.</summary>
    public int Size(int dimension) => Axis.Product(dimensions[dimension]);

    /// <summary>The same features held in another order.</summary>
    public SampleLayout Ordered(AxisOrder other) => new(other, dimensions);

    /// <summary>The dimensions in another order.</summary>
    public SampleLayout Transposed(IEnumerable<int> permutation) => new(order, [.. permutation.Select(d => Along(d))]);

    /// <summary>
    /// The same features along other dimensions, the first of which has so many beside the samples; null where a
    /// dimension would begin within an axis that cannot be divided there.
    /// </summary>
    public SampleLayout? Reshaped(IReadOnlyList<int> sizes)
    {
        var axes = new Stack<Axis>(All.Reverse());
        var reshaped = new List<Axis>[sizes.Count];
        for (int d = 0; d < reshaped.Length; d++)
        {
            reshaped[d] = [];
            for (int left = sizes[d]; left > 1;)
            {
                Axis axis = axes.Pop();
                if (left % axis.Size != 0)
                {
                    if (axis.Size % left != 0)
                    {
                        return null;
                    }

                    axis.Divide(left);
                    Axis[] parts = [.. axis.Parts];
                    axes.Push(parts[1]);
                    axis = parts[0];
                }

                reshaped[d].Add(axis);
                left /= axis.Size;
            }
        }

        return new(order, reshaped);
    }
}
