using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.Recurrence;

namespace NeuralNet.Networks;

/// <summary>The layers that a stream goes through at each of its steps.</summary>
internal static class StreamLayers
{
    /// <summary>Finds them, and the number of features of a step.</summary>
    /// <exception cref="NotSupportedException">A layer needs the whole sequence.</exception>
    public static (Layer<T>[] Layers, int StepSize) Of<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<Layer<T>> layers = [];
        Layer<T> first = network.Layers[0] is PaddedSequences<T> padded ? padded.Body.Children[0] : network.Layers[0];
        bool hasSteps = true;
        Add(network.Layers, layers, ref hasSteps);
        return layers.Exists(layer => layer is RecurrentLayer<T>)
            ? ([.. layers], first is Embedding<T> ? 1 : first.InputSize / first.InputShape[0])
            : throw new NotSupportedException(
                "The network has no recurrent layer, so there is no state to carry from step to step; predict whole "
                + "samples with Predict.");
    }

    /// <summary>Number of outputs of a layer at one step.</summary>
    public static int OutputSizeOf<T>(Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        layer is Embedding<T> embedding ? embedding.Size : layer.OutputSize;

    private static void Add<T>(IReadOnlyList<Layer<T>> from, List<Layer<T>> to, ref bool hasSteps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Layer<T> layer in from)
        {
            switch (layer)
            {
                case Sequence<T> sequence:
                    Add(sequence.Children, to, ref hasSteps);
                    break;
                case PaddedSequences<T> padded:
                    Add(padded.Body.Children, to, ref hasSteps);
                    break;
                case { IsForTrainingOnly: true }:
                    break;
                case LastStep<T> when hasSteps:
                    hasSteps = false;
                    break;
                case PerStep<T> each when hasSteps:
                    to.Add(each.Body);
                    break;
                case RecurrentLayer<T> { IsReversed: false } recurrent when hasSteps:
                    to.Add(layer);
                    hasSteps = recurrent.ReturnsSteps;
                    break;
                case Embedding<T> when hasSteps:
                    to.Add(layer);
                    break;
                case ActivationLayer<T> when hasSteps:
                    to.Add(new ActivationLayer<T>(layer.InputShape.Channels, layer.Activation!));
                    break;
                case not RecurrentLayer<T> when !hasSteps:
                    to.Add(layer);
                    break;
                default:
                    throw new NotSupportedException(
                        $"The layer '{layer.Name}' cannot read a stream step by step: it needs the whole sequence. "
                        + "Predict sequences with Predict, or build the network of layers that read forwards.");
            }
        }
    }
}
