using NeuralNet.Activations;

namespace NeuralNet.Decisions;

/// <summary>The scales of outputs, and their thresholds.</summary>
internal static class Scales
{
    /// <summary>The scale of what an activation gives; null for real numbers, which may be anything.</summary>
    public static OutputScale? Of(OutputKind? kind) => kind switch
    {
        OutputKind.Probability or OutputKind.Distribution => OutputScale.Probability,
        OutputKind.LogProbability or OutputKind.LogDistribution => OutputScale.LogProbability,
        _ => null,
    };

    /// <summary>The number above which an output means yes: where the probability is above ½.</summary>
    public static double Threshold(this OutputScale scale) => scale switch
    {
        OutputScale.Probability => Decision.Middle,
        OutputScale.LogProbability => Math.Log(Decision.Middle),
        _ => 0,
    };
}
