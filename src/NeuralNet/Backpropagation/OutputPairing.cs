using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Decisions;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Backpropagation;

/// <summary>Checks that a loss takes what a network's last layer gives: all that compute a loss ask here.</summary>
internal static class OutputPairing
{
    /// <summary>Refuses a pair of which the loss would misread the outputs.</summary>
    public static void Require<T>(Network<T> network, ILoss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A network that says nothing about its outputs, such as one with a last layer of the user's own, is taken at
        // its word.
        if (network.DecidingLayer.OutputKind is not { } kind || Understands(loss.Input, kind))
        {
            return;
        }

        string last = network.DecidingLayer.Name;
        string takes = loss.Input switch
        {
            LossInput.Logits => "takes logits and turns them into probabilities itself",
            LossInput.Probabilities => "takes probabilities",
            _ => "takes logarithms of probabilities",
        };
        string gives = Scales.Of(kind) switch
        {
            OutputScale.Probability => "gives probabilities already",
            OutputScale.LogProbability => "gives logarithms of probabilities already",
            _ => "gives real numbers",
        };
        string remedy = loss.Input switch
        {
            LossInput.Logits => $"Leave '{last}' without an activation.",
            LossInput.Probabilities =>
                $"End '{last}' in Sigmoid or Softmax, or use the form of the loss that takes logits.",
            _ => $"End '{last}' in LogSoftmax.",
        };
        string ends =
            network.DecidingLayer.Activation is { } activation ? $"ends in {activation.Name}, which " : "";
        throw new ArgumentException(
            $"The loss '{loss.Name}' {takes}, but '{last}' {ends}{gives}. {remedy}", nameof(loss));
    }

    private static bool Understands(LossInput input, OutputKind kind) => input switch
    {
        LossInput.Logits => kind == OutputKind.Real,
        LossInput.Probabilities => Scales.Of(kind) == OutputScale.Probability,
        LossInput.LogProbabilities => Scales.Of(kind) == OutputScale.LogProbability,
        _ => true,
    };
}
