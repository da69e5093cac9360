using NeuralNet.Training;

namespace NeuralNet.Tests.Distributed;

/// <summary>A callback that does something after each batch, on worker 0.</summary>
internal sealed class OnBatch(Action<TrainingContext<double>> action) : ITrainingCallback<double>
{
    public int Calls { get; private set; }

    public void OnBatchEnd(TrainingContext<double> context)
    {
        Calls++;
        action(context);
    }
}
