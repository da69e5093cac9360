using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Fuzz;

/// <summary>Checkpoints, read into their own trainer and into another one.</summary>
internal sealed class CheckpointFormat : IFuzzFormat
{
    private static readonly string[] _values =
    [
        "\"earlyStopping\"", "\"Single\"", "\"Double\"", "{\"loss\":1,\"metrics\":{}}", "{\"a\":1}", "{\"a\":\"b\"}",
        "\"NaN\"", "\"-Infinity\"",
        "-0.5", "\"0.5\"",
    ];

    // Made when first used, because each takes a training.
    private readonly Lazy<byte[][]> _files = new(
        () => [Train(new() { Epochs = 2, BatchSize = 4 }), Train(new() { Steps = 3, BatchSize = 4 })]);

    public string Name => "checkpoint";

    public byte[] Make(Random random)
    {
        byte[] file = _files.Value[random.Next(_files.Value.Length)];
        return random.Next(200) == 0 ? file : SafetensorsMutation.Mutate(file, random, "neuralnet.checkpoint", _values);
    }

    public void Read(byte[] file, string name, Random random)
    {
        Trainer<float> trainer = MakeTrainer(seed: random.Next(20) == 0 ? 4 : 3);
        byte[] before = State(trainer);
        try
        {
            // What ResumeFrom does with the file it has opened.
            CheckpointFile.Read(new MemoryStream(file, writable: false), name, trainer.State, isNewRun: false);
        }
        catch (Exception exception) when (exception is InvalidDataException or CheckpointMismatchException)
        {
            if (!State(trainer).AsSpan().SequenceEqual(before) || trainer.State.InterruptedRun is not null)
            {
                throw new InvalidOperationException(
                    "A checkpoint was refused, but the trainer is not as it was.", exception);
            }

            // Refused either way, and the message has to name the file.
            throw exception as InvalidDataException ?? new InvalidDataException(exception.Message, exception);
        }

        RequireSane(trainer);
    }

    // The trainer, its state twice, and the checkpoint as with models.
    public long AllocationLimit(int length) => 1_000_000 + (60L * length);

    /// <summary>Requires that the accepted checkpoint is a possible state of a trainer.</summary>
    private static void RequireSane(Trainer<float> trainer)
    {
        RunState<float>? run = trainer.State.InterruptedRun;
        if (run is null
            || trainer.StepCount < 0
            || trainer.EpochCount < 0
            || trainer.State.EpochsBegun < 0
            || run.Position.Steps < 0
            || !(trainer.LearningRateFactor >= 0 && double.IsFinite(trainer.LearningRateFactor)))
        {
            throw new InvalidOperationException(
                $"A checkpoint was accepted in which no trainer can be: {trainer.StepCount} steps, "
                + $"{trainer.EpochCount} of {trainer.State.EpochsBegun} epochs, a learning rate factor of "
                + $"{trainer.LearningRateFactor}, {run}.");
        }

        // It can be written again.
        CheckpointJson.Write(run).ToJsonString();
    }

    private static byte[] State(Trainer<float> trainer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(trainer.StepCount);
        writer.Write(trainer.EpochCount);
        writer.Write(trainer.State.EpochsBegun);
        writer.Write(trainer.LearningRateFactor);
        foreach (float value
            in trainer.Network.Parameters.SelectMany(parameter => parameter.Array)
                .Concat(trainer.State.Slots.SelectMany(slot => slot)))
        {
            writer.Write(value);
        }

        return stream.ToArray();
    }

    private static Trainer<float> MakeTrainer(int seed) => new(
        Network.Create<float>(3, seed: 1).Dense(4, new ReLU()).BatchNormalization().Dense(2).Build(),
        new SoftmaxCrossEntropy(),
        new Adam(),
        seed,
        threads: 1);

    private static byte[] Train(FitOptions<float> options)
    {
        string folder = Directory.CreateTempSubdirectory("fuzz-").FullName;
        try
        {
            DataSet<float> data = DataSet.FromLabels(
                Matrix<float>.Build.Random(3, 10, 1), [0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 2);
            MakeTrainer(seed: 3).Fit(data, new()
            {
                Epochs = options.Epochs,
                Steps = options.Steps,
                BatchSize = options.BatchSize,
                Validation = data,
                Callbacks = [new EarlyStopping<float>(), new Checkpointing<float>(folder)],
            });
            return File.ReadAllBytes(CheckpointFolder.NewestFirst(folder)[0]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
