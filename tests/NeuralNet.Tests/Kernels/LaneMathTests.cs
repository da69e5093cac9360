using System.Numerics;
using NeuralNet.Kernels;

namespace NeuralNet.Tests.Kernels;

/// <summary>The functions of recurrent cells are accurate wherever a gate may lie, and keep NaN.</summary>
public sealed class LaneMathTests
{
    [Fact]
    public void They_are_accurate_in_float() => AreAccurate<float>(4e-7);

    [Fact]
    public void They_are_accurate_in_double() => AreAccurate<double>(2e-15);

    private static unsafe void AreAccurate<T>(double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] places =
        [
            0, 1e-30, -1e-30, 1e-8, -1e-4, 0.3466, -0.3466, double.NaN, 1000, -1000, double.PositiveInfinity,
            double.NegativeInfinity, .. Enumerable.Range(-400, 801).Select(i => i * 0.0773),
        ];
        T[] x = [.. places.Select(T.CreateTruncating), .. new T[64]];
        T[] sigmoid = new T[x.Length];
        T[] tanh = new T[x.Length];
        fixed (T* from = x, first = sigmoid, second = tanh)
        {
            WidestVectors.Run<Code<T>, T>(new(from, first, second, places.Length));
        }

        for (int i = 0; i < places.Length; i++)
        {
            double at = double.CreateTruncating(x[i]);
            double expected = 1 / (1 + Math.Exp(-at));

            // Where it is almost 0, it is 10⁻²⁸ at most.
            double room = (expected * tolerance * (1 + Math.Abs(Math.Clamp(at, -64, 64)))) + 2e-28;
            Close(sigmoid[i], expected, room, at);
            Close(tanh[i], Math.Tanh(at), Math.Abs(Math.Tanh(at)) * tolerance, at);
        }
    }

    private static void Close<T>(T actual, double expected, double tolerance, double at)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (double.IsNaN(expected))
        {
            T.IsNaN(actual).Should().BeTrue();
        }
        else
        {
            double.CreateTruncating(actual).Should().BeApproximately(expected, tolerance, $"at {at}");
        }
    }

    private readonly unsafe struct Code<T>(T* x, T* sigmoid, T* tanh, int count) : IVectorCode<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
        {
            for (int i = 0; i < count; i += TSimd.Count)
            {
                Lanes<TSimd, TVector, T> at = new(TSimd.Load(x + i));
                TSimd.Store(sigmoid + i, LaneMath.Sigmoid(at).Value);
                TSimd.Store(tanh + i, LaneMath.Tanh(at).Value);
            }
        }
    }
}
