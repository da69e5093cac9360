using System.Globalization;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Training;

namespace NeuralNet.Reports.Recording;

/// <summary>How far a run is, and how it ended, in a sentence.</summary>
internal static class RunStatus
{
    /// <summary>How far it is.</summary>
    public static string Running<T>(TrainingContext<T> context)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (context.Epoch == 0)
        {
            return "Training begins";
        }

        string epochs = context.Options.Epochs == int.MaxValue ? "" : $" of {Number(context.Options.Epochs)}";
        string batches = context.Batches is { } all ? $" of {Number(all)}" : "";
        return $"Training: epoch {Number(context.Epoch)}{epochs}, batch {Number(context.Batch)}{batches}";
    }

    /// <summary>The share of it that is done; null if that is not known.</summary>
    public static double? Progress<T>(TrainingContext<T> context)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (context.Options.Epochs == int.MaxValue || context.Options.Steps is not null)
        {
            return null;
        }

        double ofEpoch = context.Batches is { } batches ? Math.Min(1, (double)context.Batch / batches) : 0;
        return context.Epoch == 0 ? 0 : (context.Epoch - 1 + ofEpoch) / context.Options.Epochs;
    }

    /// <summary>How it ended.</summary>
    public static string Ended<T>(TrainingContext<T> context, Exception? exception)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string within = context.Results is [.., { IsComplete: false } last]
            ? $"in epoch {Number(last.Epoch)}"
            : $"after {Quantity.Of(context.Epoch, "epoch")}";
        return context.Outcome switch
        {
            TrainingOutcome.Stopped => $"Stopped {within}: {context.StopReason}",
            TrainingOutcome.Cancelled => $"Cancelled {within}",
            TrainingOutcome.Diverged => $"Diverged in epoch {Number(context.Epoch)}: {exception?.Message}",
            TrainingOutcome.Failed => $"Failed in epoch {Number(context.Epoch)}: {exception?.Message}",
            _ => $"Completed {within}",
        };
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
