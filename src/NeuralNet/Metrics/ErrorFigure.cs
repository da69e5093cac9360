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

    /// <summary>The mean of (log(1 + o) − log(1 + e))².</summary>
    MeanSquaredLogarithmic,

    /// <summary>The square root of that.</summary>
    RootMeanSquaredLogarithmic,

    /// <summary>The mean of 2|o − e| / (|o| + |e|).</summary>
    SymmetricMeanAbsolutePercentage,
}
