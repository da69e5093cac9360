using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
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
        RequireLossPerOutput(network.Outputs, loss);
        foreach (OutputHead<T> head in network.Heads(loss))
        {
            RequireSteps(network, head, head.Loss!);

            // A network that says nothing about its outputs, such as one with a last layer of the user's own, is taken
            // at its word.
            if (head.DecidingLayer is { OutputKind: { } kind } last && !Understands(head.Loss!.Input, kind))
            {
                throw new ArgumentException(
                    Which(network, head) + Misread(head.Loss, last, kind),
                    nameof(loss));
            }
        }
    }

    // A choice among classes is made over all rows of a sample, or over the last dimension of each step.
    private static void RequireSteps<T>(Network<T> network, OutputHead<T> head, ILoss loss)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FeatureShape shape = head.Range.Shape;
        if (head.Range.Size % head.Steps != 0)
        {
            throw new ArgumentException(
                $"{Which(network, head)}The loss '{loss.Name}' is taken at each of "
                + $"{Quantity.Of(head.Steps, "step")}, among which {Quantity.Of(head.Range.Size, "output")} cannot be "
                + "divided.",
                nameof(loss));
        }

        if (loss.Meaning == OutputMeaning.Classes && shape.Positions > 1 && head.Steps != shape.Positions)
        {
            throw new ArgumentException(
                $"{Which(network, head)}The loss '{loss.Name}' takes {head.Width} outputs for the classes of one "
                + $"choice, but they have the shape {shape}, {shape.Channels} at each of {shape.Positions} steps or "
                + $"pixels. For a choice at each, use new {nameof(LossPerStep)}(loss, {shape.Positions}), as in "
                + $"loss.{nameof(LossExtensions.PerStep)}({shape.Positions}); for one among all, end the network with "
                + "Flatten.",
                nameof(loss));
        }
    }

    private static string Which<T>(Network<T> network, OutputHead<T> head)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        network.Outputs.Count > 1 ? $"The output '{head.Range.Name}': " : "";

    // Losses that take any numbers may take those of several outputs alike.
    private static void RequireLossPerOutput(FeatureLayout outputs, ILoss loss)
    {
        if (loss is LossPerOutput { Outputs: var expected })
        {
            if (!expected.Select(range => (range.Name, range.Size))
                .SequenceEqual(outputs.Select(range => (range.Name, range.Size))))
            {
                throw new ArgumentException(
                    $"The loss is for the outputs {expected}, but those of the network are {outputs}; make it with "
                    + $"new {nameof(LossPerOutput)}(network.Outputs, …).",
                    nameof(loss));
            }
        }
        else if (outputs.Count > 1 && (loss.Input != LossInput.Any || loss.Meaning is not null))
        {
            throw new ArgumentException(
                $"The loss '{loss.Name}' is that of one output, but the network has {outputs.Count}: {outputs}. Give "
                + $"each its own: new {nameof(LossPerOutput)}(network.Outputs, new {nameof(OutputLoss)}("
                + $"\"{outputs[0].Name}\", …), …).",
                nameof(loss));
        }
    }

    private static string Misread<T>(ILoss loss, Layer<T> layer, OutputKind kind)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string last = layer.Name;
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
                $"End '{last}' in {(loss.Meaning == OutputMeaning.Classes ? "Softmax" : "Sigmoid or Softmax")}, or use "
                + "a loss that takes logits: SoftmaxCrossEntropy for classes, SigmoidCrossEntropy for yes or no.",
            _ => $"End '{last}' in LogSoftmax.",
        };
        string ends = layer.Activation is { } activation ? $"ends in {activation.Name}, which " : "";
        return $"The loss '{loss.Name}' {takes}, but '{last}' {ends}{gives}. {remedy}";
    }

    private static bool Understands(LossInput input, OutputKind kind) => input switch
    {
        LossInput.Logits => kind == OutputKind.Real,
        LossInput.Probabilities => Scales.Of(kind) == OutputScale.Probability,
        LossInput.LogProbabilities => Scales.Of(kind) == OutputScale.LogProbability,
        _ => true,
    };
}
