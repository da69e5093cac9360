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
}
