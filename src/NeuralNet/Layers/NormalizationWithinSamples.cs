using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// What layer, group and RMS normalization share: groups of channels are normalized within a sample, or within a
/// position of it, and then scaled by γ and shifted by β, channel by channel.
/// </summary>
/// <param name="rows">Rows that are normalized together: all of a sample, or those of a position.</param>
/// <param name="groups">Number of groups of channels that are normalized each by itself.</param>
/// <param name="epsilon">ε.</param>
/// <param name="gamma">γ.</param>
/// <param name="beta">β; null where nothing is shifted, and no mean is subtracted either.</param>
internal sealed class NormalizationWithinSamples<T>(
    int rows, int groups, double epsilon, Parameter<T> gamma, Parameter<T>? beta)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ColumnNormalization _kernel = new(rows, gamma.Count, groups, epsilon, beta is not null);

    /// <summary>Asks for room for x̂, 1/√(σ² + ε), and a gradient of β that nobody reads if there is no β.</summary>
    public void RequestMemory(MemoryRequest memory, int size)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (memory.HasBackward)
        {
            memory.Remember(size, memory.Samples);
            memory.Remember(size / rows * groups, memory.Samples);
            if (beta is null)
            {
                memory.Scratch(gamma.Count, 1);
            }
        }
    }

    public void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        // x̂ shares the memory of a unless a backward pass wants to see it.
        Span<T> normalized = context.HasBackward ? context.Remembered(0).Values : output.Values;
        Span<T> inverseDeviations = context.HasBackward ? context.Remembered(1).Values : [];
        _kernel.Normalize(input.Values, normalized, inverseDeviations, context.Team);
        ReadOnlySpan<T> addend = beta is null ? [] : beta.Values;
        ColumnTransform.Scale(ByChannel(normalized), gamma.Values, addend, ByChannel(output.Values), context.Team);
    }

    public void Backward(MatrixSpan<T> outputGradient, MatrixSpan<T> inputGradient, BackwardContext<T> context)
    {
        Span<T> normalized = context.Remembered(0).Values;
        MatrixSpan<T> gradients = ByChannel(outputGradient.Values);
        RowNormalization.SumGradients<T>(
            gradients,
            ByChannel(normalized),
            beta is null ? context.Scratch(0).Values : context.Gradient(beta).Values,
            context.Gradient(gamma).Values,
            context.Team);
        if (inputGradient.IsEmpty)
        {
            return;
        }

        ColumnTransform.Scale(gradients, gamma.Values, [], gradients, context.Team);
        _kernel.Backward(
            outputGradient.Values, normalized, context.Remembered(1).Values, inputGradient.Values, context.Team);
    }

    private MatrixSpan<T> ByChannel(Span<T> values) => new(values, gamma.Count, values.Length / gamma.Count);
}
