using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Distributed;
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
    private readonly bool _targetsMustNameClasses;

    public BatchPreparation(
        IAugmentation? augmentation,
        RandomStream random,
        IReadOnlyList<double>? classWeights,
        OutputDescription outputs)
    {
        _augmentation = augmentation;
        _random = random;
        if (classWeights is null)
        {
            return;
        }

        if (outputs.Outputs.Count > 0)
        {
            throw new ArgumentException(
                $"Class weights are those of one output, but the network has {outputs.Outputs.Count}: "
                + $"{outputs.Layout}. Give them to the loss of an output, as SoftmaxCrossEntropy(classWeights: …), or "
                + "weigh samples with DataSet.WithOutputWeights.",
                nameof(classWeights));
        }

        if (outputs.Shape is { Positions: > 1 } shape)
        {
            throw new ArgumentException(
                $"Class weights are those of samples of one class each, but the outputs have the shape {shape}, with a "
                + "choice at each step or pixel. Give the weights to the loss, as "
                + "SoftmaxCrossEntropy(classWeights: …), or weigh samples with DataSet.WithWeights.",
                nameof(classWeights));
        }

        int targetSize = outputs.Count!.Value;
        if (targetSize > 1 && outputs.Meaning == OutputMeaning.Labels)
        {
            throw new ArgumentException(
                $"Class weights are for samples of one class each, but the {targetSize} outputs are labels, each a "
                + "yes-or-no question of its own. Weigh positive answers with SigmoidCrossEntropy(positiveWeight), or "
                + "samples with DataSet.WithWeights.",
                nameof(classWeights));
        }

        int classes = Decision.Classes(targetSize);
        if (classWeights.Count != classes)
        {
            throw new ArgumentException(
                $"There are {classes} classes, but {Quantity.Of(classWeights.Count, "class weight")}.",
                nameof(classWeights));
        }

        _targetsMustNameClasses = targetSize > 1;
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
        if (_augmentation is not null)
        {
            Vary(_augmentation, batch, _random.Derive(epoch).Derive(index));
        }

        if (_classWeights is null)
        {
            return;
        }

        MatrixSpan<T> targets = batch.Targets;
        Span<T> weights = batch.Weights;
        for (int j = 0; j < weights.Length; j++)
        {
            ReadOnlySpan<T> target = targets.Column(j);
            int sampleClass = Decision.TargetOrNone(target);
            if (sampleClass == Decision.None || (_targetsMustNameClasses && !Decision.NamesClass(target)))
            {
                throw new InvalidOperationException(
                    $"The target of sample {j} of batch {index} "
                    + (sampleClass == Decision.None ? "holds NaN" : "is neither one-hot nor sums to 1")
                    + ", so it names no class whose weight the sample could have. Give one-hot targets, or weigh "
                    + "samples with DataSet.WithWeights.");
            }

            weights[j] *= _classWeights[sampleClass];
        }
    }

    /// <summary>Varies a batch; shards are varied each for itself, so that it does not matter who has which.</summary>
    private static void Vary(IAugmentation augmentation, BatchBuffer<T> batch, RandomStream random)
    {
        Shards shards = batch.Shards;
        if (shards.Count == 1)
        {
            augmentation.Apply(batch.Inputs, batch.Targets, random);
            return;
        }

        for (int shard = shards.First; shard < shards.End; shard++)
        {
            int start = shards.Start(shard, batch.WholeCount);
            int count = shards.Start(shard + 1, batch.WholeCount) - start;
            if (count > 0)
            {
                int here = start - shards.OwnStart(batch.WholeCount);
                augmentation.Apply(
                    batch.Inputs.ColumnRange(here, count),
                    batch.Targets.ColumnRange(here, count),
                    random.Derive(-1 - shard));
            }
        }
    }
}
