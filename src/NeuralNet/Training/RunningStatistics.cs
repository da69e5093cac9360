using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>
/// Computes the running statistics of a network anew, such as those of batch normalization: for parameters that no
/// training led to, as an average of several trainings' or of several moments of one.
/// </summary>
/// <remarks>
/// PyTorch's <c>torch.optim.swa_utils.update_bn</c>: in one pass over the samples, as in training, each statistic
/// becomes the mean of those of all batches, in which the batches count alike; a last batch of a single sample, which
/// may have no variance, is left out. What is frozen stays.
/// </remarks>
public static class RunningStatistics
{
    /// <summary>Computes the running statistics anew from samples, mostly those of training.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network; nothing else of it changes.</param>
    /// <param name="data">The samples; their targets do not matter.</param>
    /// <param name="batchSize">Samples per batch, at least 1: best as many as in training.</param>
    /// <param name="shuffle">
    /// Whether the samples come in an order drawn from the network's seed, so that no batch has those of one class
    /// alone.
    /// </param>
    /// <param name="threads">The most threads that share the work; as many as there are processors if null.</param>
    /// <param name="cancellationToken">Ends the computation between two batches; the statistics are as before.</param>
    /// <exception cref="ArgumentException">
    /// The data do not fit the network, or lead to statistics that are not finite; the statistics are as before.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="batchSize"/> or <paramref name="threads"/> is below 1.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The network is trained on another thread.</exception>
    public static void Recompute<T>(
        Network<T> network,
        DataSet<T> data,
        int batchSize = 32,
        bool shuffle = true,
        int? threads = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        DataCheck.Require(network, data);
        Require.AtLeast(batchSize, 1);
        Parameter<T>[] statistics = [.. network.Parameters.Where(IsRecomputed)];
        if (statistics.Length == 0)
        {
            return;
        }

        using ExclusiveUse.Scope use = network.InTraining.EnterWithin(nameof(Recompute));
        T[][] means = MeansOf(network, statistics, data, batchSize, shuffle, threads, cancellationToken);
        for (int i = 0; i < statistics.Length; i++)
        {
            if (NonFiniteElement<T>.Find(statistics[i], means[i]) is { } element)
            {
                throw new ArgumentException(
                    $"The samples lead to a running statistic that is not finite: {element}. Look for NaN and very "
                    + "large numbers in the data. The statistics are as they were.",
                    nameof(data));
            }
        }

        for (int i = 0; i < statistics.Length; i++)
        {
            means[i].CopyTo(statistics[i].Values);
        }
    }

    /// <summary>Whether a network has statistics that are computed anew.</summary>
    internal static bool Has<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> => network.Parameters.Any(IsRecomputed);

    private static bool IsRecomputed<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T> => parameter.IsStatistic && !parameter.IsFrozen;

    private static T[][] MeansOf<T>(
        Network<T> network,
        Parameter<T>[] statistics,
        DataSet<T> data,
        int batchSize,
        bool shuffle,
        int? threads,
        CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = Math.Min(batchSize, data.Count);
        var random = RandomStream.FromSeed(network.Seed);
        int[] order = new int[data.Count];
        if (shuffle)
        {
            Permutation.Draw(order, random.Derive((long)RandomPurpose.Shuffling));
        }
        else
        {
            Permutation.Identity(order);
        }

        var engine = new BackpropagationEngine<T>(network, threads: threads);
        Gradients<T> ofBatch = Gradients.For(network);
        T[][] means = Array.ConvertAll(statistics, statistic => new T[statistic.Count]);
        T[] inputs = new T[ElementCount.Of(network.InputSize, size, "A batch of inputs")];
        T[] targets = new T[ElementCount.Of(network.OutputSize, size, "A batch of targets")];
        T[] noGradient = new T[targets.Length];

        // A single flat sample has no variance: it is left out, unless there are none but single ones.
        int batches = Math.Max(1, (data.Count + size - Math.Min(size, 2)) / size);
        for (int batch = 0; batch < batches; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> samples = order.AsSpan(batch * size, Math.Min(size, data.Count - (batch * size)));
            int count = samples.Length;
            Span<T> some = inputs.AsSpan(0, count * network.InputSize);
            data.CopyTo(samples, some, targets.AsSpan(0, count * network.OutputSize));

            // Statistics are computed with the gradients; that of the outputs does not matter.
            engine.Forward(
                new ReadOnlyMatrixSpan<T>(some, network.InputSize, count),
                random.Derive((long)RandomPurpose.Statistics).Derive(batch));
            engine.Backward(
                new ReadOnlyMatrixSpan<T>(
                    noGradient.AsSpan(0, count * network.OutputSize), network.OutputSize, count),
                ofBatch);
            T share = T.One / T.CreateChecked(batch + 1);
            for (int i = 0; i < statistics.Length; i++)
            {
                ReadOnlySpan<T> values = ofBatch.Values(statistics[i]);
                for (int j = 0; j < values.Length; j++)
                {
                    means[i][j] += share * (values[j] - means[i][j]);
                }
            }
        }

        return means;
    }
}
