using System.Numerics;
using System.Runtime.Intrinsics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>The two passes of maximum and average pooling over images.</summary>
internal static unsafe class Pooling
{
    /// <summary>Computes the output.</summary>
    /// <param name="kind">What is made of a window.</param>
    /// <param name="geometry">The windows.</param>
    /// <param name="input">The images.</param>
    /// <param name="output">The result.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void Forward<T>(
        PoolingKind kind,
        PoolingGeometry geometry,
        ReadOnlyMatrixSpan<T> input,
        MatrixSpan<T> output,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* source = input.Values, target = output.Values)
        {
            var operands = new PoolingOperands<T> { Samples = input.Columns, Input = source, Output = target };
            Run(kind, geometry, operands, team);
        }
    }

    /// <summary>Computes the gradient of the input.</summary>
    /// <param name="kind">What is made of a window.</param>
    /// <param name="geometry">The windows.</param>
    /// <param name="input">The images.</param>
    /// <param name="output">The output of the forward pass.</param>
    /// <param name="outputGradient">∂L/∂output.</param>
    /// <param name="inputGradient">The result.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void Backward<T>(
        PoolingKind kind,
        PoolingGeometry geometry,
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* source = input.Values, target = output.Values)
        fixed (T* sourceGradient = inputGradient.Values, targetGradient = outputGradient.Values)
        {
            var operands = new PoolingOperands<T>
            {
                Samples = input.Columns,
                Input = source,
                Output = target,
                OutputGradient = targetGradient,
                InputGradient = sourceGradient,
            };
            Run(kind, geometry, operands, team);
        }
    }

    private static void Run<T>(
        PoolingKind kind, PoolingGeometry geometry, in PoolingOperands<T> operands, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<Simd512<T>, Vector512<T>, T>(kind, geometry, operands, team);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<Simd256<T>, Vector256<T>, T>(kind, geometry, operands, team);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Run<Simd128<T>, Vector128<T>, T>(kind, geometry, operands, team);
        }
        else
        {
            Run<SimdScalar<T>, T, T>(kind, geometry, operands, team);
        }
    }

    private static void Run<TSimd, TVector, T>(
        PoolingKind kind, PoolingGeometry geometry, in PoolingOperands<T> operands, ForkJoin team)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (kind == PoolingKind.Maximum)
        {
            PoolingJob<MaximumOfWindow<TSimd, TVector, T>, TSimd, TVector, T>.Run(geometry, operands, team);
        }
        else
        {
            PoolingJob<AverageOfWindow<TSimd, TVector, T>, TSimd, TVector, T>.Run(geometry, operands, team);
        }
    }
}
