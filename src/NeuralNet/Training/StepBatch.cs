using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Training;

/// <summary>A batch of a training step, and its place in a run.</summary>
/// <param name="inputs">Inputs × batch.</param>
/// <param name="targets">Outputs × batch.</param>
/// <param name="weights">A weight per sample; empty where each weighs 1.</param>
internal readonly ref struct StepBatch<T>(
    ReadOnlyMatrixSpan<T> inputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Inputs × batch; empty where a step is made without a batch at hand.</summary>
    public ReadOnlyMatrixSpan<T> Inputs { get; } = inputs;

    /// <summary>Outputs × batch.</summary>
    public ReadOnlyMatrixSpan<T> Targets { get; } = targets;

    /// <summary>A weight per sample; empty where each weighs 1.</summary>
    public ReadOnlySpan<T> Weights { get; } = weights;

    /// <summary>The epoch, from 1; null outside a run.</summary>
    public int? Epoch { get; init; }

    /// <summary>The batch within the epoch, from 1; null outside a run.</summary>
    public int? Number { get; init; }
}
