namespace NeuralNet.Tables;

/// <summary>The scaling of the targets of a regression, which is undone at prediction.</summary>
public enum TargetScaling
{
    /// <summary>To mean 0 and standard deviation 1; see <see cref="Preprocessing.Standardization"/>.</summary>
    Standardize,

    /// <summary>To [0, 1]; see <see cref="Preprocessing.MinMaxScaling"/>.</summary>
    MinMax,

    /// <summary>No scaling.</summary>
    None,
}
