using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>Applies augmentations one after the other, each with random numbers of its own.</summary>
/// <example><code>
/// var augmentation = new AugmentationSequence(
///     new RandomFlip(shape), new RandomCrop(shape, padding: 4), new Mixup(alpha: 0.2));
/// </code></example>
public sealed class AugmentationSequence : IAugmentation
{
    private readonly IAugmentation[] _steps;

    /// <summary>Makes the sequence.</summary>
    /// <param name="steps">The augmentations in their order; at least one.</param>
    /// <exception cref="ArgumentException">There is no step, or one is null.</exception>
    public AugmentationSequence(params IReadOnlyList<IAugmentation> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        _steps = [.. steps];
        if (_steps.Length == 0)
        {
            throw new ArgumentException("There must be at least one step, but there is none.", nameof(steps));
        }

        Array.ForEach(_steps, step => ArgumentNullException.ThrowIfNull(step, nameof(steps)));
    }

    /// <summary>The augmentations in their order.</summary>
    public IReadOnlyList<IAugmentation> Steps => _steps;

    /// <inheritdoc/>
    public void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < _steps.Length; i++)
        {
            _steps[i].Apply(inputs, targets, random.Derive(i));
        }
    }
}
