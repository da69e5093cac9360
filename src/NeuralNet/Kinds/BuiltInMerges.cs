using NeuralNet.Layers;

namespace NeuralNet.Kinds;

/// <summary>The merges of the library, which have no settings.</summary>
internal static class BuiltInMerges
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        Of((SumMerge)Merge.Sum),
        Of((ProductMerge)Merge.Product),
        Of((AverageMerge)Merge.Average),
        Of((MaximumMerge)Merge.Maximum),
        Of((ConcatenationMerge)Merge.Concatenation),
    ];

    private static StrategyKind Of<TMerge>(TMerge merge)
        where TMerge : Merge => StrategyKind.Of<TMerge>(KindRole.Merge, merge.Name, _ => merge);
}
