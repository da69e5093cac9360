using System.Numerics;
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
            WidestVectors.Run<Code<T>, T>(new(kind, geometry, operands, team));
        }
    }

    /// <summary>Computes the gradient of the input.</summary>
    /// <param name="kind">What is made of a window.</param>
    /// <param name="geometry">The windows.</param>
    /// <param name="input">The images.</param>
    /// <param name="output">The output of the forward pass.</param>
    /// <param name="outputGradient">∂L/∂output.</param>
    /// <param name="inputGradient">The result; empty if nobody wants it.</param>
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
        if (inputGradient.IsEmpty)
        {
            return;
        }

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
            WidestVectors.Run<Code<T>, T>(new(kind, geometry, operands, team));
        }
    }

    private readonly struct Code<T>(
        PoolingKind kind, PoolingGeometry geometry, PoolingOperands<T> operands, ForkJoin team) : IVectorCode<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct
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
}
