using NeuralNet.Training;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits;

/// <summary>A plain line per epoch.</summary>
internal sealed class EpochLines(TextWriter output, int epochs, string suffix) : IEpochDisplay
{
    public void Report(TrainingProgress value)
    {
    }

    public void EndEpoch(EpochRecord epoch)
    {
        EpochResult result = epoch.Training;
        if (!result.IsComplete)
        {
            return;
        }

        string validation = result.Validation is { } measured
            ? Invariant(
                $"validation loss {measured.Loss:F4}, validation accuracy {100 * epoch.ValidationAccuracy:F2} %, ")
            : "";
        string test = epoch.TestAccuracy is { } accuracy ? Invariant($"test accuracy {100 * accuracy:F2} %, ") : "";
        output.WriteLine(
            Invariant(
                $"epoch {result.Epoch}/{epochs}: loss {result.Loss:F4}, accuracy {100 * epoch.TrainAccuracy:F2} %, ")
            + validation
            + test
            + Invariant($"{result.SamplesPerSecond:F0} samples/s{suffix}"));
    }
}
