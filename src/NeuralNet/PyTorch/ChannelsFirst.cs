using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.PyTorch;

/// <summary>
/// The order of weights that see images: PyTorch has the channels of an image before its rows and columns, the library
/// behind them.
/// </summary>
/// <remarks>
/// That concerns the kernels of convolutions, filters × channels × height × width there (of transposed ones, channels ×
/// filters × height × width), and the weights of a dense layer whose input is an image that PyTorch flattens before it.
/// The weights of a row are an array of positions × channels here and of channels × positions there. A sequence in
/// front of a dense layer is taken to be in that order where the network has convolutions along sequences; else, as in
/// recurrent models, it is the same on both sides.
/// </remarks>
internal sealed class ChannelsFirst<T>(Network<T> network)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _hasConvolutionsOfSequences = network.Body.SelfAndDescendants()
        .Exists(layer => layer is Convolution<T> or TransposedConvolution<T> && layer.InputShape.Rank == 2);

    /// <summary>The dimensions that a parameter has in PyTorch.</summary>
    public static IReadOnlyList<int> ShapeOf(Parameter<T> parameter) =>
        parameter.Layer is Convolution<T> or TransposedConvolution<T> && parameter.Shape.Count > 1
            ? [parameter.Shape[0], parameter.Shape[^1], .. parameter.Shape.Skip(1).SkipLast(1)]
            : parameter.Shape;

    /// <summary>The values of a parameter in PyTorch's order, as the columns of a matrix of the same sides.</summary>
    public T[] ToPyTorch(Parameter<T> parameter)
    {
        if (Order(parameter) is not { } order)
        {
            return parameter.Values.ToArray();
        }

        T[] values = new T[parameter.Count];
        order.Apply(parameter.Values, values);
        return values;
    }

    /// <summary>Brings values that were read in PyTorch's order into the order of the parameter.</summary>
    public void FromPyTorch(Parameter<T> parameter, T[] values) =>
        Order(parameter)?.Invert((T[])values.Clone(), values);

    // Of positions × channels × rows, the slowest first; null where both orders are the same.
    private AxisPermutation? Order(Parameter<T> parameter)
    {
        (int positions, int channels) = Sides(parameter);
        return positions == 1 || channels == 1
            ? null
            : new AxisPermutation([positions, channels, parameter.Rows], [1, 0, 2]);
    }

    // With a single position or channel, both orders are the same.
    private (int Positions, int Channels) Sides(Parameter<T> parameter)
    {
        FeatureShape input = parameter.Layer.InputShape;
        return parameter.Layer switch
        {
            _ when parameter.Shape.Count == 1 => (parameter.Columns, 1),
            Convolution<T> or TransposedConvolution<T> =>
                (parameter.Columns / parameter.Shape[^1], parameter.Shape[^1]),
            Dense<T> when input.Rank == 3 || (input.Rank == 2 && _hasConvolutionsOfSequences) =>
                (input.Positions, input.Channels),
            _ => (parameter.Columns, 1),
        };
    }
}
