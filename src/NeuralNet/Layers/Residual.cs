using System.Numerics;
using NeuralNet.Kernels;
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
    /// <summary>Makes the block.</summary>
    /// <param name="layers">
    /// The layers of F; the shape of the last one's output is that of the first one's input.
    /// </param>
    /// <exception cref="ArgumentException">There is no layer, or shapes do not fit.</exception>
    /// <exception cref="InvalidOperationException">A layer is part of a network or of another layer.</exception>
    public Residual(params IReadOnlyList<Layer<T>> layers)
        : this(new Sequence<T>(RequireSameEnds(layers)))
    {
    }

    /// <summary>Makes the block.</summary>
    /// <param name="body">F; the shape of its output is that of its input.</param>
    /// <exception cref="ArgumentException">The shapes at the two ends differ.</exception>
    /// <exception cref="InvalidOperationException">The sequence is part of a network or of another layer.</exception>
    public Residual(Sequence<T> body)
        : base("residual", ShapeOf(body), ShapeOf(body))
    {
        Body = body;
        AddChild(body, name: "");
    }

    /// <summary>F, the layers within.</summary>
    public Sequence<T> Body { get; }

    /// <inheritdoc/>
    public override bool TakesPadding => Children.All(child => child.TakesPadding);

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (memory.HasBackward)
        {
            memory.ChildOutput(0);

            // ∂L/∂a for the shortcut: the layers may use theirs as scratch memory.
            memory.Scratch(OutputSize, memory.Samples);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        MatrixSpan<T> inner = context.HasBackward ? context.ChildOutput(0) : output;
        context.ForwardChild(0, input, inner);
        WholeBatch.Add(input.Values, inner.Values, output.Values, context.Team);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        MatrixSpan<T> shortcut = context.Scratch(0);
        WholeBatch.Copy<T>(outputGradient.Values, shortcut.Values, context.Team);
        context.BackwardChild(0, input, context.ChildOutput(0), outputGradient, inputGradient);
        if (!inputGradient.IsEmpty)
        {
            WholeBatch.Add<T>(inputGradient.Values, shortcut.Values, inputGradient.Values, context.Team);
        }
    }

    // Before a sequence takes the layers, which they could not leave again.
    private static IReadOnlyList<Layer<T>> RequireSameEnds(IReadOnlyList<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A residual block needs at least one layer.", nameof(layers));
        }

        FeatureShape input = layers[0].InputShape;
        RequireSame(input, Sequence<T>.OutputShapeOf(input, layers), nameof(layers));
        return layers;
    }

    private static FeatureShape ShapeOf(Sequence<T> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        RequireSame(body.InputShape, body.OutputShape, nameof(body));
        return body.InputShape;
    }

    private static void RequireSame(FeatureShape input, FeatureShape output, string argument)
    {
        if (!output.CanBeReadAs(input))
        {
            throw new ArgumentException(
                $"A residual block adds its input to what its layers give, but they take {input.Describe()} and give "
                + $"{output.Describe()}.",
                argument);
        }
    }
}
