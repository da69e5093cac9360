using NeuralNet.Training;

namespace NeuralNet.Tests.Distributed;

/// <summary>A callback of one's own, which knows nothing of workers: it changes the rate, and stops the run.</summary>
internal sealed class Decider : ITrainingCallback<double>
{
    public void OnBatchEnd(TrainingContext<double> context)
    {
        if (context.StepCount == 5)
        {
            context.LearningRateFactor = 0.25;
        }

        if (context.StepCount == 7)
        {
            context.Stop("seven\nlines");
        }
    }
}
