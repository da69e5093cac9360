namespace NeuralNet.Datasets.Downloads;

/// <summary>Passes progress on immediately; <see cref="Progress{T}"/> would do so later, on another thread.</summary>
internal sealed class SynchronousProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
