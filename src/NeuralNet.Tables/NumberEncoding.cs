namespace NeuralNet.Tables;

/// <summary>The encoding of numbers as inputs of a network.</summary>
public enum NumberEncoding
{
    /// <summary>
    /// To several features each, in which a network sees steps; see
    /// <see cref="Preprocessing.PiecewiseLinearEncoding"/>.
    /// </summary>
    PiecewiseLinear,

    /// <summary>To mean 0 and standard deviation 1; see <see cref="Preprocessing.Standardization"/>.</summary>
    Standardize,

    /// <summary>To [0, 1]; see <see cref="Preprocessing.MinMaxScaling"/>.</summary>
    MinMax,

    /// <summary>None: the number as it is.</summary>
    None,
}
