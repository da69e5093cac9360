using System.Globalization;
using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Evaluation;
using NeuralNet.Guards;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>The data of a run: training batches, and the samples that the network is validated on.</summary>
internal sealed class TrainingData<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private TrainingData(IBatchReader<T> training, DataSet<T>? validation)
    {
        Training = training;
        Validation = validation;
    }

    /// <summary>The training batches.</summary>
    public IBatchReader<T> Training { get; }

    /// <summary>The validation samples; null if there are none.</summary>
    public DataSet<T>? Validation { get; }

    /// <summary>
    /// Samples in memory. Where there is more than one thread, augmentation runs ahead on one of its own.
    /// </summary>
    public static TrainingData<T> InMemory(
        TrainingState<T> state, DataSet<T> training, FitOptions<T> options, Shards shards, bool readsAhead)
    {
        DataCheck.Require(state.Network, training);
        DataSet<T>? validation = options.Validation;
        if (options.ValidationSplit is { } share)
        {
            if (validation is not null)
            {
                throw new ArgumentException("Validation and ValidationSplit exclude each other.", nameof(options));
            }

            (training, validation) = Split(training, share, options);
        }

        RequireValidation(state, validation);
        DataSetFiller<T> filler = Filler(state, training, options, shards);
        return new(
            options.Augmentation is not null && readsAhead
                ? new ReadAhead<T>(filler, () => Buffer(state))
                : new DirectReader<T>(filler, Buffer(state)),
            validation);
    }

    /// <summary>A stream of batches, which another thread reads ahead.</summary>
    public static TrainingData<T> Streamed(
        TrainingState<T> state, IBatchSource<T> training, FitOptions<T> options, Shards shards)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (options.ValidationSplit is not null)
        {
            throw new ArgumentException(
                "ValidationSplit needs samples in memory; give a stream's validation data as Validation.",
                nameof(options));
        }

        if (options.BucketBy is not null)
        {
            throw new ArgumentException(
                "BucketBy needs samples in memory; a stream has batches of its own.", nameof(options));
        }

        RequireValidation(state, options.Validation);
        var filler = new StreamFiller<T>(training, state.Network, shards, Preparation(state, options));
        return new(new ReadAhead<T>(filler, () => Buffer(state)), options.Validation);
    }

    /// <summary>Gathers the batches of a data set, of which a worker gets the samples of its shards.</summary>
    public static DataSetFiller<T> Filler(
        TrainingState<T> state, DataSet<T> training, FitOptions<T> options, Shards shards) =>
        new(
            training,
            options.BatchSize,
            shards,
            options.Shuffle ? state.Random(RandomPurpose.Shuffling) : null,
            Preparation(state, options),
            options.BucketBy is { } input ? LengthRow(state.Network, input, options) : null);

    /// <summary>Memory for a batch.</summary>
    public static BatchBuffer<T> Buffer(TrainingState<T> state) =>
        new(state.Network.InputSize, state.Network.OutputSize);

    /// <inheritdoc/>
    public void Dispose() => Training.Dispose();

    private static int LengthRow(Network<T> network, string input, FitOptions<T> options) =>
        network.Inputs.Find(input) is not { } range
            ? throw new ArgumentException($"BucketBy: {network.Inputs.Unknown(input)}", nameof(options))
            : range.Size == 1
            ? range.Start
            : throw new ArgumentException(
                $"BucketBy names an input that holds the length of a sequence, one number, but '{input}' has "
                + $"{Quantity.Of(range.Size, "number")}.",
                nameof(options));

    private static (DataSet<T> Training, DataSet<T> Validation) Split(
        DataSet<T> data, double share, FitOptions<T> options)
    {
        int forTraining = (int)Math.Round((1 - share) * data.Count);
        if (forTraining > 0 && forTraining < data.Count)
        {
            return data.SplitAt(forTraining);
        }

        throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A ValidationSplit of {share} leaves no sample of {data.Count} for "
                + $"{(forTraining == 0 ? "training" : "validation")}: ")
            + (data.Count == 1
                ? "a single sample cannot be split; leave ValidationSplit out."
                : "choose a share that makes at least one sample of each, or give Validation."),
            nameof(options));
    }

    private static BatchPreparation<T> Preparation(TrainingState<T> state, FitOptions<T> options) =>
        new(
            options.Augmentation,
            state.Random(RandomPurpose.Augmentation),
            options.ClassWeights,
            OutputDescription.Of(state.Network, state.Loss));

    private static void RequireValidation(TrainingState<T> state, DataSet<T>? validation)
    {
        if (validation is not null)
        {
            DataCheck.Require(state.Network, validation);
        }
    }
}
