namespace NeuralNet.Metrics;

/// <summary>How probabilities are put into bins.</summary>
public enum Binning
{
    /// <summary>Bins of the same width, from 0 to 1.</summary>
    Uniform,

    /// <summary>Bins with about as many samples each.</summary>
    Quantile,
}
