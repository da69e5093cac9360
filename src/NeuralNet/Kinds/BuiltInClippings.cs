using NeuralNet.Optimizers;

namespace NeuralNet.Kinds;

/// <summary>The gradient clippings of the library and their settings.</summary>
internal static class BuiltInClippings
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        StrategyKind.Of<ClipByGlobalNorm>(
            KindRole.Clipping, "ClipByGlobalNorm", s => new(s.Number("maxNorm", c => c.MaxNorm))),
        StrategyKind.Of<ClipByNorm>(KindRole.Clipping, "ClipByNorm", s => new(s.Number("maxNorm", c => c.MaxNorm))),
        StrategyKind.Of<ClipByValue>(KindRole.Clipping, "ClipByValue", s => new(s.Number("limit", c => c.Limit))),
    ];
}
