namespace NeuralNet.Metrics;

/// <summary>The way probabilities are divided into bins.</summary>
public enum Binning
{
    /// <summary>Bins of the same width, from 0 to 1.</summary>
    Uniform,

    /// <summary>Bins with about as many samples each.</summary>
    Quantile,
}
