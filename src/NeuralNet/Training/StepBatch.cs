using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Training;

/// <summary>A batch of a training step, or a worker's part of it, and its place in a run.</summary>
/// <param name="inputs">Inputs × samples.</param>
/// <param name="targets">Outputs × samples.</param>
/// <param name="weights">A weight per sample; empty where each weighs 1.</param>
internal readonly ref struct StepBatch<T>(
    ReadOnlyMatrixSpan<T> inputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Inputs × samples; empty where a step is made without a batch at hand.</summary>
    public ReadOnlyMatrixSpan<T> Inputs { get; } = inputs;

    /// <summary>Outputs × samples.</summary>
    public ReadOnlyMatrixSpan<T> Targets { get; } = targets;

    /// <summary>A weight per sample, or one for each output; empty where each weighs 1.</summary>
    public ReadOnlySpan<T> Weights { get; } = weights;

    /// <summary>Number of weights per sample; 0 where each weighs 1.</summary>
    public int WeightSize { get; init; } = inputs.Columns == 0 ? 0 : weights.Length / inputs.Columns;

    /// <summary>Number of samples of the whole batch.</summary>
    public int Samples { get; init; } = inputs.Columns;

    /// <summary>The number, within the whole batch, of the first sample here.</summary>
    public int FirstSample { get; init; }

    /// <summary>The epoch, from 1; null outside a run.</summary>
    public int? Epoch { get; init; }

    /// <summary>The batch within the epoch, from 1; null outside a run.</summary>
    public int? Number { get; init; }

    /// <summary>Some samples of the whole batch, which must be among those here.</summary>
    public StepBatch<T> Part(int start, int count)
    {
        int here = start - FirstSample;
        return new(
            Inputs.ColumnRange(here, count),
            Targets.ColumnRange(here, count),
            Weights.Slice(here * WeightSize, count * WeightSize));
    }
}
