using System.Globalization;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>Warnings of settings and sources with which nothing, or not what was meant, is learned.</summary>
internal static class SetupCheck
{
    // Logits between these bounds can be meant, as where they are clipped.
    private const double WideEnough = 5;

    /// <summary>Looks, before the first step, for settings with which nothing can be learned.</summary>
    public static IEnumerable<TrainingWarning> Check<T>(Network<T> network, ILoss loss, double learningRateFactor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (TrainingWarning warning in network.Heads(loss).SelectMany(Check))
        {
            yield return warning;
        }

        if (network.Layers[^1] is Dropout<T> { Rate: > 0 } or SpatialDropout<T> { Rate: > 0 }
            or AlphaDropout<T> { Rate: > 0 })
        {
            yield return new(
                TrainingWarningKind.DroppedOutputs,
                network.Layers[^1].Name,
                $"'{network.Layers[^1].Name}' is the last layer, so in training it drops outputs at random and "
                + "their targets cannot be learned. Put dropout before the last layer that has weights.");
        }

        foreach (TrainingWarning warning in StructureCheck.Check(network))
        {
            yield return warning;
        }

        if (!network.Parameters.Any(parameter => !parameter.IsFrozen))
        {
            yield return new(
                TrainingWarningKind.NothingToLearn,
                null,
                network.Parameters.Count == 0
                    ? "The network has no parameters, so there is nothing to learn. Add layers with weights, such as "
                      + "Dense."
                    : $"All {network.Parameters.Count} parameters are frozen, so no step changes the network. Call "
                      + "Unfreeze on the layers that are to learn.");
        }

        if (learningRateFactor == 0)
        {
            yield return new(
                TrainingWarningKind.ZeroLearningRate,
                null,
                "The trainer's LearningRateFactor is 0, so no step changes a weight. Set it to 1 for the optimizer's "
                + "own learning rate.");
        }
    }

    private static IEnumerable<TrainingWarning> Check<T>(OutputHead<T> head)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (head is not { DecidingLayer: { } deciding, Loss: { } loss })
        {
            yield break;
        }

        IActivation? activation = deciding.Activation;
        OutputRange range = OutputRange.Of(activation);
        if (loss.Input == LossInput.Logits && (range.Least > -WideEnough || range.Most < WideEnough))
        {
            yield return new(
                TrainingWarningKind.LimitedLogits,
                deciding.Name,
                $"'{deciding.Name}' ends in {activation!.Name}, which gives numbers {range.Describe()} only, but the "
                + $"loss '{loss.Name}' takes logits, any real numbers. Leave the last layer without an activation.");
        }

        if (loss.Input == LossInput.Margins && (range.Least >= 0 || range.Most <= 0))
        {
            yield return new(
                TrainingWarningKind.LimitedLogits,
                deciding.Name,
                $"'{deciding.Name}' ends in {activation!.Name}, which gives numbers {range.Describe()} only, but the "
                + $"loss '{loss.Name}' tells the targets −1 and 1 apart by the sign of the outputs. Leave the last "
                + "layer without an activation, or use Tanh.");
        }

        if (activation is Softmax or LogSoftmax && deciding.OutputShape.Channels == 1)
        {
            yield return new(
                TrainingWarningKind.SingleProbability,
                deciding.Name,
                $"'{deciding.Name}' ends in {activation.Name} over a single output, whose probability is always "
                + "1, so nothing is learned. For yes or no use a Sigmoid, or no activation and SigmoidCrossEntropy; or "
                + "two outputs and one-hot targets.");
        }
    }

    /// <summary>The warning for batches of one sample, or null if no layer minds them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="which">The batches that have one sample, as the beginning of a sentence.</param>
    /// <param name="remedy">How to have others.</param>
    public static TrainingWarning? SingleSamples<T>(Network<T> network, string which, string remedy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Of images or sequences, and for layers applied to each step, one sample has many values of a feature.
        Layer<T>? layer = WithOneColumn(network.Body).FirstOrDefault(layer =>
            layer is BatchNormalization<T> { OutputShape.Positions: 1, UsesRunningStatistics: false });
        return layer is null
            ? null
            : new(
                TrainingWarningKind.SingleSampleBatches,
                layer.Name,
                $"{which} one sample, of which '{layer.Name}' leaves nothing: a value less the mean of one value is 0, "
                + $"whatever it was. {remedy}");
    }

    /// <summary>The warning for a stream with another number of batches.</summary>
    public static TrainingWarning OtherBatchCount(int announced, int? given, int epoch) =>
        new(
            TrainingWarningKind.OtherBatchCount,
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The source announced {Quantity.Of(announced, "batch", "batches")} per epoch, but ")
            + (given is { } count
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"gave {count} in epoch {epoch}. Schedules and the remaining time count on the announced number. "
                    + $"Announce the right one, or none if it is not known.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"has more in epoch {epoch}: they are not trained on. Announce the right number, or none if it is "
                    + $"not known; let a source without an end stop after the announced number.")));

    // The layers that see one column of a sample, which those applied to each step do not, nor those within them.
    private static IEnumerable<Layer<T>> WithOneColumn<T>(Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        layer.ColumnsPerSample > 1 ? [] : layer.Children.SelectMany(WithOneColumn).Prepend(layer);
}
