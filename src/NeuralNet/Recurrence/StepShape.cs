using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>Shapes whose first dimension are steps.</summary>
internal static class StepShape
{
    /// <summary>Requires the shape of a sequence, (steps, features).</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static FeatureShape RequireSequence(FeatureShape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return inputShape.Rank == 2
            ? inputShape
            : throw new ArgumentException(
                $"The input must be a sequence, steps × features, but it is {inputShape.Describe()}. Give the network "
                + "an input of new FeatureShape(steps, features), or put Reshape before the layer.",
                nameof(inputShape));
    }

    /// <summary>The number of steps of a sample.</summary>
    /// <param name="shape">The shape of a sequence.</param>
    /// <param name="lengths">The numbers of steps of all samples; empty if all have all.</param>
    /// <param name="sample">The sample.</param>
    public static int Steps<T>(FeatureShape shape, ReadOnlySpan<T> lengths, int sample)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        lengths.IsEmpty ? shape[0] : int.CreateTruncating(lengths[sample]);

    /// <summary>The shape of several steps of one shape.</summary>
    /// <exception cref="ArgumentException">There are too many dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no step, or more elements than can be counted.
    /// </exception>
    public static FeatureShape Of(int steps, FeatureShape step) => new([steps, .. step.Dimensions]);

    /// <summary>The shape of one of the steps.</summary>
    /// <exception cref="ArgumentException">The shape is flat.</exception>
    public static FeatureShape OfOne(FeatureShape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return inputShape.IsFlat
            ? throw new ArgumentException(
                $"The input must have steps, as a sequence, steps × features, has, but it is {inputShape.Describe()}. "
                + "Give the network an input of new FeatureShape(steps, features), or put Reshape before the layer.",
                nameof(inputShape))
            : new([.. inputShape.Dimensions.Skip(1)]);
    }
}
