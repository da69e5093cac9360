using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Losses;
using NeuralNet.ModelSelection;
using NeuralNet.Mpi;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of docs/many-machines.md.</summary>
internal static class ManyMachines
{
    public static Trainer<float> Connect(Network<float> network)
    {
        IWorkers workers = MpiWorkers.Connect(shards: 8);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(), workers: workers);
        return trainer;
    }

    public static SearchResult Search(
        IReadOnlyList<Hyperparameter> space,
        Func<Hyperparameters, CancellationToken, double> score,
        IWorkers workers)
    {
        SearchResult result = HyperparameterSearch.Random(space, trials: 64, seed: 1, score, workers: workers);
        return result;
    }

    public static void GoOn(Trainer<float> trainer, DataSet<float> training)
    {
        trainer.Resume("/shared/run");
        trainer.Fit(training, new() { Epochs = 100, Callbacks = [new Checkpointing<float>("/shared/run")] });
    }
}
