namespace NeuralNet.Data.Csv;

/// <summary>How numbers are scaled before a network sees them.</summary>
public enum FeatureScaling
{
    /// <summary>To mean 0 and standard deviation 1; see <see cref="Preprocessing.Standardization"/>.</summary>
    Standardize,

    /// <summary>To [0, 1]; see <see cref="Preprocessing.MinMaxScaling"/>.</summary>
    MinMax,

    /// <summary>Not at all.</summary>
    None,
}
