using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.Networks;

/// <summary>One of the outputs of a network, with what decides how it is read.</summary>
/// <param name="Range">Its name and its rows.</param>
/// <param name="DecidingLayer">The layer that decides what a prediction gives; null if it is unknown.</param>
/// <param name="Loss">The loss of this output, or of a step of it; null if there is none.</param>
/// <param name="Steps">The number of steps that the loss looks at by themselves; 1 if at all rows together.</param>
/// <param name="Mask">The number in the place of a target that is not known; null if all are.</param>
internal sealed record OutputHead<T>(
    FeatureRange Range, Layer<T>? DecidingLayer, ILoss? Loss, int Steps = 1, double? Mask = null)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of rows that the loss looks at together.</summary>
    public int Width => Range.Size / Steps;

    /// <summary>Takes a loss apart into that of a step, the number of steps, and the mask.</summary>
    public static OutputHead<T> Of(FeatureRange range, Layer<T>? decidingLayer, ILoss? loss)
    {
        int steps = 1;
        while (loss is LossPerStep perStep)
        {
            steps *= perStep.Steps;
            loss = perStep.Loss;
        }

        return loss is MaskedLoss masked
            ? new(range, decidingLayer, masked.Loss, steps, masked.Mask)
            : new(range, decidingLayer, loss, steps);
    }

    /// <summary>Whether all of the targets that the loss looks at together are known.</summary>
    public bool AreKnown(ReadOnlySpan<T> targets) =>
        Mask is not { } mask || !targets.Contains(T.CreateChecked(mask));
}
