using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>Warnings of layers, and of shapes, that work but are hardly meant.</summary>
internal static class StructureCheck
{
    /// <summary>Looks at the layers of a network and at the shapes of its inputs.</summary>
    public static IEnumerable<TrainingWarning> Check<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Layer<T>[] layers = [.. Within(network.Body)];
        if (network.Inputs.FirstOrDefault(input =>
                ImageShape.HasChannelsFirst(input.Shape)
                && layers.Any(layer => layer is Convolution<T> && layer.InputShape == input.Shape)) is { } images)
        {
            FeatureShape shape = images.Shape;
            yield return new(
                TrainingWarningKind.ChannelsFirst,
                null,
                $"The input '{images.Name}' is read as images of {shape[0]} × {shape[1]} pixels with {shape[2]} "
                + $"channels. If they are images of {shape[1]} × {shape[2]} pixels, their shape is new "
                + $"FeatureShape({shape[1]}, {shape[2]}, {shape[0]}); data whose channels come first, as in PyTorch, "
                + "keep the shape and begin with the layer Permute(1, 2, 0).");
        }

        foreach (Sequence<T> sequence in layers.OfType<Sequence<T>>())
        {
            for (int l = 1; l < sequence.Children.Count; l++)
            {
                if (sequence.Children[l - 1] is Dense<T> { Activation: null or Identity } first
                    && sequence.Children[l] is Dense<T> second && IsNoBottleneck(first, second))
                {
                    yield return Linear(first, second);
                }
            }
        }
    }

    // W₂·(W₁·a + b₁) + b₂ is the product of one matrix; only where it is narrow between does it have fewer parameters.
    private static TrainingWarning Linear<T>(Dense<T> first, Dense<T> second)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(
            TrainingWarningKind.LinearLayers,
            first.Name,
            $"'{first.Name}' has no activation, so '{first.Name}' and '{second.Name}' together are no more than one "
            + $"dense layer: what they give is linear in what they get. Give '{first.Name}' one, such as new ReLU().");

    private static bool IsNoBottleneck<T>(Dense<T> first, Dense<T> second)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        first.OutputSize >= Math.Min(first.InputSize, second.OutputSize);

    private static IEnumerable<Layer<T>> Within<T>(Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        layer.Children.SelectMany(Within).Prepend(layer);
}
