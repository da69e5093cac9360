using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Computes the output of a pooling, or the gradient of its input. Threads share the samples, which are independent,
/// so their number changes no bit.
/// </summary>
internal readonly unsafe struct PoolingJob<TOperator, TSimd, TVector, T> : IParallelJob
    where TOperator : struct, IWindowOperator<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PoolingGeometry _geometry;
    private readonly PoolingOperands<T> _operands;
    private readonly Partition _shares;
    private readonly bool _windowsOverlap;
    private readonly bool _writesAll;

    private PoolingJob(PoolingGeometry geometry, in PoolingOperands<T> operands, Partition shares)
    {
        _geometry = geometry;
        _operands = operands;
        _shares = shares;
        _windowsOverlap = geometry.WindowsOverlap;
        _writesAll = !_windowsOverlap && geometry.WindowsCoverAll;
    }

    /// <summary>Computes the output, or the gradient of the input if there is room for it.</summary>
    public static void Run(PoolingGeometry geometry, in PoolingOperands<T> operands, ForkJoin team)
    {
        int samples = operands.Samples;
        Partition shares = team.Shares(samples, (long)samples * geometry.InputSize);
        team.Run(new PoolingJob<TOperator, TSimd, TVector, T>(geometry, operands, shares), shares.Parts);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        for (int n = _shares.Start(part); n < _shares.Start(part + 1); n++)
        {
            Pool(n);
        }
    }

    private void Pool(int sample)
    {
        nint input = (nint)sample * _geometry.InputSize;
        nint output = (nint)sample * _geometry.OutputSize;
        bool isForward = _operands.InputGradient == null;
        if (!isForward && !_writesAll)
        {
            new Span<T>(_operands.InputGradient + input, _geometry.InputSize).Clear();
        }

        int rowSize = _geometry.Width * _geometry.Channels;
        int outputRowSize = _geometry.ColumnPlaces.Length * _geometry.Channels;
        foreach ((int top, int bottom) in _geometry.RowPlaces)
        {
            nint row = input + ((nint)top * rowSize);
            if (isForward)
            {
                ForwardRow(row, output, bottom - top);
            }
            else
            {
                BackwardRow(row, output, bottom - top);
            }

            output += outputRowSize;
        }
    }

    /// <summary>The outputs of the windows beside each other.</summary>
    /// <param name="input">The first of the rows that the windows cover.</param>
    /// <param name="output">The row of the output.</param>
    /// <param name="height">Number of rows that the windows cover.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardRow(nint input, nint output, int height)
    {
        (int First, int End)[] places = _geometry.ColumnPlaces;
        int channels = _geometry.Channels;
        int rowSize = _geometry.Width * channels;
        T* target = _operands.Output + output;
        for (int window = 0; window < places.Length; window++)
        {
            (int left, int right) = places[window];
            T* source = _operands.Input + input + (left * channels);
            int width = right - left;
            TVector count = Count(height * width);
            for (int c = 0; c < channels; c += TSimd.Count)
            {
                int rest = channels - c;
                int read = Reach(rest, ((_geometry.Width - right) * channels) + rest);
                T* pixel = source + c;
                TVector combined = Load(pixel, read);
                for (int y = 0; y < height; y++)
                {
                    for (int x = y == 0 ? 1 : 0; x < width; x++)
                    {
                        combined = TOperator.Combine(combined, Load(pixel + (x * channels), read));
                    }

                    pixel += rowSize;
                }

                Store(target + c, TOperator.Finish(combined, count), rest);
            }

            target += channels;
        }
    }

    /// <summary>The gradients that the windows beside each other give to their pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardRow(nint input, nint output, int height)
    {
        (int First, int End)[] places = _geometry.ColumnPlaces;
        int channels = _geometry.Channels;
        int rowSize = _geometry.Width * channels;
        for (int window = 0; window < places.Length; window++)
        {
            (int left, int right) = places[window];
            int width = right - left;
            TVector count = Count(height * width);
            for (int c = 0; c < channels; c += TSimd.Count)
            {
                int rest = channels - c;
                int given = Reach(rest, ((places.Length - 1 - window) * channels) + rest);
                int read = Reach(rest, ((_geometry.Width - right) * channels) + rest);

                // What is written behind the channels of a pixel, the pixels to the right of it overwrite: they come
                // later, unless a pixel has more channels than a vector.
                int written = _writesAll && channels <= TSimd.Count ? read : rest;
                TVector result = Load(_operands.Output + output + c, given);
                TVector share = TOperator.Share(Load(_operands.OutputGradient + output + c, given), count);
                nint row = input + (left * channels) + c;
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        nint at = row + (x * channels);
                        TVector part = TOperator.Take(Load(_operands.Input + at, read), result, ref share);
                        T* gradient = _operands.InputGradient + at;
                        Store(gradient, _windowsOverlap ? TSimd.Add(Load(gradient, written), part) : part, written);
                    }

                    row += rowSize;
                }
            }

            output += channels;
        }
    }

    private TVector Count(int pixels) =>
        TSimd.Broadcast(T.CreateTruncating(_geometry.CountsPadding ? _geometry.WindowSize : pixels));

    /// <summary>
    /// Number of elements of a vector to read or write: a whole one, which is faster, where the row goes on for so
    /// long.
    /// </summary>
    /// <param name="channels">Channels of the pixel that are left.</param>
    /// <param name="row">Elements of the row that are left.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Reach(int channels, int row) => row >= TSimd.Count ? TSimd.Count : channels;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(T* source, int channels) =>
        channels >= TSimd.Count ? TSimd.Load(source) : TSimd.LoadPartial(source, channels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* target, TVector value, int channels)
    {
        if (channels >= TSimd.Count)
        {
            TSimd.Store(target, value);
        }
        else
        {
            TSimd.StorePartial(target, value, channels);
        }
    }
}
