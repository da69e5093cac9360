namespace NeuralNet.Evaluation;

/// <summary>
/// The number of samples that are predicted and then measured: enough to keep many threads busy, and the same for any
/// number of threads.
/// </summary>
internal static class EvaluationBatch
{
    private const int MaxSize = 1 << 12;

    /// <summary>Outputs that are kept at a time; of very many outputs, fewer samples go together.</summary>
    private const int MaxLength = 1 << 20;

    /// <summary>The most samples at a time, of so many with so many outputs each.</summary>
    public static int SizeFor(int samples, int outputSize) =>
        Math.Min(samples, Math.Clamp(MaxLength / outputSize, 1, MaxSize));
}
