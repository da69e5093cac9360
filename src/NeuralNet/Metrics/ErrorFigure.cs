namespace NeuralNet.Metrics;

/// <summary>The figure computed from the differences between outputs and targets.</summary>
internal enum ErrorFigure
{
    /// <summary>The mean of |o − e|.</summary>
    MeanAbsolute,

    /// <summary>The mean of (o − e)².</summary>
    MeanSquared,

    /// <summary>The square root of that.</summary>
    RootMeanSquared,

    /// <summary>The mean of |o − e| / |e|.</summary>
    MeanAbsolutePercentage,

    /// <summary>The mean of 2|o − e| / (|o| + |e|).</summary>
    SymmetricMeanAbsolutePercentage,
}
