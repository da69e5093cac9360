using NeuralNet.Preprocessing;

namespace NeuralNet.Kinds;

/// <summary>The feature transforms of the library and their fitted values.</summary>
internal static class BuiltInTransforms
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        Of<Standardization>(
            "Standardization",
            s => new(s.Numbers("means", t => t.Means), s.Numbers("deviations", t => t.StandardDeviations))),
        Of<ChannelStandardization>(
            "ChannelStandardization",
            s => new(
                s.Shape("shape", t => t.Shape),
                s.Numbers("means", t => t.Means),
                s.Numbers("deviations", t => t.StandardDeviations))),
        Of<MinMaxScaling>(
            "MinMaxScaling",
            s => new(
                s.Numbers("minimums", t => t.Minimums),
                s.Numbers("maximums", t => t.Maximums),
                s.Number("lower", t => t.Lower),
                s.Number("upper", t => t.Upper))),
        Of<Imputation>("Imputation", s => new(s.Numbers("replacements", t => t.Replacements))),
        Of<MissingIndicator>("MissingIndicator", s => new(s.Size("inputSize", t => t.InputSize))),
        Of<OneHotEncoding>("OneHotEncoding", OneHot),
        Of<PiecewiseLinearEncoding>("PiecewiseLinearEncoding", PiecewiseLinear),
        Of<CyclicEncoding>("CyclicEncoding", s => new(s.Numbers("periods", t => t.Periods))),
        Of<ColumnTransform>("ColumnTransform", Columns),
        Of<TransformSequence>("TransformSequence", s => new(s.Transforms("steps", t => t.Steps))),
    ];

    private static StrategyKind Of<TTransform>(string name, Func<Settings<TTransform>, TTransform> describe)
        where TTransform : class, IFeatureTransform => StrategyKind.Of(KindRole.Transform, name, describe);

    // The categories of all columns one after the other, and how many each column has.
    private static OneHotEncoding OneHot(Settings<OneHotEncoding> s)
    {
        IReadOnlyList<long> counts = s.Integers("counts", t => [.. t.Categories.Select(column => (long)column.Count)]);
        IReadOnlyList<double> categories = s.Numbers("categories", t => [.. t.Categories.SelectMany(column => column)]);
        bool unknownIsZeros = s.Flag("unknownIsZeros", t => t.Unknown == UnknownCategory.Zeros);
        return new(Cut(categories, counts), unknownIsZeros ? UnknownCategory.Zeros : UnknownCategory.Refuse);
    }

    // The edges of all features one after the other, and how many each feature has.
    private static PiecewiseLinearEncoding PiecewiseLinear(Settings<PiecewiseLinearEncoding> s)
    {
        IReadOnlyList<long> counts = s.Integers("counts", t => [.. t.Edges.Select(edges => (long)edges.Count)]);
        IReadOnlyList<double> edges = s.Numbers("edges", t => [.. t.Edges.SelectMany(edges => edges)]);
        bool clips = s.OptionalFlag("clips", t => t.Clips ? true : null) ?? false;
        return new(Cut(edges, counts), clips);
    }

    // The columns of all blocks one after the other, how many each has, and which blocks have a transform.
    private static ColumnTransform Columns(Settings<ColumnTransform> s)
    {
        int inputSize = s.Size("inputSize", t => t.InputSize);
        IReadOnlyList<long> counts = s.Integers(
            "counts", t => [.. t.Blocks.Select(block => (long)block.Columns.Count)]);
        IReadOnlyList<long> columns = s.Integers(
            "columns", t => [.. t.Blocks.SelectMany(block => block.Columns).Select(column => (long)column)]);
        IReadOnlyList<long> transformed = s.Integers("transformed", t => [.. Transformed(t.Blocks)]);
        IReadOnlyList<IFeatureTransform> transforms = s.Transforms(
            "transforms", t => [.. t.Blocks.Select(block => block.Transform).OfType<IFeatureTransform>()]);
        if (transforms.Count != transformed.Count)
        {
            throw new ArgumentException(
                $"The number of blocks of columns is {transformed.Count}, but that of transforms {transforms.Count}.");
        }

        Dictionary<long, IFeatureTransform> byBlock =
            transformed.Zip(transforms).ToDictionary(pair => pair.First, pair => pair.Second);
        return new(
            inputSize,
            [
                .. Cut(columns, counts).Select((block, i) =>
                    new ColumnBlock([.. block.Select(column => checked((int)column))], byBlock.GetValueOrDefault(i))),
            ]);
    }

    private static IEnumerable<long> Transformed(IReadOnlyList<ColumnBlock> blocks) =>
        Enumerable.Range(0, blocks.Count).Where(i => blocks[i].Transform is not null).Select(i => (long)i);

    private static IReadOnlyList<TElement>[] Cut<TElement>(IReadOnlyList<TElement> values, IReadOnlyList<long> counts)
    {
        long sum = 0;
        var parts = new List<IReadOnlyList<TElement>>();
        foreach (long count in counts)
        {
            if (count < 0 || count > values.Count - sum)
            {
                throw new ArgumentException("The values are not cut into the parts they should be.");
            }

            parts.Add([.. values.Skip((int)sum).Take((int)count)]);
            sum += count;
        }

        return sum == values.Count
            ? [.. parts]
            : throw new ArgumentException("The values are not cut into the parts they should be.");
    }
}
