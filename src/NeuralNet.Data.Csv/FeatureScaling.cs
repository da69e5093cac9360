namespace NeuralNet.Data.Csv;

/// <summary>The scaling of numbers before they reach a network.</summary>
public enum FeatureScaling
{
    /// <summary>To mean 0 and standard deviation 1; see <see cref="Preprocessing.Standardization"/>.</summary>
    Standardize,

    /// <summary>To [0, 1]; see <see cref="Preprocessing.MinMaxScaling"/>.</summary>
    MinMax,

    /// <summary>No scaling.</summary>
    None,

    /// <summary>
    /// Of inputs, to several features each, in which a network sees steps; see
    /// <see cref="Preprocessing.PiecewiseLinearEncoding"/>, with 16 bins. Not for targets.
    /// </summary>
    PiecewiseLinear,
}
