using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Layers that read sequences of different lengths: the input is a sequence padded at its end and, in the last row, the
/// number of its steps. Steps of padding change neither result nor gradient.
/// </summary>
/// <remarks>
/// <para>
/// A sample has as many rows as the longest sequence, and one more; what stands in the padding is not looked at. The
/// last step of a sequence is its own. The layers within see the lengths in their contexts; they, up to the one that
/// makes a flat row of a sequence, must be such as take padding: recurrent layers, embeddings, dropout, activations,
/// any layer applied to each step, and what takes the last step, the mean or the maximum of the steps.
/// </para>
/// <para>
/// It is what PyTorch does with <c>pack_padded_sequence</c> and Keras with masks.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PaddedSequences<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="layers">The layers, the first of which takes a padded sequence.</param>
    /// <exception cref="ArgumentException">There is no layer, or one that takes no padding.</exception>
    /// <exception cref="InvalidOperationException">The layers are part of a network or of another layer.</exception>
    public PaddedSequences(Sequence<T> layers)
        : base("paddedSequences", InputShapeOf(layers), layers.OutputShape)
    {
        FeatureShape shape = layers.InputShape;
        Layer<T>? unfit = layers.Children.TakeWhile((layer, l) => l == 0 || !layers.Children[l - 1].OutputShape.IsFlat)
            .FirstOrDefault(layer => !layer.TakesPadding);
        if (unfit is not null)
        {
            throw new ArgumentException(
                $"The layer '{unfit.Kind}' does not take padded sequences: padding would change what it gives. "
                + "Put it behind the layer that makes a flat row of a sequence or, if it is meant for each step alone, "
                + "into PerStep.",
                nameof(layers));
        }

        Steps = shape[0];
        AddChild(layers, "");
    }

    /// <summary>Number of steps of the longest sequence.</summary>
    public int Steps { get; }

    /// <summary>The layers, one after the other.</summary>
    public Sequence<T> Body => (Sequence<T>)Children[0];

    /// <inheritdoc/>
    public override OutputKind? OutputKind => Body.OutputKind;

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        memory.Scratch(Body.InputSize, memory.Samples);
        if (memory.HasBackward)
        {
            memory.Remember(Body.InputSize, memory.Samples);
            memory.Remember(1, memory.Samples);
        }
        else
        {
            memory.Scratch(1, memory.Samples);
        }

        memory.ChildWritesOutput(0);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The length of a sequence is no number of steps.</exception>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        MatrixSpan<T> sequences = context.HasBackward ? context.Remembered(0) : context.Scratch(0);
        MatrixSpan<T> lengths = context.HasBackward ? context.Remembered(1) : context.Scratch(1);
        int features = Body.InputSize / Steps;
        for (int n = 0; n < input.Columns; n++)
        {
            ReadOnlySpan<T> sample = input.Column(n);
            int length = RequireLength(input, n);
            lengths.Values[n] = sample[^1];
            Span<T> sequence = sequences.Column(n);
            sample[..(length * features)].CopyTo(sequence);

            // Whatever stands in the padding, a NaN, too, must not reach a product.
            sequence[(length * features)..].Clear();
        }

        context.ForwardSequences(0, sequences, output, lengths.Values);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        MatrixSpan<T> below = inputGradient.IsEmpty ? default : context.Scratch(0);
        ReadOnlySpan<T> lengths = context.Remembered(1).Values;
        context.BackwardSequences(0, context.Remembered(0), output, outputGradient, below, lengths);
        int features = Body.InputSize / Steps;
        for (int n = 0; n < inputGradient.Columns; n++)
        {
            int length = int.CreateTruncating(lengths[n]) * features;
            Span<T> gradient = inputGradient.Column(n);
            below.Column(n)[..length].CopyTo(gradient);
            gradient[length..].Clear();
        }
    }

    private static FeatureShape InputShapeOf(Sequence<T> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Children.Count == 0)
        {
            throw new ArgumentException("There must be a layer that reads the sequences.", nameof(layers));
        }

        return ElementCount.Of(layers.InputSize, 1, "A padded sequence") + 1;
    }

    private int RequireLength(ReadOnlyMatrixSpan<T> input, int sample)
    {
        T number = input.Column(sample)[^1];
        int length = int.CreateTruncating(number);
        return length >= 1 && length <= Steps && T.CreateTruncating(length) == number
            ? length
            : throw new ArgumentException(
                $"The length {number} of sequence {sample}, in the last row of '{Name}', is no number of steps: it is "
                + $"a whole number from 1 to {Steps}.",
                nameof(input));
    }
}
