using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>
/// Layers that are applied to each step of a sequence by itself, with the same parameters at every step: aₜ = F(xₜ),
/// (steps, …) → (steps, …). ∂L/∂xₜ = (∂F/∂xₜ)ᵀ·∂L/∂aₜ; the gradient of a parameter is the sum over all steps.
/// </summary>
/// <remarks>
/// <para>
/// The layers see a batch of steps × samples: each step is to them what a sample is elsewhere. A batch normalization
/// among them takes its statistics over all steps of all samples, and a dropout draws for each step anew.
/// </para>
/// <para>
/// Keras's <c>TimeDistributed</c>; PyTorch's <c>Linear</c> does so by itself on (samples, steps, features).
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PerStep<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="steps">Number of steps, at least 1.</param>
    /// <param name="layers">The layers of F, of which the first takes one step.</param>
    /// <exception cref="ArgumentException">There is no layer, or shapes do not fit each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no step, or all steps have more elements than can be counted.
    /// </exception>
    /// <exception cref="InvalidOperationException">A layer is part of a network or of another layer.</exception>
    public PerStep(int steps, params IReadOnlyList<Layer<T>> layers)
        : this(steps, RequireCountable(steps, layers))
    {
    }

    /// <summary>Makes the layer.</summary>
    /// <param name="steps">Number of steps, at least 1.</param>
    /// <param name="body">F, which takes one step.</param>
    /// <exception cref="ArgumentException">The shape of a step has too many dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no step, or all steps have more elements than can be counted.
    /// </exception>
    /// <exception cref="InvalidOperationException">The sequence is part of a network or of another layer.</exception>
    public PerStep(int steps, Sequence<T> body)
        : base("perStep", ShapeOf(steps, body, body?.InputShape), ShapeOf(steps, body, body?.OutputShape))
    {
        Body = body!;
        AddChild(Body, name: "", columnsPerSample: steps);
    }

    /// <summary>F, the layers within.</summary>
    public Sequence<T> Body { get; }

    /// <summary>Number of steps.</summary>
    public int Steps => InputShape[0];

    /// <inheritdoc/>
    public override OutputKind? OutputKind => Body.OutputKind;

    /// <inheritdoc/>
    public override bool TakesPadding => !SelfAndDescendants().Exists(
        layer => layer is BatchNormalization<T> or ActivityPenalty<T>);

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        memory.ChildWritesOutput(0);
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        context.ForwardSequences(0, ByStep(input, Body.InputSize), ByStep(output, Body.OutputSize), lengths: []);
        ClearPadding(output, context.Lengths);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        ClearPadding(outputGradient, context.Lengths);
        context.BackwardSequences(
            0,
            ByStep(input, Body.InputSize),
            ByStep(output, Body.OutputSize),
            ByStep(outputGradient, Body.OutputSize),
            inputGradient.IsEmpty ? default : ByStep(inputGradient, Body.InputSize),
            lengths: []);
    }

    // Steps of padding give 0, and so have no gradient.
    private void ClearPadding(MatrixSpan<T> outputs, ReadOnlySpan<T> lengths)
    {
        for (int n = 0; n < lengths.Length; n++)
        {
            outputs.Column(n)[(int.CreateTruncating(lengths[n]) * Body.OutputSize)..].Clear();
        }
    }

    // The same memory, a column per step: those of sample n are the columns from n·steps on.
    private ReadOnlyMatrixSpan<T> ByStep(ReadOnlyMatrixSpan<T> samples, int rows) =>
        new(samples.Values, rows, Steps * samples.Columns);

    private MatrixSpan<T> ByStep(MatrixSpan<T> samples, int rows) =>
        new(samples.Values, rows, Steps * samples.Columns);

    private static FeatureShape ShapeOf(int steps, Sequence<T>? body, FeatureShape? ofStep)
    {
        ArgumentNullException.ThrowIfNull(body);
        Require.AtLeast(steps, 1);
        return StepShape.Of(steps, ofStep!);
    }

    // Before a sequence takes the layers, which they could not leave again.
    private static Sequence<T> RequireCountable(int steps, IReadOnlyList<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Require.AtLeast(steps, 1);
        if (layers.Count == 0)
        {
            throw new ArgumentException("There must be at least one layer to apply to each step.", nameof(layers));
        }

        FeatureShape input = layers[0].InputShape;
        StepShape.Of(steps, input);
        StepShape.Of(steps, Sequence<T>.OutputShapeOf(input, layers));
        return new(layers);
    }
}
