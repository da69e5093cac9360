namespace NeuralNet.Benchmarks.Rows;

/// <summary>A subject of the comparison; it fills one table or more.</summary>
internal interface ISubject
{
    /// <summary>Measures all points.</summary>
    /// <exception cref="Measuring.PeerException">A peer is missing or failed.</exception>
    void Measure(Bench bench);
}
