using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>The three products of a convolution: its output, and the gradients of its weights and its input.</summary>
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

    /// <summary>Computes ∂L/∂W = Σ δ·patchᵀ over all pixels of all samples.</summary>
    /// <param name="geometry">The sizes.</param>
    /// <param name="delta">δ = ∂L/∂z.</param>
    /// <param name="input">The input of the forward pass.</param>
    /// <param name="gradient">The result, filters × patch.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void WeightGradient<T>(
        ConvolutionGeometry geometry,
        ReadOnlyMatrixSpan<T> delta,
        ReadOnlyMatrixSpan<T> input,
        MatrixSpan<T> gradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* d = delta.Values, source = input.Values, target = gradient.Values)
        {
            T* end = d + delta.Values.Length;
            if (geometry.PixelGroups is not { } groups)
            {
                WeightGradient(geometry, d, end, source, target, input.Columns, team);
                return;
            }

            T[] array = ArrayPool<T>.Shared.Rent(groups.WeightCount);
            fixed (T* wide = array)
            {
                WeightGradient(groups.Geometry, d, end, source, wide, input.Columns, team);
                groups.Fold(wide, target);
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
            if (geometry.Mirror is { } mirror)
            {
                MirrorWeights(geometry, w, transposed);
                Forward(mirror, transposed, null, source, target, delta.Columns, team);
            }
            else
            {
                TransposeWeights(geometry, w, transposed);
                Run(geometry.InputGradient, transposed, transposed + length, null, source, target, delta.Columns, team);
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
            T* end = weights + (geometry.Filters * geometry.PatchLength);
            Run(geometry.Forward, weights, end, biases, source, target, samples, team);
            return;
        }

        T[] array = ArrayPool<T>.Shared.Rent(groups.WeightCount + groups.Geometry.Filters);
        fixed (T* wide = array)
        {
            T* end = wide + groups.WeightCount;
            groups.Widen(weights, wide);
            if (biases != null)
            {
                groups.Repeat(biases, end);
            }

            Run(groups.Geometry.Forward, wide, end, biases == null ? null : end, source, target, samples, team);
        }

        ArrayPool<T>.Shared.Return(array);
    }

    private static void WeightGradient<T>(
        ConvolutionGeometry geometry, T* d, T* end, T* source, T* target, int samples, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            PatchGradientJob<Simd512<T>, Vector512<T>, T>.Run(geometry, d, end, source, target, samples, team);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            PatchGradientJob<Simd256<T>, Vector256<T>, T>.Run(geometry, d, end, source, target, samples, team);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            PatchGradientJob<Simd128<T>, Vector128<T>, T>.Run(geometry, d, end, source, target, samples, team);
        }
        else
        {
            PatchGradientJob<SimdScalar<T>, T, T>.Run(geometry, d, end, source, target, samples, team);
        }
    }

    // Wᵀ of each element of the kernel, from the last to the first, channels × filters each.
    private static void MirrorWeights<T>(ConvolutionGeometry geometry, T* weights, T* mirrored)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int channels = geometry.Channels;
        int size = channels * geometry.Filters;
        for (int element = geometry.Rows.Kernel * geometry.Columns.Kernel; element-- > 0;)
        {
            StripPacker.Pack(
                new Factor<T>(weights + ((nint)element * size), channels, geometry.Filters, geometry.Filters, 1),
                mirrored,
                channels);
            mirrored += size;
        }
    }

    // Wᵀ of each element of the kernel, channels × filters, in the order of the pass.
    private static void TransposeWeights<T>(ConvolutionGeometry geometry, T* weights, T* transposed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int channels = geometry.GroupChannels;
        for (int group = 0; group < geometry.Groups; group++)
        {
            T* target = transposed + ((nint)group * geometry.InputGradient.WeightGroupStep);
            foreach (int element in geometry.InputGradient.KernelElements)
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

    private static void Run<T>(
        PatchPass pass,
        T* weights,
        T* weightsEnd,
        T* biases,
        T* source,
        T* results,
        int samples,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            PatchJob<Simd512<T>, Vector512<T>, T>.Run(
                pass, weights, weightsEnd, biases, source, results, samples, team);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            PatchJob<Simd256<T>, Vector256<T>, T>.Run(
                pass, weights, weightsEnd, biases, source, results, samples, team);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            PatchJob<Simd128<T>, Vector128<T>, T>.Run(
                pass, weights, weightsEnd, biases, source, results, samples, team);
        }
        else
        {
            PatchJob<SimdScalar<T>, T, T>.Run(
                pass, weights, weightsEnd, biases, source, results, samples, team);
        }
    }
}
