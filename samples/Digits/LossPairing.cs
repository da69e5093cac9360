using NeuralNet.Activations;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Samples.Digits;

/// <summary>Checks that a loss takes what the last layer gives, before anything is read or trained.</summary>
internal static class LossPairing
{
    /// <summary>Chooses the activation of the last layer: the one given, or else the one that suits the loss.</summary>
    /// <exception cref="SampleException">The loss does not take the outputs of the activation.</exception>
    public static string ChooseActivation(string loss, string? outputActivation)
    {
        outputActivation ??= ModelFactory.Losses[loss].OutputActivation;
        OutputKind gives = ModelFactory.OutputActivations[outputActivation].OutputKind;
        return Understands(loss, gives)
            ? outputActivation
            : throw new SampleException(
                $"--output-activation {outputActivation} gives {Describe(gives)}, but --loss {loss} takes "
                + $"{Takes(loss)}: leave --output-activation out, or take another loss ({Fitting(gives)}).");
    }

    /// <summary>Chooses the loss of a trained network: the one given, or else one that fits its outputs.</summary>
    /// <exception cref="SampleException">The loss does not take the network's outputs.</exception>
    public static string ChooseLoss(string? loss, Network<float> network)
    {
        OutputKind gives = network.OutputKind ?? OutputKind.Real;
        loss ??= Understands(ModelFactory.DefaultLoss, gives)
            ? ModelFactory.DefaultLoss
            : ModelFactory.DefaultProbabilityLoss;
        return Understands(loss, gives)
            ? loss
            : throw new SampleException(
                $"The network gives {Describe(gives)}, but --loss {loss} takes {Takes(loss)}; others fit "
                + $"({Fitting(gives)}).");
    }

    private static bool Understands(string loss, OutputKind gives) =>
        ModelFactory.Losses[loss].Loss.Input is var takes && (takes == LossInput.Any || Matching(takes) == gives);

    private static string Fitting(OutputKind gives) =>
        string.Join(", ", ModelFactory.Losses.Keys.Where(loss => Understands(loss, gives)));

    private static string Takes(string loss) => ModelFactory.Losses[loss].Loss.Input is var takes
        && takes == LossInput.Logits ? "logits" : Describe(Matching(takes));

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
