using NeuralNet.Regularization;

namespace NeuralNet.Kinds;

/// <summary>The penalties and constraints of the library and their settings.</summary>
internal static class BuiltInRegularization
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        StrategyKind.Of<L1Penalty>(
            KindRole.Penalty, "L1Penalty", s => new(s.Number("strength", p => p.Strength))),
        StrategyKind.Of<L2Penalty>(
            KindRole.Penalty, "L2Penalty", s => new(s.Number("strength", p => p.Strength))),
        StrategyKind.Of<ElasticNetPenalty>(
            KindRole.Penalty, "ElasticNetPenalty", s => new(s.Number("l1", p => p.L1), s.Number("l2", p => p.L2))),
        StrategyKind.Of<MaxNorm>(KindRole.Constraint, "MaxNorm", s => new(s.Number("limit", c => c.Limit))),
        StrategyKind.Of<UnitNorm>(KindRole.Constraint, "UnitNorm", s => new()),
        StrategyKind.Of<NonNegative>(KindRole.Constraint, "NonNegative", s => new()),
    ];
}
