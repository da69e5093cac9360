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
        nint inputStart = (nint)sample * _geometry.InputSize;
        nint output = (nint)sample * _geometry.OutputSize;
        bool isForward = _operands.InputGradient == null;
        if (!isForward && !_writesAll)
        {
            new Span<T>(_operands.InputGradient + inputStart, _geometry.InputSize).Clear();
        }

        int channels = _geometry.Channels;
        foreach ((int top, int bottom) in _geometry.RowPlaces)
        {
            foreach ((int left, int right) in _geometry.ColumnPlaces)
            {
                int height = bottom - top;
                int width = right - left;
                nint input = inputStart + ((((nint)top * _geometry.Width) + left) * channels);
                TVector count = TSimd.Broadcast(
                    T.CreateTruncating(_geometry.CountsPadding ? _geometry.WindowSize : height * width));
                for (int c = 0; c < channels; c += TSimd.Count)
                {
                    if (isForward)
                    {
                        Forward(input + c, output + c, height, width, count, channels - c);
                    }
                    else
                    {
                        Backward(input + c, output + c, height, width, count, channels - c);
                    }
                }

                output += channels;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(nint input, nint output, int height, int width, TVector count, int channels)
    {
        T* row = _operands.Input + input;
        TVector combined = Load(row, channels);
        for (int y = 0; y < height; y++)
        {
            for (int x = y == 0 ? 1 : 0; x < width; x++)
            {
                combined = TOperator.Combine(combined, Load(row + ((nint)x * _geometry.Channels), channels));
            }

            row += (nint)_geometry.Width * _geometry.Channels;
        }

        Store(_operands.Output + output, TOperator.Finish(combined, count), channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(nint input, nint output, int height, int width, TVector count, int channels)
    {
        TVector result = Load(_operands.Output + output, channels);
        TVector rest = TOperator.Share(Load(_operands.OutputGradient + output, channels), count);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                nint at = input + ((((nint)y * _geometry.Width) + x) * _geometry.Channels);
                TVector part = TOperator.Take(Load(_operands.Input + at, channels), result, ref rest);
                T* gradient = _operands.InputGradient + at;
                Store(gradient, _windowsOverlap ? TSimd.Add(Load(gradient, channels), part) : part, channels);
            }
        }
    }

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
