using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Layers one after the other, each taking the output of the one before: a⁽⁰⁾ = x, a⁽ˡ⁾ = fₗ(a⁽ˡ⁻¹⁾), a = a⁽ⁿ⁾. The
/// gradient runs back through them: ∂L/∂a⁽ˡ⁻¹⁾ = (∂fₗ/∂a⁽ˡ⁻¹⁾)ᵀ·∂L/∂a⁽ˡ⁾.
/// </summary>
/// <remarks>
/// A network holds one; blocks and branches hold others. Without layers it passes its input on.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Sequence<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _widestInside;

    /// <summary>Makes a sequence.</summary>
    /// <param name="layers">At least one layer; each must be able to read the output of the one before.</param>
    /// <exception cref="ArgumentException">There is no layer, or shapes do not fit each other.</exception>
    /// <exception cref="InvalidOperationException">A layer is part of a network or of another layer.</exception>
    public Sequence(params IReadOnlyList<Layer<T>> layers)
        : this(FirstOf(layers).InputShape, layers)
    {
    }

    /// <summary>Makes a sequence, perhaps without layers: such a one passes its input on.</summary>
    /// <param name="inputShape">The shape of the input.</param>
    /// <param name="layers">The layers; each must be able to read the output of the one before.</param>
    /// <exception cref="ArgumentException">Shapes do not fit each other.</exception>
    /// <exception cref="InvalidOperationException">A layer is part of a network or of another layer.</exception>
    public Sequence(FeatureShape inputShape, IReadOnlyList<Layer<T>> layers)
        : base("sequence", inputShape, OutputShapeOf(inputShape, layers))
    {
        RequireUnattached(layers);

        foreach (Layer<T> layer in layers)
        {
            AddChild(layer);
        }

        _widestInside = layers.Count > 1 ? layers.SkipLast(1).Max(layer => layer.OutputSize) : 0;
    }

    /// <inheritdoc/>
    public override OutputKind? OutputKind => Children.Count == 0 ? null : Children[^1].OutputKind;

    /// <inheritdoc/>
    public override bool TakesPadding => Children.All(child => child.TakesPadding);

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);

        // Two neighbouring activations of a prediction, or two neighbouring ∂L/∂a of training.
        memory.Scratch(_widestInside, memory.Samples);
        memory.Scratch(_widestInside, memory.Samples);
        for (int l = 0; memory.HasBackward && l < Children.Count - 1; l++)
        {
            memory.ChildOutput(l);
        }

        if (Children.Count > 0)
        {
            memory.ChildWritesOutput(Children.Count - 1);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        if (Children.Count == 0)
        {
            input.Values.CopyTo(output.Values);
        }

        ReadOnlyMatrixSpan<T> previous = input;
        for (int l = 0; l < Children.Count; l++)
        {
            MatrixSpan<T> activations = l == Children.Count - 1 ? output
                : context.HasBackward ? context.ChildOutput(l)
                : context.Scratch(l % 2).WithRows(Children[l].OutputSize);
            context.ForwardChild(l, previous, activations);
            previous = activations;
        }
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        if (Children.Count == 0 && !inputGradient.IsEmpty)
        {
            outputGradient.Values.CopyTo(inputGradient.Values);
        }

        MatrixSpan<T> gradient = outputGradient;
        for (int l = Children.Count - 1; l >= 0; l--)
        {
            MatrixSpan<T> below = l > 0 ? context.Scratch(l % 2).WithRows(Children[l - 1].OutputSize) : inputGradient;
            context.BackwardChild(
                l,
                l > 0 ? context.ChildOutput(l - 1) : input,
                l < Children.Count - 1 ? context.ChildOutput(l) : output,
                gradient,
                below);
            gradient = below;
        }
    }

    private static Layer<T> FirstOf(IReadOnlyList<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return layers.Count > 0
            ? layers[0]
            : throw new ArgumentException(
                "A sequence needs at least one layer, or else its input shape.", nameof(layers));
    }

    /// <summary>The shape at the end of layers that follow each other; refuses those that do not fit.</summary>
    internal static FeatureShape OutputShapeOf(FeatureShape inputShape, IReadOnlyList<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(layers);
        FeatureShape shape = inputShape;
        for (int l = 0; l < layers.Count; l++)
        {
            RequireFit(shape, l == 0 ? null : layers[l - 1], layers[l], nameof(layers));
            shape = layers[l].OutputShape;
        }

        return shape;
    }

    /// <summary>Requires that a layer can read the shape that comes from the layer before it.</summary>
    /// <exception cref="ArgumentException">It takes another shape.</exception>
    internal static void RequireFit(FeatureShape shape, Layer<T>? before, Layer<T> layer, string parameterName)
    {
        if (!shape.CanBeReadAs(layer.InputShape))
        {
            string source = before is null ? "the input is" : $"'{before.Kind}' before it gives";
            throw new ArgumentException(
                $"The layer '{layer.Kind}' takes {layer.InputShape.Describe()}, but {source} {shape.Describe()}.",
                parameterName);
        }
    }
}
