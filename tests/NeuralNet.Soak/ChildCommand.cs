using System.CommandLine;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Mpi;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;
using NeuralNet.Schedules;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Soak;

/// <summary>
/// The process that is killed: trains with checkpoints, resumes where it was, and saves the result at the end.
/// </summary>
internal static class ChildCommand
{
    public const string Name = "child";

    private const int Classes = 5;

    public static Command Create()
    {
        var folder = new Option<string>("--folder") { Required = true };
        var result = new Option<string>("--result") { Required = true };
        var inDouble = new Option<bool>("--double");
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
        var pause = new Option<int>("--pause") { Description = "Milliseconds to wait after every batch." };
        var epochs = new Option<int>("--epochs") { DefaultValueFactory = _ => 20 };
        var shards = new Option<int>("--shards") { DefaultValueFactory = _ => 1 };
        var command = new Command(Name, "What crash and mpi-crash start and kill.") { Hidden = true };
        foreach (Option option in (Option[])[folder, result, inDouble, threads, pause, epochs, shards])
        {
            command.Options.Add(option);
        }

        command.SetAction(arguments =>
        {
            var task = new ChildTask(
                arguments.GetRequiredValue(folder),
                arguments.GetRequiredValue(result),
                arguments.GetValue(threads),
                arguments.GetValue(pause),
                arguments.GetValue(epochs),
                MpiWorkers.Connect(arguments.GetValue(shards)));
            if (arguments.GetValue(inDouble))
            {
                Train<double>(task);
            }
            else
            {
                Train<float>(task);
            }
        });
        return command;
    }

    private static void Train<T>(ChildTask task)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = Network.Create<T>(12, seed: 3)
            .Dense(24, new ReLU())
            .BatchNormalization()
            .Dropout(0.2)
            .Residual(block => block.Dense(24, new GELU()).Dropout(0.1).Dense(24))
            .Dense(Classes)
            .Build();
        DataSet<T> data = Samples<T>();
        var trainer = new Trainer<T>(
            network, new SoftmaxCrossEntropy(), new Adam(0.003), threads: task.Threads, workers: task.Workers);
        trainer.Resume(task.Folder);
        trainer.Fit(data, new()
        {
            Epochs = task.Epochs,
            BatchSize = 16,
            AccumulationSteps = 2,
            Validation = data,
            Schedule = new CosineDecay(),
            Callbacks =
            [
                new Pause<T>(task.Pause),
                new EarlyStopping<T>(patience: 1000),
                new ReduceOnPlateau<T>(0.7, patience: 2),
                new Checkpointing<T>(task.Folder, every: TimeSpan.FromMilliseconds(10)),
            ],
        });
        if (task.Workers.Rank == 0)
        {
            network.SaveParameters(task.Result);
        }
    }

    private static DataSet<T> Samples<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RandomStream random = RandomStream.FromSeed(4);
        Matrix<T> inputs = Matrix<T>.Build.Dense(
            12, 400, (i, j) => T.CreateChecked((random.Bits((12 * j) + i) >> 40) / (double)(1 << 24)));
        return DataSet.FromLabels(inputs, Enumerable.Range(0, 400).Select(j => j * 7 % Classes).ToArray(), Classes);
    }

    private sealed class Pause<T>(int milliseconds) : ITrainingCallback<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void OnBatchEnd(TrainingContext<T> context)
        {
            if (milliseconds > 0)
            {
                Thread.Sleep(milliseconds);
            }
        }
    }
}
