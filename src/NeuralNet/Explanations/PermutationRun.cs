using System.Numerics;
using NeuralNet.Evaluation;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.ModelSelection;
using NeuralNet.Pipelines;
using NeuralNet.Randomness;

namespace NeuralNet.Explanations;

/// <summary>Measures how much a pipeline loses when the values of a group of features are shuffled.</summary>
internal sealed class PermutationRun<T>(
    Pipeline<T> pipeline, SampleData<T> data, Score score, PermutationOptions options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Shuffles each group as often as the options say.</summary>
    /// <exception cref="ArgumentException">The score cannot be measured on the samples.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public FeatureImportances Run(IReadOnlyList<FeatureGroup> groups, CancellationToken cancellationToken)
    {
        int repeats = options.Repeats;
        double value = Measure([], []);
        if (!double.IsFinite(value))
        {
            throw new ArgumentException(
                $"The score '{score.Name}' of the samples as they are is {value}, from which no difference can be "
                + "taken: look for outputs or targets that are not finite, or for a class that no sample has.");
        }

        // The same orders for all features: then only the features differ, and a group's result is its own.
        RandomStream stream = RandomStream.FromSeed(options.Seed).Derive((long)RandomPurpose.Importance);
        int[][] orders = [.. Enumerable.Range(0, repeats).Select(_ => new int[data.Count])];
        for (int r = 0; r < repeats; r++)
        {
            Permutation.Draw(orders[r], stream.Derive(r));
        }

        double[][] drops = [.. groups.Select(_ => new double[repeats])];
        Parallelism.For(
            groups.Count * repeats,
            options.Threads ?? Environment.ProcessorCount,
            job =>
            {
                (int g, int r) = int.DivRem(job, repeats);
                drops[g][r] = score.Drop(value, Measure(groups[g].Indices, orders[r]));
            },
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        for (int g = 0; g < groups.Count; g++)
        {
            if (!Array.TrueForAll(drops[g], double.IsFinite))
            {
                throw new ArgumentException(
                    $"With {MessageText.Quoted(groups[g].Name)} shuffled, the score '{score.Name}' is not finite: the "
                    + "pipeline makes NaN or infinity of values that each occur, but not together.");
            }
        }

        return new(score, value, groups.Select((group, g) => new FeatureImportance(group.Name, drops[g])));
    }

    /// <summary>The score where each sample has some features of the sample that the order puts in its place.</summary>
    internal double Measure(ReadOnlySpan<int> features, int[] order)
    {
        RunningScore<T> running = score.Start(pipeline);
        int rows = pipeline.InputSize;
        int batchSize = EvaluationBatch.SizeFor(data.Count, rows, pipeline.OutputSize);
        T[] inputs = new T[rows * batchSize];
        T[] results = new T[pipeline.OutputSize * batchSize];
        for (int start = 0; start < data.Count; start += batchSize)
        {
            int count = Math.Min(batchSize, data.Count - start);
            Span<T> batch = inputs.AsSpan(0, rows * count);
            data.Inputs.AsSpan(start * rows, batch.Length).CopyTo(batch);
            for (int j = 0; j < count && !features.IsEmpty; j++)
            {
                ReadOnlySpan<T> other = data.Inputs.AsSpan(order[start + j] * rows, rows);
                foreach (int feature in features)
                {
                    batch[(j * rows) + feature] = other[feature];
                }
            }

            var result = new MatrixSpan<T>(
                results.AsSpan(0, pipeline.OutputSize * count), pipeline.OutputSize, count);
            pipeline.Predict(new ReadOnlyMatrixSpan<T>(batch, rows, count), result);
            running.Add(result, data.TargetsOf(start, count), data.WeightsOf(start, count));
        }

        return running.Value;
    }
}
