using NeuralNet.Metrics;

namespace NeuralNet.Tests;

/// <summary>The accuracy under another name.</summary>
internal sealed class RenamedAccuracy(string name) : IMetric
{
    public string Name => name;

    public IMetricAccumulator Start(OutputDescription outputs) => new Accuracy().Start(outputs);
}
