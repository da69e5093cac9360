using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Ensembles;

/// <summary>
/// The layers behind a member that make probabilities of its logits: the mean is one of probabilities, as a mean of
/// logits would be that of other classes' chances.
/// </summary>
internal static class ProbabilityTail
{
    /// <summary>The layers; none where outputs are numbers or probabilities already.</summary>
    /// <exception cref="NotSupportedException">No layer turns such outputs into probabilities.</exception>
    public static List<Layer<T>> Of<T>(Network<T> network, ILoss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<OutputHead<T>> heads = network.Heads(loss);
        IActivation?[] activations = [.. heads.Select(ActivationOf)];
        if (Array.TrueForAll(activations, activation => activation is null))
        {
            return [];
        }

        if (heads.Count == 1)
        {
            return [new ActivationLayer<T>(network.OutputShape, activations[0]!)];
        }

        FeatureShape shape = network.OutputShape;
        return
        [
            new Branches<T>(
                Merge.Concatenation,
                [
                    .. heads.Select((head, k) => new Sequence<T>(
                        shape,
                        activations[k] is { } activation
                            ? [Rows(head.Range), new ActivationLayer<T>(head.Range.Size, activation)]
                            : [Rows(head.Range)])),
                ]),
        ];

        Slice<T> Rows(FeatureRange range) => new(shape, range.Start, range.Size);
    }

    private static IActivation? ActivationOf<T>(OutputHead<T> head)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OutputKind? kind = head.DecidingLayer?.OutputKind;
        bool areClasses = head.Range.Size > 1
            && (head.Loss?.Meaning == OutputMeaning.Classes || kind == OutputKind.LogDistribution);
        OutputScale? scale = Scales.Of(kind) ?? head.Loss?.Input switch
        {
            LossInput.Logits => OutputScale.Logit,
            LossInput.LogProbabilities => OutputScale.LogProbability,
            _ => null,
        };
        return scale switch
        {
            OutputScale.Logit => areClasses ? new Softmax() : new Sigmoid(),

            // The softmax of logarithms of probabilities that sum to 1 is these probabilities.
            OutputScale.LogProbability => areClasses ? new Softmax() : throw new NotSupportedException(
                $"The output {MessageText.Quoted(head.Range.Name)} gives the logarithm of a probability, of which no "
                + "mean can be taken. End the members in Sigmoid, or in no activation with SigmoidCrossEntropy."),
            _ => null,
        };
    }
}
