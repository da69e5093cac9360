using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>
/// Attention over the steps of a sequence with one learned query q: a = Σₜ αₜ·xₜ, the mean of the steps with the
/// weights α = softmax(s) of their scores sₜ = q·xₜ / √features; (steps, features) → (features).
/// </summary>
/// <remarks>
/// <para>
/// With g = ∂L/∂a: ∂L/∂sₜ = αₜ·(g·xₜ − g·a); ∂L/∂xₜ = αₜ·g + ∂L/∂sₜ·q/√features; ∂L/∂q = Σ ∂L/∂sₜ·xₜ/√features over
/// the steps of all samples.
/// </para>
/// <para>
/// Scaled dot-product attention (Vaswani et al., "Attention is all you need", 2017) in which the steps are keys and
/// values at once. Yang et al., "Hierarchical attention networks for document classification" (2016), score
/// tanh(W·xₜ + b) in place of xₜ. Where q is 0, the result is the mean over the steps.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class AttentionPooling<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">Shape of the input: (steps, features).</param>
    /// <param name="queryInitializer">Initial q; normal with a deviation of 1 if null.</param>
    /// <exception cref="ArgumentException">The input is no sequence.</exception>
    public AttentionPooling(FeatureShape inputShape, IInitializer? queryInitializer = null)
        : base("attentionPooling", inputShape, StepShape.RequireSequence(inputShape).Channels) =>
        Query = AddParameter("query", [inputShape.Channels], queryInitializer ?? new Normal(0, 1));

    /// <summary>q, an element per feature.</summary>
    public Parameter<T> Query { get; }

    private int Steps => InputShape[0];

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (memory.HasBackward)
        {
            memory.Remember(Steps, memory.Samples);
            memory.Scratch(Steps, memory.Samples);
        }
        else
        {
            memory.Scratch(Steps, memory.Samples);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        MatrixSpan<T> weights = context.HasBackward ? context.Remembered(0) : context.Scratch(0);
        context.Multiply(Query.View, input.ByChannel(InputShape), AsRow(weights), transposeLeft: true);
        AttentionOverSteps.Forward(InputShape, context.Lengths, input, weights, output, context.Team);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        MatrixSpan<T> scoreGradient = context.Scratch(0);
        AttentionOverSteps.Backward(
            InputShape,
            context.Lengths,
            input,
            output,
            context.Remembered(0),
            outputGradient,
            Query.Values,
            scoreGradient,
            inputGradient,
            context.Team);
        context.Multiply(
            input.ByChannel(InputShape), AsRow(scoreGradient), context.Gradient(Query), transposeRight: true);
    }

    // A row of the steps of all samples.
    private static MatrixSpan<T> AsRow(MatrixSpan<T> steps) => new(steps.Values, 1, steps.Values.Length);
}
