using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// The mean over the steps of a sample of a loss of each step: L = (1/s) Σₖ Lₖ(oₖ, tₖ), where oₖ and tₖ are the rows of
/// step k of s. For a network that answers at every step of a sequence or every pixel of an image, whose outputs have
/// the shape (steps, classes) or (height, width, classes).
/// </summary>
/// <remarks>
/// <para>
/// A loss of classes takes all outputs of a sample for one choice, so it is refused for outputs that have such a shape;
/// with this, there is a choice at each step. Keras and PyTorch take the last dimension for the classes by themselves.
/// Metrics of classes are taken per step, too: <c>new Accuracy().PerStep(20)</c>. Weights of samples weigh all of their
/// steps; class weights are given to the loss of a step.
/// </para>
/// <para>
/// Steps of padding, and others whose targets are not known, are left out with a mask, and the mean is over the other
/// steps: <c>new SoftmaxCrossEntropy().Masked(-1).PerStep(20)</c>, see <see cref="MaskedLoss"/>.
/// </para>
/// </remarks>
/// <example><code>
/// Network&lt;float&gt; network = Network.Create&lt;float&gt;(new FeatureShape(20, 1), seed: 1)
///     .PerStep(step =&gt; step.Embedding(50, 16)).Lstm(64, returnSteps: true).PerStep(step =&gt; step.Dense(50))
///     .Build();
/// var trainer = new Trainer&lt;float&gt;(network, new SoftmaxCrossEntropy().PerStep(20), new Adam());
/// </code></example>
public sealed class LossPerStep : ILoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="loss">The loss of a step.</param>
    /// <param name="steps">s, the number of steps; of an image the number of pixels, height · width.</param>
    /// <exception cref="ArgumentException">The loss is that of several outputs of a network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no step.</exception>
    public LossPerStep(ILoss loss, int steps)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss is LossPerOutput)
        {
            throw new ArgumentException(
                $"The loss '{loss.Name}' is that of several outputs: give each a loss per step, in a "
                + $"{nameof(OutputLoss)}.",
                nameof(loss));
        }

        Loss = loss;
        Steps = Require.AtLeast(steps, 1);
    }

    /// <summary>The loss of a step.</summary>
    public ILoss Loss { get; }

    /// <summary>s, the number of steps.</summary>
    public int Steps { get; }

    /// <inheritdoc/>
    public string Name => $"{Loss.Name} per step";

    /// <inheritdoc/>
    public LossInput Input => Loss.Input;

    /// <inheritdoc/>
    public OutputMeaning? Meaning => Loss.Meaning;

    /// <inheritdoc/>
    public bool ReadsTargets => Loss.ReadsTargets;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the outputs, or their number is no multiple of that of the steps.
    /// </exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        if (outputs.Rows % Steps != 0)
        {
            throw new ArgumentException(
                $"The loss '{Name}' is taken at each of {Quantity.Of(Steps, "step")}, among which "
                + $"{Quantity.Of(outputs.Rows, "output")} cannot be divided.",
                nameof(outputs));
        }

        int rows = outputs.Rows / Steps;
        int count = outputs.Columns * Steps;
        T[] scratch = ArrayPool<T>.Shared.Rent(count);
        try
        {
            Span<T> ofSteps = scratch.AsSpan(0, count);
            Loss.Compute(
                new ReadOnlyMatrixSpan<T>(outputs.Values, rows, count),
                new ReadOnlyMatrixSpan<T>(targets.Values, rows, count),
                ofSteps,
                new MatrixSpan<T>(gradient.Values, rows, count));
            for (int j = 0; j < losses.Length; j++)
            {
                T known = T.CreateChecked(Math.Max(1, KnownSteps(targets.Column(j), rows)));
                losses[j] = LaneSums.Sum<T>(ofSteps.Slice(j * Steps, Steps)) / known;
                TensorPrimitives.Divide(gradient.Column(j), known, gradient.Column(j));
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(scratch);
        }
    }

    // A step of which nothing is known has no loss, and is not counted.
    private int KnownSteps<T>(ReadOnlySpan<T> targets, int rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Loss is not MaskedLoss masked)
        {
            return Steps;
        }

        int known = 0;
        for (int start = 0; start < targets.Length; start += rows)
        {
            known += masked.KnowsAny(targets.Slice(start, rows)) ? 1 : 0;
        }

        return known;
    }
}
