using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.PyTorch;

/// <summary>
/// The order of parameters that see images: PyTorch has the channels of an image before its rows and columns, the
/// library behind them.
/// </summary>
/// <remarks>
/// That concerns the kernels of convolutions, filters × channels × height × width there (of transposed ones, channels ×
/// filters × height × width), the weights of a dense layer for an image that PyTorch flattens before it, the rows of
/// one whose output PyTorch reads as an image, and the parameters of normalizations between them. The vectors of an
/// embedding are rows there, and columns here.
/// </remarks>
internal sealed class ChannelsFirst<T>(Network<T> network)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FeatureOrders<T> _orders = new(network);

    /// <summary>The dimensions that a parameter has in PyTorch.</summary>
    public static IReadOnlyList<int> ShapeOf(Parameter<T> parameter) =>
        IsKernel(parameter) ? [parameter.Shape[0], parameter.Shape[^1], .. parameter.Shape.Skip(1).SkipLast(1)]
        : parameter.Layer is Embedding<T> ? [parameter.Shape[1], parameter.Shape[0]]
        : parameter.Layer is WeightNormalization<T> normalization && parameter == normalization.Gains
            ? [parameter.Rows, .. normalization.Directions.Shape.Skip(1).Select(_ => 1)]
        : parameter.Shape;

    /// <summary>
    /// The values of a parameter in PyTorch's order, as the columns of a matrix with the first of PyTorch's dimensions
    /// as its rows.
    /// </summary>
    public T[] ToPyTorch(Parameter<T> parameter)
    {
        T[] values = parameter.Values.ToArray();
        if (Places(parameter) is { } places)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = parameter.Values[places[i]];
            }
        }

        return values;
    }

    /// <summary>Brings values that were read in PyTorch's order into the order of the parameter.</summary>
    public void FromPyTorch(Parameter<T> parameter, T[] values)
    {
        if (Places(parameter) is { } places)
        {
            T[] read = (T[])values.Clone();
            for (int i = 0; i < values.Length; i++)
            {
                values[places[i]] = read[i];
            }
        }
    }

    // For each place of an element in PyTorch, the place here; null where both are the same.
    private int[]? Places(Parameter<T> parameter)
    {
        if (parameter.Layer is Embedding<T> embedding)
        {
            // PyTorch has the transpose.
            return FeatureOrder.Block(embedding.Categories, embedding.Size).ToPlacesHere();
        }

        (FeatureOrder rows, FeatureOrder columns) = Orders(parameter);
        if (rows.IsSame && columns.IsSame)
        {
            return null;
        }

        int[] row = rows.ToPlacesHere();
        int[] column = columns.ToPlacesHere();
        int[] places = new int[parameter.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (column[i / row.Length] * row.Length) + row[i % row.Length];
        }

        return places;
    }

    private (FeatureOrder Rows, FeatureOrder Columns) Orders(Parameter<T> parameter)
    {
        Layer<T> layer = parameter.Layer;
        var sameRows = FeatureOrder.Same(parameter.Rows);
        var sameColumns = FeatureOrder.Same(parameter.Columns);
        return layer switch
        {
            Convolution<T> or TransposedConvolution<T> => IsKernel(parameter)
                ? (sameRows, FeatureOrder.Block(parameter.Columns / parameter.Shape[^1], parameter.Shape[^1]))
                : (sameRows, sameColumns),
            Dense<T> dense => parameter == dense.Weights
                ? (_orders.OutputOf(layer), _orders.InputOf(layer))
                : Vector(parameter, _orders.OutputOf(layer)),
            WeightNormalization<T> normalization => normalization.Inner is Dense<T>
                ? Vector(parameter, _orders.OutputOf(layer))
                : (sameRows, sameColumns),
            _ when layer.InputShape.IsFlat && parameter.Count == layer.InputSize =>
                Vector(parameter, _orders.InputOf(layer)),
            _ => (sameRows, sameColumns),
        };
    }

    // A vector is a column of a matrix, or a row of one.
    private static (FeatureOrder Rows, FeatureOrder Columns) Vector(Parameter<T> parameter, FeatureOrder order) =>
        parameter.Rows == parameter.Count ? (order, FeatureOrder.Same(1)) : (FeatureOrder.Same(1), order);

    private static bool IsKernel(Parameter<T> parameter) =>
        parameter.Layer is Convolution<T> or TransposedConvolution<T> && parameter.Shape.Count > 1;
}
