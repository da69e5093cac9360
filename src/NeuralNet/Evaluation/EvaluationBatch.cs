namespace NeuralNet.Evaluation;

/// <summary>
/// The number of samples that are predicted and then measured: enough to keep many threads busy, and the same for any
/// number of threads.
/// </summary>
internal static class EvaluationBatch
{
    private const int MaxSize = 1 << 12;

    // Of very many outputs or inputs, which may be converted from bytes, fewer samples go together.
    private const int MaxOutputs = 1 << 20;
    private const int MaxInputs = 1 << 24;

    /// <summary>The most samples at a time, of so many with so many inputs and outputs each.</summary>
    public static int SizeFor(int samples, int inputSize, int outputSize) => Math.Min(
        samples, Math.Clamp(Math.Min(MaxInputs / inputSize, MaxOutputs / outputSize), 1, MaxSize));
}
