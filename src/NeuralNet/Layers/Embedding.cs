using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Layers;

/// <summary>
/// Learned vectors of categories: each number k of the input becomes column k of the weights E (size × categories).
/// ∂L/∂E gathers, for each category, the sum of ∂L/∂a where the input has it; the input has no derivative.
/// </summary>
/// <remarks>
/// <para>
/// It is the product of E with a one-hot column, without the column: 1,000 categories are one number per sample. All
/// inputs of the layer share the weights; columns of a table have one layer each, see
/// <see cref="Networks.NetworkBuilder{T}.Embeddings"/>. Give it vectors of your own by writing to
/// <see cref="Parameter{T}.Value"/> of <see cref="Weights"/>, a column per category.
/// </para>
/// <para>
/// The gradient of categories that a batch lacks is 0. A training step looks at the others alone, so that its cost
/// follows the batch and not the number of categories, where that changes no bit: with <see cref="Optimizers.Sgd"/>
/// without momentum and <see cref="Optimizers.Adagrad"/>, without penalties, constraints and clipping. Momentum and
/// Adam move every vector at every step.
/// </para>
/// <para>
/// As PyTorch's and Keras's <c>Embedding</c>, whose weights are the transpose, categories × size. A number that is no
/// category is refused; in float, whole numbers are exact up to 2²⁴.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Embedding<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double InitialRange = 0.05;
    private const int MostInFloat = 1 << 24;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">Shape of the input: numbers of categories.</param>
    /// <param name="categories">Number of categories: an input is from 0 to one less.</param>
    /// <param name="size">Number of elements of a vector.</param>
    /// <param name="weightInitializer">Initial weights; uniform in ±0.05, as in Keras, if null.</param>
    /// <param name="weightPenalty">
    /// The penalty that training adds to the loss to keep the weights small; none if null.
    /// </param>
    /// <param name="weightConstraint">
    /// The constraint that the weights are made to satisfy after every training step; none if null.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is below 1, there are more categories than the number type tells apart, or no array holds that many
    /// weights.
    /// </exception>
    public Embedding(
        FeatureShape inputShape,
        int categories,
        int size,
        IInitializer? weightInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null)
        : base("embedding", inputShape, OutputShapeOf(inputShape, size))
    {
        Require.AtLeast(categories, 1);
        if (typeof(T) == typeof(float) && categories > MostInFloat)
        {
            throw new ArgumentOutOfRangeException(
                nameof(categories),
                categories,
                $"A float tells {MostInFloat:N0} categories apart, but there are {categories:N0}; use double.");
        }

        Weights = AddParameter(
            "weights",
            [size, categories],
            weightInitializer ?? new Uniform(-InitialRange, InitialRange),
            fanIn: size,
            fanOut: categories,
            weightPenalty,
            weightConstraint);
        Weights.HasSparseGradient = true;
    }

    /// <summary>E, size × categories: column k is the vector of category k.</summary>
    public Parameter<T> Weights { get; }

    /// <summary>Number of categories.</summary>
    public int Categories => Weights.Columns;

    /// <summary>Number of elements of a vector.</summary>
    public int Size => Weights.Rows;

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    /// <inheritdoc/>
    public override bool TakesCategories => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A number of the input is no category.</exception>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        int found = CategoryVectors.Look(input.Values, Weights.View, output.Values, context.Team);
        if (found >= 0)
        {
            throw new ArgumentException(
                $"The number {input.Values[found]} in row {found % InputSize} of sample {found / InputSize} is no "
                + $"category of '{Name}', which has those from 0 to {Categories - 1}.",
                nameof(input));
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
        CategoryVectors.Gather(
            input.Values,
            outputGradient.Values,
            context.Gradient(Weights),
            context.ColumnsOfGradient(Weights),
            context.Team);
        inputGradient.Values.Clear();
    }

    private static FeatureShape OutputShapeOf(FeatureShape inputShape, int size)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Require.AtLeast(size, 1);
        ElementCount.Of(inputShape.Size, size, "The output of an embedding");
        return inputShape.Size == 1 ? size : new FeatureShape(inputShape.Size, size);
    }
}
