using System.CommandLine;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Losses;
using NeuralNet.Mpi;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Soak;

/// <summary>Under mpirun, lets the last worker fail in one way or another, in the middle of a training.</summary>
internal static class MpiFailCommand
{
    private const string Throws = "throws";
    private const string Ends = "ends";
    private const string IsSilent = "silent";
    private const string IsTold = "terminated";
    private const string DiffersInData = "data";
    private const string DiffersInShards = "shards";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var how = new Option<string>("--how") { Required = true };
        how.AcceptOnlyFromAmong(Throws, Ends, IsSilent, IsTold, DiffersInData, DiffersInShards);
        var command = new Command("mpi-fail", "Under mpirun, the last worker fails in the middle of a training.")
        {
            how,
        };
        command.SetAction(arguments => Train(arguments.GetRequiredValue(how)));
        return command;
    }

    private static void Train(string how)
    {
        // The rank is known only when connected.
        IWorkers first = MpiWorkers.Connect(shards: 8, _patience);
        bool isLast = first.Rank == first.Count - 1;
        IWorkers workers = MpiWorkers.Connect(isLast && how == DiffersInShards ? 9 : 8, _patience);
        Network<float> network = Network.Create<float>(3, seed: 1).Dense(2).Build();
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.1), workers: workers);
        int samples = isLast && how == DiffersInData ? 96 : 128;
        var data = new DataSet<float>(Matrix<float>.Build.Dense(3, samples), Matrix<float>.Build.Dense(2, samples));
        trainer.Fit(data, new() { Epochs = 100, BatchSize = 32, Callbacks = isLast ? [new Failing(how)] : [] });
    }

    private sealed class Failing(string how) : ITrainingCallback<float>
    {
        public bool RunsOnEveryWorker => true;

        public void OnBatchEnd(TrainingContext<float> context)
        {
            if (context.StepCount != 50)
            {
                return;
            }

            switch (how)
            {
                case Throws:
                    throw new InvalidDataException("The sky is falling.");
                case Ends:
                    Environment.Exit(0);
                    break;
                case IsTold:
                    using (var self = System.Diagnostics.Process.GetCurrentProcess())
                    using (System.Diagnostics.Process.Start("kill", ["-TERM", $"{self.Id}"]))
                    {
                        Thread.Sleep(Timeout.Infinite);
                    }

                    break;
                case IsSilent:
                    Thread.Sleep(Timeout.Infinite);
                    break;
            }
        }
    }
}
