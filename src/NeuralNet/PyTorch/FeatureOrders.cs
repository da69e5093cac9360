using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Recurrence;

namespace NeuralNet.PyTorch;

/// <summary>
/// The order of the features that each layer receives and gives as a flat row. It differs from PyTorch's where an image
/// was flattened before, and where the row is read as an image afterwards.
/// </summary>
internal sealed class FeatureOrders<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Layer<T>, FeatureOrder> _inputs = [];
    private readonly Dictionary<Layer<T>, FeatureOrder> _outputs = [];
    private readonly bool _hasConvolutionsOfSequences;

    public FeatureOrders(Network<T> network)
    {
        _hasConvolutionsOfSequences = network.Body.SelfAndDescendants()
            .Exists(layer => layer is Convolution<T> or TransposedConvolution<T> && layer.InputShape.Rank == 2);
        Follow(network.Body, FeatureOrder.Joined(network.Inputs.Select(input => Of(input.Shape))));
    }

    /// <summary>The order of the features that a layer receives.</summary>
    public FeatureOrder InputOf(Layer<T> layer) => _inputs.GetValueOrDefault(layer) ?? Of(layer.InputShape);

    /// <summary>The order of the features that a layer gives.</summary>
    public FeatureOrder OutputOf(Layer<T> layer) => _outputs.GetValueOrDefault(layer) ?? Of(layer.OutputShape);

    // A sequence is the same on both sides in recurrent models; models with convolutions have its channels first.
    private FeatureOrder Of(FeatureShape shape) =>
        shape.Rank == 3 || (shape.Rank == 2 && _hasConvolutionsOfSequences)
            ? FeatureOrder.Flattened(shape)
            : FeatureOrder.Same(shape.Size);

    private FeatureOrder Follow(Layer<T> layer, FeatureOrder input)
    {
        _inputs[layer] = layer.InputShape.IsFlat || layer is PerStep<T> ? input : Of(layer.InputShape);
        FeatureOrder output = OutputOf(layer, _inputs[layer]);
        return _outputs[layer] = output;
    }

    private FeatureOrder OutputOf(Layer<T> layer, FeatureOrder input) => layer switch
    {
        Sequence<T> => FollowAll(layer.Children, input),
        Residual<T> residual => Follow(residual.Body, input),
        Branches<T> branches => FollowBranches(branches, input),
        PerStep<T> each => FollowEach(each, input),
        WeightNormalization<T> normalization => Follow(normalization.Inner, input),
        Slice<T> slice when slice.OutputShape.IsFlat =>
            input.Range(slice.Start, slice.OutputSize) ?? FeatureOrder.Same(slice.OutputSize),
        RecurrentLayer<T> => FeatureOrder.Same(layer.OutputSize),
        Reshape<T> when layer.OutputShape.IsFlat => input,
        _ when layer.OutputShape.IsFlat && KeepsFeatures(layer) => input,
        _ => Of(layer.OutputShape),
    };

    // The order within a step is that of all steps: so it is made here, of an image that is flattened at each step.
    private FeatureOrder FollowEach(PerStep<T> each, FeatureOrder input)
    {
        FeatureShape shape = each.Body.InputShape;
        FeatureOrder? given = shape.IsFlat ? input.Range(0, shape.Size) : null;
        FeatureOrder step = Follow(each.Body, given ?? Of(shape));
        return step.IsSame ? Of(each.OutputShape) : FeatureOrder.Joined(Enumerable.Repeat(step, each.Steps));
    }

    private FeatureOrder FollowAll(IReadOnlyList<Layer<T>> layers, FeatureOrder input)
    {
        FeatureOrder order = input;
        for (int l = 0; l < layers.Count; l++)
        {
            order = Follow(layers[l], order);
            if (layers[l] is Dense<T> or WeightNormalization<T> { Inner: Dense<T> }
                && ImageMadeBy(layers, l) is { } image)
            {
                order = _outputs[layers[l]] = FeatureOrder.Flattened(image);
                foreach (Layer<T> inner in layers[l].Children)
                {
                    _outputs[inner] = order;
                }
            }
        }

        return order;
    }

    // The shape of the image that the features of a dense layer are read as, if they are.
    private static FeatureShape? ImageMadeBy(IReadOnlyList<Layer<T>> layers, int dense)
    {
        Layer<T>? reader = layers.Skip(dense + 1)
            .FirstOrDefault(layer => !(layer.InputShape.IsFlat && KeepsFeatures(layer)));
        FeatureShape? shape =
            reader is Reshape<T> { InputShape.IsFlat: true } ? reader.OutputShape : reader?.InputShape;
        return shape is { Rank: 3 } ? shape : null;
    }

    private FeatureOrder FollowBranches(Branches<T> branches, FeatureOrder input)
    {
        FeatureOrder[] outputs = [.. branches.Children.Select(branch => Follow(branch, input))];
        return !branches.OutputShape.IsFlat ? Of(branches.OutputShape)
            : branches.Merge == Merge.Concatenation ? FeatureOrder.Joined(outputs)
            : outputs[0];
    }

    private static bool KeepsFeatures(Layer<T> layer) => layer
        is { IsForTrainingOnly: true } or ActivationLayer<T> or PReLU<T> or BatchNormalization<T>
        or LayerNormalization<T> or GroupNormalization<T> or RmsNormalization<T>;
}
