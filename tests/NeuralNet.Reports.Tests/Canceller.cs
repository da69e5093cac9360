using NeuralNet.Training;

namespace NeuralNet.Reports.Tests;

/// <summary>Cancels a run when an epoch ends.</summary>
internal sealed class Canceller(int epoch, CancellationTokenSource source) : ITrainingCallback<float>
{
    public void OnEpochEnd(TrainingContext<float> context, EpochResult result)
    {
        if (result.Epoch == epoch)
        {
            source.Cancel();
        }
    }
}
