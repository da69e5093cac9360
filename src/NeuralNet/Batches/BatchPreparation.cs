using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;
using NeuralNet.Randomness;

namespace NeuralNet.Batches;

/// <summary>Prepares every batch for training: varies the samples and weights the classes.</summary>
internal sealed class BatchPreparation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IAugmentation? _augmentation;
    private readonly RandomStream _random;
    private readonly T[]? _classWeights;

    public BatchPreparation(
        IAugmentation? augmentation, RandomStream random, IReadOnlyList<double>? classWeights, int targetSize)
    {
        _augmentation = augmentation;
        _random = random;
        if (classWeights is null)
        {
            return;
        }

        int classes = Decision.Classes(targetSize);
        if (classWeights.Count != classes)
        {
            throw new ArgumentException(
                $"There are {classes} classes, but {Quantity.Of(classWeights.Count, "class weight")}.",
                nameof(classWeights));
        }

        _classWeights = new T[classes];
        for (int i = 0; i < classes; i++)
        {
            if (!(classWeights[i] >= 0 && double.IsFinite(classWeights[i])))
            {
                throw new ArgumentException(
                    $"The weight of a class must be a finite number, at least 0, but that of class {i} is "
                    + $"{classWeights[i]}.",
                    nameof(classWeights));
            }

            _classWeights[i] = T.CreateChecked(classWeights[i]);
        }
    }

    /// <summary>True if classes are weighted, so that every batch has sample weights.</summary>
    public bool WeighsSamples => _classWeights is not null;

    public void Apply(BatchBuffer<T> batch, int epoch, int index)
    {
        _augmentation?.Apply(batch.Inputs, batch.Targets, _random.Derive(epoch).Derive(index));
        if (_classWeights is null)
        {
            return;
        }

        MatrixSpan<T> targets = batch.Targets;
        Span<T> weights = batch.Weights;
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] *= _classWeights[Decision.Actual<T>(targets.Column(j))];
        }
    }
}
