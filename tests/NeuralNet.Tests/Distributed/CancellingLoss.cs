using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.Tests.Distributed;

/// <summary>The mean squared error, which cancels a run when it is computed for the n-th time.</summary>
internal sealed class CancellingLoss(CancellationTokenSource cancel, int atCall) : ILoss
{
    private static readonly MeanSquaredError _loss = new();
    private int _calls;

    public string Name => _loss.Name;

    public LossInput Input => _loss.Input;

    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> outputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (++_calls == atCall)
        {
            cancel.Cancel();
        }

        _loss.Compute(outputs, targets, losses, outputGradient);
    }
}
