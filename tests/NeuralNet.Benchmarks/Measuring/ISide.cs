namespace NeuralNet.Benchmarks.Measuring;

/// <summary>One of the two sides of a comparison: something that can be done over and over.</summary>
internal interface ISide
{
    /// <summary>Does it a number of times and tells how long that took.</summary>
    /// <param name="unmeasured">How often it is done before the clock starts, to fill caches and wake threads.</param>
    /// <param name="iterations">How often it is done while the clock runs.</param>
    /// <returns>Seconds of all measured iterations together.</returns>
    double Run(int unmeasured, int iterations);
}
