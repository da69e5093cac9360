using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Group normalization: x̂ = (x − μ) / √(σ² + ε), a = γ·x̂ + β, where μ and σ² are mean and (biased) variance of a
/// group of neighbouring channels over all positions of a sample. Samples do not depend on each other, so training
/// and prediction are the same, and batches may be small.
/// </summary>
/// <remarks>
/// <para>
/// With as many groups as channels it is instance normalization, each channel of a sample by itself; with one group,
/// all elements of a sample are normalized together. γ and β have an element per channel.
/// </para>
/// <para>
/// With m elements in a group, g = ∂L/∂a, h = γ·g and sums over a group:
/// ∂L/∂x = 1/(m·√(σ² + ε))·(m·h − Σ h − x̂·Σ h·x̂); over positions and samples, ∂L/∂γ = Σ g·x̂ and ∂L/∂β = Σ g.
/// </para>
/// <para>
/// Wu and He, "Group normalization" (2018); Ulyanov, Vedaldi and Lempitsky, "Instance normalization" (2016). ε is
/// PyTorch's; Keras has 0.001 and 32 groups unless told.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class GroupNormalization<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly NormalizationWithinSamples<T> _normalization;

    /// <summary>Makes the layer, with γ = 1 and β = 0.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of channels at one position.</param>
    /// <param name="groups">Number of groups, a divisor of the channels.</param>
    /// <param name="epsilon">ε, above 0, also once rounded to T: keeps the divisor away from 0.</param>
    /// <exception cref="ArgumentException">
    /// The groups do not divide the channels, or each would be a single element.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The groups are below 1, or ε is out of its range.</exception>
    public GroupNormalization(FeatureShape shape, int groups, double epsilon = 1e-5)
        : base("groupNormalization", shape, shape)
    {
        if (shape.Channels % Require.AtLeast(groups, 1) != 0)
        {
            throw new ArgumentException(
                $"The number of groups must divide the {shape.Channels} channels, but it is {groups}.", nameof(groups));
        }

        if (groups == shape.Size)
        {
            throw new ArgumentException(
                "Each group would be a single element, which normalization makes 0 whatever it is: take fewer than "
                + $"{groups} groups, or images or sequences.",
                nameof(groups));
        }

        Groups = groups;
        Epsilon = Require.PositiveIn<T>(epsilon);
        Gamma = AddParameter("gamma", [shape.Channels], new One());
        Beta = AddParameter("beta", [shape.Channels], new Zero());
        _normalization = new(shape.Size, groups, epsilon, Gamma, Beta);
    }

    /// <summary>Number of groups of channels.</summary>
    public int Groups { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>γ, an element per channel.</summary>
    public Parameter<T> Gamma { get; }

    /// <summary>β, an element per channel.</summary>
    public Parameter<T> Beta { get; }

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory) => _normalization.RequestMemory(memory, OutputSize);

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context) =>
        _normalization.Forward(input, output, context);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context) =>
        _normalization.Backward(outputGradient, inputGradient, context);
}
