using NeuralNet.Layers;

namespace NeuralNet.Kinds;

/// <summary>The merges of the library, which have no settings.</summary>
internal static class BuiltInMerges
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        StrategyKind.Of<SumMerge>(KindRole.Merge, "Sum", _ => (SumMerge)Merge.Sum),
        StrategyKind.Of<ConcatenationMerge>(
            KindRole.Merge, "Concatenation", _ => (ConcatenationMerge)Merge.Concatenation),
    ];
}
