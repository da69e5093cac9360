namespace NeuralNet.Benchmarks.Peers;

/// <summary>A peer's predictions for a batch that it holds in its own memory.</summary>
internal interface IPrediction : IDisposable
{
    /// <summary>Predicts.</summary>
    void Run();

    /// <summary>Predicts.</summary>
    /// <returns>The outputs, sample after sample.</returns>
    float[] Outputs();
}
