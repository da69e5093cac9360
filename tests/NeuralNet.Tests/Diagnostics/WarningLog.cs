using NeuralNet.Diagnostics;
using NeuralNet.Training;

namespace NeuralNet.Tests.Diagnostics;

/// <summary>Keeps the warnings of a run, and the batch at which each was given.</summary>
internal sealed class WarningLog : ITrainingCallback<float>
{
    public List<(int Batch, TrainingWarning Warning)> Told { get; } = [];

    public void OnWarning(TrainingContext<float> context, TrainingWarning warning) =>
        Told.Add((context.Batch, warning));
}
