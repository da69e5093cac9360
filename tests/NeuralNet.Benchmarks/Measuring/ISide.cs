namespace NeuralNet.Benchmarks.Measuring;

/// <summary>One of the two sides of a comparison: work that can be repeated.</summary>
internal interface ISide
{
    /// <summary>Runs a number of iterations and returns what they took: time or, as a side says, memory.</summary>
    /// <param name="unmeasured">Number of iterations before the clock starts, to fill caches and wake threads.</param>
    /// <param name="iterations">Number of iterations while the clock runs.</param>
    /// <returns>Seconds of all measured iterations together; of memory, bytes.</returns>
    double Run(int unmeasured, int iterations);
}
