using System.Buffers;
using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// The three products of a convolution: its output, the gradients of its parameters, and that of its input.
/// </summary>
/// <remarks>
/// W is filters × patch, the patch in the order of the image: row, column, channel. Images lie one per column of a
/// batch. The order of summation depends only on the geometry and the size of the batch, never on the threads.
/// </remarks>
internal static unsafe class ConvolutionProduct
{
    /// <summary>Computes z = W·patch + b for every pixel of the output.</summary>
    /// <param name="geometry">The sizes.</param>
    /// <param name="weights">W.</param>
    /// <param name="biases">b, one per filter; empty for none.</param>
    /// <param name="input">The images.</param>
    /// <param name="output">z.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void Forward<T>(
        ConvolutionGeometry geometry,
        ReadOnlyMatrixSpan<T> weights,
        ReadOnlySpan<T> biases,
        ReadOnlyMatrixSpan<T> input,
        MatrixSpan<T> output,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* w = weights.Values, b = biases, source = input.Values, target = output.Values)
        {
            Forward(geometry, w, b, source, target, input.Columns, team);
        }
    }

    /// <summary>Computes ∂L/∂W = Σ δ·patchᵀ and ∂L/∂b = Σ δ over all pixels of all samples.</summary>
    /// <param name="geometry">The sizes.</param>
    /// <param name="delta">δ = ∂L/∂z.</param>
    /// <param name="input">The input of the forward pass.</param>
    /// <param name="weightGradient">∂L/∂W, filters × patch.</param>
    /// <param name="biasGradient">∂L/∂b, one per filter; empty if nobody wants it.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void ParameterGradients<T>(
        ConvolutionGeometry geometry,
        ReadOnlyMatrixSpan<T> delta,
        ReadOnlyMatrixSpan<T> input,
        MatrixSpan<T> weightGradient,
        Span<T> biasGradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* d = delta.Values, source = input.Values, weights = weightGradient.Values, biases = biasGradient)
        {
            var operands = new PatchGradientOperands<T>
            {
                Samples = input.Columns,
                Input = source,
                Delta = d,
                DeltaEnd = d + delta.Values.Length,
                WeightGradient = weights,
                BiasGradient = biases,
            };
            if (geometry.PixelGroups is not { } groups)
            {
                WidestVectors.Run<GradientCode<T>, T>(new(geometry, operands, team));
                return;
            }

            T[] array = ArrayPool<T>.Shared.Rent(groups.Geometry.WeightCount + groups.Geometry.Filters);
            fixed (T* wide = array)
            {
                T* wideBiases = biases == null ? null : wide + groups.Geometry.WeightCount;
                WidestVectors.Run<GradientCode<T>, T>(new(
                    groups.Geometry, operands with { WeightGradient = wide, BiasGradient = wideBiases }, team));
                groups.Fold(wide, weights);
                if (biases != null)
                {
                    groups.FoldBiases(wideBiases, biases);
                }
            }

            ArrayPool<T>.Shared.Return(array);
        }
    }

    /// <summary>Computes ∂L/∂input: for every pixel, the sum of Wᵀ·δ over the patches that it is in.</summary>
    /// <param name="geometry">The sizes.</param>
    /// <param name="weights">W.</param>
    /// <param name="delta">δ = ∂L/∂z.</param>
    /// <param name="gradient">The result, as large as the input.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void InputGradient<T>(
        ConvolutionGeometry geometry,
        ReadOnlyMatrixSpan<T> weights,
        ReadOnlyMatrixSpan<T> delta,
        MatrixSpan<T> gradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = weights.Values.Length;
        T[] array = ArrayPool<T>.Shared.Rent(length);
        fixed (T* w = weights.Values, transposed = array, source = delta.Values, target = gradient.Values)
        {
            TransposeWeights(geometry, w, transposed);
            if (geometry.Mirror is { } mirror)
            {
                Forward(mirror, transposed, null, source, target, delta.Columns, team);
            }
            else
            {
                T* end = transposed + length;
                WidestVectors.Run<PatchCode<T>, T>(
                    new(geometry.InputGradient, transposed, end, null, source, target, delta.Columns, team));
            }
        }

        ArrayPool<T>.Shared.Return(array);
    }

    private static void Forward<T>(
        ConvolutionGeometry geometry, T* weights, T* biases, T* source, T* target, int samples, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (geometry.PixelGroups is not { } groups)
        {
            T* end = weights + geometry.WeightCount;
            WidestVectors.Run<PatchCode<T>, T>(
                new(geometry.Forward, weights, end, biases, source, target, samples, team));
            return;
        }

        T[] array = ArrayPool<T>.Shared.Rent(groups.Geometry.WeightCount + groups.Geometry.Filters);
        fixed (T* wide = array)
        {
            T* end = wide + groups.Geometry.WeightCount;
            groups.Widen(weights, wide);
            if (biases != null)
            {
                groups.Repeat(biases, end);
            }

            T* wideBiases = biases == null ? null : end;
            WidestVectors.Run<PatchCode<T>, T>(
                new(groups.Geometry.Forward, wide, end, wideBiases, source, target, samples, team));
        }

        ArrayPool<T>.Shared.Return(array);
    }

    // Wᵀ of each element of the kernel, channels × filters, group after group.
    private static void TransposeWeights<T>(ConvolutionGeometry geometry, T* weights, T* transposed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int channels = geometry.GroupChannels;
        for (int group = 0; group < geometry.Groups; group++)
        {
            T* target = transposed + ((nint)group * geometry.PatchLength * geometry.GroupFilters);
            foreach (int element in geometry.TransposedKernel)
            {
                T* source = weights
                    + ((nint)element * channels * geometry.Filters)
                    + ((nint)group * geometry.GroupFilters);
                StripPacker.Pack(
                    new Factor<T>(source, channels, geometry.GroupFilters, geometry.Filters, 1), target, channels);
                target += channels * geometry.GroupFilters;
            }
        }
    }

    private readonly struct PatchCode<T>(
        PatchPass pass, T* weights, T* weightsEnd, T* biases, T* source, T* results, int samples, ForkJoin team)
        : IVectorCode<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct => PatchJob<TSimd, TVector, T>.Run(
                pass, weights, weightsEnd, biases, source, results, samples, team);
    }

    private readonly struct GradientCode<T>(
        ConvolutionGeometry geometry, PatchGradientOperands<T> operands, ForkJoin team) : IVectorCode<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct => PatchGradientJob<TSimd, TVector, T>.Run(geometry, operands, team);
    }
}
