using System.Numerics;
using NeuralNet.Training;

namespace NeuralNet.Soak.Digests;

/// <summary>Cancels a run after some batches.</summary>
internal sealed class Interruption<T>(int batches, CancellationTokenSource cancellation) : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int _left = batches;

    public void OnBatchEnd(TrainingContext<T> context)
    {
        if (--_left == 0)
        {
            cancellation.Cancel();
        }
    }
}
