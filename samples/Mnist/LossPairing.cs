using NeuralNet.Activations;
using NeuralNet.Losses;

namespace NeuralNet.Samples.Mnist;

/// <summary>Whether a loss understands what the last layer gives, found out before anything is read or trained.</summary>
internal static class LossPairing
{
    /// <summary>The activation of the last layer: the one asked for, or else the one the loss asks for.</summary>
    /// <exception cref="SampleException">The loss would misread the one asked for.</exception>
    public static string Choose(string loss, string? outputActivation)
    {
        outputActivation ??= ModelFactory.Losses[loss].OutputActivation;
        return FindMismatch(loss, outputActivation) is { } mismatch ? throw new SampleException(mismatch) : outputActivation;
    }

    private static string? FindMismatch(string loss, string outputActivation)
    {
        (LossInput takes, OutputKind gives) =
            (ModelFactory.Losses[loss].Loss.Input, ModelFactory.OutputActivations[outputActivation].OutputKind);
        if (Understands(takes, gives))
        {
            return null;
        }

        IEnumerable<string> fitting =
            ModelFactory.Losses.Where(pair => Understands(pair.Value.Loss.Input, gives)).Select(pair => pair.Key);
        return $"--output-activation {outputActivation} gives {Describe(gives)}, but --loss {loss} takes "
            + $"{(takes == LossInput.Logits ? "logits" : Describe(Matching(takes)))}: leave --output-activation out, or take "
            + $"another loss ({string.Join(", ", fitting)}).";
    }

    private static bool Understands(LossInput takes, OutputKind gives) =>
        takes == LossInput.Any || Matching(takes) == gives;

    private static OutputKind Matching(LossInput input) => input switch
    {
        LossInput.Probabilities => OutputKind.Probability,
        LossInput.LogProbabilities => OutputKind.LogProbability,
        _ => OutputKind.Real,
    };

    private static string Describe(OutputKind kind) => kind switch
    {
        OutputKind.Probability => "probabilities",
        OutputKind.LogProbability => "logarithms of probabilities",
        _ => "real numbers",
    };
}
