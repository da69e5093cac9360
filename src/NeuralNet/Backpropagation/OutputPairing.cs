using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Losses;

namespace NeuralNet.Backpropagation;

/// <summary>Checks that a loss takes what a network's last layer gives.</summary>
internal static class OutputPairing
{
    /// <summary>Refuses a loss that would misinterpret the outputs of the network.</summary>
    public static void Require<T>(Layer<T> last, ILoss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A layer that does not declare its outputs, such as a user's own, is accepted.
        if (last.Activation is not { } activation || Understands(loss.Input, activation.OutputKind))
        {
            return;
        }

        string takes = loss.Input switch
        {
            LossInput.Logits => "takes logits and turns them into probabilities itself",
            LossInput.Probabilities => "takes probabilities",
            _ => "takes logarithms of probabilities",
        };
        string gives = activation.OutputKind switch
        {
            OutputKind.Probability => "gives probabilities already",
            OutputKind.LogProbability => "gives logarithms of probabilities already",
            _ => "gives real numbers",
        };
        string remedy = loss.Input switch
        {
            LossInput.Logits => $"Leave '{last.Name}' without an activation.",
            LossInput.Probabilities =>
                $"End '{last.Name}' in Sigmoid or Softmax, or use the form of the loss that takes logits.",
            _ => $"End '{last.Name}' in LogSoftmax.",
        };
        throw new ArgumentException(
            $"The loss '{loss.Name}' {takes}, but '{last.Name}' ends in {activation.Name}, which {gives}. {remedy}",
            nameof(loss));
    }

    private static bool Understands(LossInput input, OutputKind kind) => input switch
    {
        LossInput.Logits => kind == OutputKind.Real,
        LossInput.Probabilities => kind == OutputKind.Probability,
        LossInput.LogProbabilities => kind == OutputKind.LogProbability,
        _ => true,
    };
}
