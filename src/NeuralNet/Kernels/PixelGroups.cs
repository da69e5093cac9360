using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A convolution with few filters, written as one with several times as many: neighbouring pixels of the output, a
/// group, become the channels of one pixel. They lie in memory like that already, and fill vectors that the filters
/// alone would not.
/// </summary>
/// <remarks>
/// The wide convolution's kernel covers what the kernels of the group cover. Filter g·F + f of it is filter f, moved by
/// g strides to the right, and zero elsewhere; the products with zeros are the price.
/// </remarks>
internal sealed class PixelGroups
{
    // The share of the processor's speed that a register tile of 1, 2 and more vectors reaches.
    private static readonly double[] _speeds = [0.66, 0.9, 0.95];

    // The number of floats in the widest vectors that there are. It is not that of the processor at hand, which would
    // change the order of sums. Doubles, and narrower vectors, are served by the same groups.
    private const int VectorLength = 16;

    // What is copied for the wide convolution must be worth it.
    private const double LeastGain = 1.1;

    private readonly ConvolutionGeometry _narrow;
    private readonly int _pixels;

    private PixelGroups(ConvolutionGeometry narrow, int pixels)
    {
        _narrow = narrow;
        _pixels = pixels;
        WindowAxis columns = narrow.Columns;
        Geometry = new(
            narrow.Rows,
            columns with
            {
                Kernel = columns.Kernel + ((pixels - 1) * columns.Stride),
                Stride = columns.Stride * pixels,
            },
            narrow.Channels,
            narrow.Filters * pixels,
            groups: 1);
    }

    /// <summary>The wide convolution.</summary>
    public ConvolutionGeometry Geometry { get; }

    /// <summary>The groups that promise most; null where they promise too little.</summary>
    public static PixelGroups? Best(ConvolutionGeometry geometry)
    {
        if (geometry.Groups > 1 || geometry.Columns.Dilation > 1)
        {
            return null;
        }

        int best = Enumerable.Range(1, Math.Min(geometry.Columns.Windows, VectorLength))
            .Where(pixels => geometry.Columns.Windows % pixels == 0)
            .MaxBy(pixels => Speed(geometry, pixels));
        return Speed(geometry, best) > LeastGain * Speed(geometry, 1) ? new(geometry, best) : null;
    }

    /// <summary>Makes the weights of the wide convolution.</summary>
    public unsafe void Widen<T>(T* weights, T* wide)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        new Span<T>(wide, Geometry.WeightCount).Clear();
        for (int g = 0; g < _pixels; g++)
        {
            for (int element = 0; element < _narrow.PatchLength; element++)
            {
                new ReadOnlySpan<T>(weights + ((nint)element * _narrow.Filters), _narrow.Filters)
                    .CopyTo(new Span<T>(wide + Place(element, g), _narrow.Filters));
            }
        }
    }

    /// <summary>Repeats the biases for every pixel of a group.</summary>
    public unsafe void Repeat<T>(T* biases, T* wide)
        where T : unmanaged
    {
        for (int g = 0; g < _pixels; g++)
        {
            new ReadOnlySpan<T>(biases, _narrow.Filters)
                .CopyTo(new Span<T>(wide + (g * _narrow.Filters), _narrow.Filters));
        }
    }

    /// <summary>Adds up the gradients that the weights have in the wide convolution.</summary>
    public unsafe void Fold<T>(T* wide, T* gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int filters = _narrow.Filters;
        for (int element = 0; element < _narrow.PatchLength; element++)
        {
            for (int f = 0; f < filters; f++)
            {
                T sum = T.Zero;
                for (int g = 0; g < _pixels; g++)
                {
                    sum += wide[Place(element, g) + f];
                }

                gradient[((nint)element * filters) + f] = sum;
            }
        }
    }

    /// <summary>Adds up the gradients that the biases have in the wide convolution.</summary>
    public unsafe void FoldBiases<T>(T* wide, T* gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int f = 0; f < _narrow.Filters; f++)
        {
            T sum = T.Zero;
            for (int g = 0; g < _pixels; g++)
            {
                sum += wide[(g * _narrow.Filters) + f];
            }

            gradient[f] = sum;
        }
    }

    private static double Speed(ConvolutionGeometry geometry, int pixels)
    {
        int rows = geometry.Filters * pixels;
        int vectors = ((rows - 1) / VectorLength) + 1;
        int kernel = geometry.Columns.Kernel;
        double usedLanes = (double)rows / (vectors * VectorLength);
        double usedProducts = (double)kernel / (kernel + ((pixels - 1) * geometry.Columns.Stride));
        return usedLanes * usedProducts * _speeds[Math.Min(vectors, _speeds.Length) - 1];
    }

    // The first filter of pixel g of a group, at an element of the narrow patch: row · width + column, then channel.
    private nint Place(int element, int g)
    {
        (int pixel, int channel) = Math.DivRem(element, _narrow.Channels);
        (int row, int column) = Math.DivRem(pixel, _narrow.Columns.Kernel);
        column += g * _narrow.Columns.Stride;
        int place = (((row * Geometry.Columns.Kernel) + column) * _narrow.Channels) + channel;
        return ((nint)place * Geometry.Filters) + (g * _narrow.Filters);
    }
}
