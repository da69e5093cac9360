using NeuralNet.Metrics;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits;

/// <summary>The result of a network on the test samples.</summary>
/// <param name="Data">The data with the test samples.</param>
/// <param name="TestLoss">Mean loss of the test samples.</param>
/// <param name="Confusion">The predicted and actual classes of the test samples.</param>
/// <param name="Mistakes">The test samples with wrong predictions, the surest mistakes first.</param>
internal record TestResult(
    MnistData Data, double TestLoss, ConfusionMatrix Confusion, IReadOnlyList<Mistake> Mistakes)
{
    /// <summary>The line with the loss.</summary>
    public string LossLine => Invariant($"test loss {TestLoss:F4}{Data.ResultSuffix}");

    /// <summary>The line a run ends with.</summary>
    public string LastLine =>
        Invariant($"test accuracy {100 * Confusion.Accuracy:F2} % ({Confusion.Correct} of {Confusion.Count})")
        + Data.ResultSuffix;
}
