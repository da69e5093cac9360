using NeuralNet.Training;

namespace NeuralNet.Tests.Distributed;

/// <summary>A callback that cannot write its last file.</summary>
internal sealed class FailsAtTheEnd : ITrainingCallback<double>
{
    public void OnTrainingEnd(TrainingContext<double> context) => throw new IOException("The disk is full.");
}
