using NeuralNet.Training;

namespace NeuralNet.Tests.Distributed;

/// <summary>A callback that does something after each batch, on every worker.</summary>
internal sealed class EveryWorker(Action<TrainingContext<double>> action) : ITrainingCallback<double>
{
    public bool RunsOnEveryWorker => true;

    public int Calls { get; private set; }

    public void OnBatchEnd(TrainingContext<double> context)
    {
        Calls++;
        action(context);
    }
}
