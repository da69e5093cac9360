using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// The loss of a network with several outputs: the weighted sum of a loss for each, L = Σₖ cₖ·Lₖ(oₖ, tₖ), where oₖ and
/// tₖ are the rows of output k.
/// </summary>
/// <remarks>
/// As the <c>loss</c> and <c>loss_weights</c> of Keras's <c>compile</c>. What a loss of one output takes, such as class
/// weights, is given to that loss.
/// </remarks>
/// <example><code>
/// var loss = new LossPerOutput(
///     network.Outputs,
///     new OutputLoss("price", new MeanSquaredError()),
///     new OutputLoss("kind", new SoftmaxCrossEntropy(), weight: 0.5));
/// </code></example>
public sealed class LossPerOutput : ILoss
{
    private readonly OutputLoss[] _losses;
    private readonly int _widest;

    /// <summary>Makes the loss.</summary>
    /// <param name="outputs">The outputs of the network: <c>network.Outputs</c>.</param>
    /// <param name="losses">One loss for each output, in any order.</param>
    /// <exception cref="ArgumentException">An output has no loss, or two, or there is no such output.</exception>
    public LossPerOutput(FeatureLayout outputs, params IReadOnlyList<OutputLoss> losses)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(losses);
        _losses = new OutputLoss[outputs.Count];
        foreach (OutputLoss loss in losses)
        {
            ArgumentNullException.ThrowIfNull(loss, nameof(losses));
            int place = outputs.IndexOf(loss.Output);
            if (place < 0)
            {
                throw new ArgumentException(outputs.Unknown(loss.Output), nameof(losses));
            }

            if (_losses[place] is not null)
            {
                throw new ArgumentException($"The output '{loss.Output}' has two losses.", nameof(losses));
            }

            _losses[place] = loss;
        }

        if (Array.IndexOf(_losses, null) is var missing and >= 0)
        {
            throw new ArgumentException(
                $"The output '{outputs[missing].Name}' has no loss; to leave it untrained, give it one with the weight "
                + "0.",
                nameof(losses));
        }

        Outputs = outputs;
        _widest = outputs.Max(output => output.Size);
        Losses = Array.AsReadOnly(_losses);
        Name = string.Join(" + ", _losses.Select(Term));
    }

    /// <summary>The outputs.</summary>
    public FeatureLayout Outputs { get; }

    /// <summary>The loss of each output, in the order of the outputs.</summary>
    public IReadOnlyList<OutputLoss> Losses { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <remarks>Each output is paired with its own loss.</remarks>
    public LossInput Input => LossInput.Any;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the outputs, or there are not as many rows as the outputs have.
    /// </exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T> => Compute(outputs, targets, [], losses, gradient);

    /// <summary>Computes the loss, where each sample may have a weight for each output.</summary>
    /// <param name="outputs">The network's outputs, outputs × batch.</param>
    /// <param name="targets">The desired outputs, outputs × batch.</param>
    /// <param name="weights">For each sample a weight per output, sample after sample; all 1 if empty.</param>
    /// <param name="losses">The loss of each sample, overwritten.</param>
    /// <param name="gradient">∂L/∂output of each sample, overwritten.</param>
    internal void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> weights,
        Span<T> losses,
        MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        if (outputs.Rows != Outputs.Size)
        {
            throw new ArgumentException(
                $"The loss is for {Quantity.Of(Outputs.Size, "row")} ({Outputs}), but a sample has {outputs.Rows}.",
                nameof(outputs));
        }

        losses.Clear();
        int block = _widest * outputs.Columns;
        T[] scratch = ArrayPool<T>.Shared.Rent(ElementCount.Of((3 * _widest) + 1, outputs.Columns, "The batch"));
        try
        {
            for (int k = 0; k < _losses.Length; k++)
            {
                AddLoss(k, outputs, targets, weights, losses, gradient, scratch, block);
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(scratch);
        }
    }

    private void AddLoss<T>(
        int k,
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> weights,
        Span<T> losses,
        MatrixSpan<T> gradient,
        Span<T> scratch,
        int block)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FeatureRange range = Outputs[k];
        int samples = outputs.Columns;
        int length = range.Size * samples;
        var own = new MatrixSpan<T>(scratch[..length], range.Size, samples);
        var target = new MatrixSpan<T>(scratch.Slice(block, length), range.Size, samples);
        var ownGradient = new MatrixSpan<T>(scratch.Slice(2 * block, length), range.Size, samples);
        Span<T> ownLosses = scratch.Slice(3 * block, samples);
        range.CopyTo(outputs, own);
        range.CopyTo(targets, target);
        _losses[k].Loss.Compute<T>(own, target, ownLosses, ownGradient);

        T factor = T.CreateChecked(_losses[k].Weight);
        for (int j = 0; j < samples; j++)
        {
            T weight = weights.IsEmpty ? factor : factor * weights[(j * _losses.Length) + k];
            losses[j] += weight * ownLosses[j];
            TensorPrimitives.Multiply(ownGradient.Column(j), weight, ownGradient.Column(j));
        }

        range.CopyFrom(ownGradient, gradient);
    }

    private static string Term(OutputLoss loss)
    {
        string factor = loss.Weight == 1 ? "" : $"{loss.Weight.ToString(CultureInfo.InvariantCulture)}·";
        return $"{factor}{loss.Loss.Name} of {loss.Output}";
    }
}
