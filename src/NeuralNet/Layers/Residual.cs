using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// A residual block: a = x + F(x), where F is a sequence of layers within. ∂L/∂x = ∂L/∂a + (∂F/∂x)ᵀ·∂L/∂a, so the
/// gradient reaches the layers before the block whatever F does.
/// </summary>
/// <remarks>He, Zhang, Ren and Sun, "Deep residual learning for image recognition" (2016).</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Residual<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _widest;

    /// <summary>Makes the block.</summary>
    /// <param name="layers">The layers of F, each taking as many inputs as the one before it has outputs.</param>
    /// <exception cref="ArgumentException">There is no layer, or sizes do not fit.</exception>
    /// <exception cref="InvalidOperationException">A layer is part of a network or of another layer.</exception>
    public Residual(params IReadOnlyList<Layer<T>> layers)
        : base("residual", SizeOf(layers), SizeOf(layers))
    {
        foreach (Layer<T> layer in layers)
        {
            AddChild(layer);
        }

        _widest = layers.Max(layer => layer.OutputSize);
    }

    /// <inheritdoc/>
    public override int StateLength(int batchSize)
    {
        // What each layer remembers and gives, then three gradients.
        long length = 3L * _widest * batchSize;
        for (int l = 0; l < Children.Count; l++)
        {
            length += Children[l].StateLength(batchSize) + ((long)Children[l].OutputSize * batchSize);
        }

        return length <= Array.MaxLength
            ? (int)length
            : throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, $"What '{Name}' remembers of such a batch is more than an array can hold.");
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        var memory = new Memory(this, context.State, input.Columns);
        ReadOnlyMatrixSpan<T> previous = input;
        for (int l = 0; l < Children.Count; l++)
        {
            MatrixSpan<T> activations = memory.Activations(l);
            Children[l].Forward(previous, activations, context.ForChild(l, memory.State(l)));
            previous = activations;
        }

        TensorPrimitives.Add(input.Values, previous.Values, output.Values);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        var memory = new Memory(this, context.State, input.Columns);

        // The layers may use their gradients as scratch memory, and the one of the shortcut is needed at the end.
        MatrixSpan<T> shortcut = memory.Gradient(2, OutputSize);
        outputGradient.Values.CopyTo(shortcut.Values);

        MatrixSpan<T> gradient = outputGradient;
        for (int l = Children.Count - 1; l >= 0; l--)
        {
            MatrixSpan<T> below = l > 0 ? memory.Gradient(l % 2, Children[l].InputSize) : inputGradient;
            Children[l].Backward(
                l > 0 ? memory.Activations(l - 1) : input,
                memory.Activations(l),
                gradient,
                below,
                context.ForChild(memory.State(l)));
            gradient = below;
        }

        if (!inputGradient.IsEmpty)
        {
            TensorPrimitives.Add(inputGradient.Values, shortcut.Values, inputGradient.Values);
        }
    }

    private static int SizeOf(IReadOnlyList<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A residual block needs at least one layer.", nameof(layers));
        }

        for (int l = 1; l < layers.Count; l++)
        {
            if (layers[l].InputSize != layers[l - 1].OutputSize)
            {
                throw new ArgumentException(
                    $"The layer '{layers[l].Kind}' of the block takes {layers[l].InputSize} inputs, "
                    + $"but '{layers[l - 1].Kind}' before it gives {layers[l - 1].OutputSize}.",
                    nameof(layers));
            }
        }

        int size = layers[0].InputSize;
        return layers[^1].OutputSize == size
            ? size
            : throw new ArgumentException(
                $"A residual block adds its input to what its layers give, but its first layer takes {size} features and "
                + $"its last one gives {layers[^1].OutputSize}.",
                nameof(layers));
    }

    /// <summary>How the state is shared out: state and activations of each layer in turn, then three gradients.</summary>
    private readonly ref struct Memory(Residual<T> block, Span<T> state, int samples)
    {
        private readonly Span<T> _state = state;

        public Span<T> State(int l) => _state.Slice(Offset(l), block.Children[l].StateLength(samples));

        public MatrixSpan<T> Activations(int l)
        {
            Layer<T> layer = block.Children[l];
            int start = Offset(l) + layer.StateLength(samples);
            return new(_state.Slice(start, layer.OutputSize * samples), layer.OutputSize, samples);
        }

        public MatrixSpan<T> Gradient(int which, int rows)
        {
            int start = Offset(block.Children.Count) + (which * block._widest * samples);
            return new(_state.Slice(start, rows * samples), rows, samples);
        }

        private int Offset(int l)
        {
            int offset = 0;
            for (int i = 0; i < l; i++)
            {
                Layer<T> layer = block.Children[i];
                offset += layer.StateLength(samples) + (layer.OutputSize * samples);
            }

            return offset;
        }
    }
}
