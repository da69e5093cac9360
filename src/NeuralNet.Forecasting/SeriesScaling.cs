namespace NeuralNet.Forecasting;

/// <summary>
/// From which values the mean and the standard deviation come by which a column is scaled to mean 0 and deviation 1.
/// None of them sees a value that comes after the training data, or after the window.
/// </summary>
public enum SeriesScaling
{
    /// <summary>From the training data, of all series together. The default.</summary>
    Training,

    /// <summary>
    /// From the training data of the series itself, for series of different sizes. A series that training did not see
    /// is refused.
    /// </summary>
    Series,

    /// <summary>
    /// Of targets, from the inputs of each window, for series that grow or change their level; of other columns, as
    /// <see cref="Training"/>. In a window of equal values the deviation counts as that of the training data.
    /// </summary>
    Window,

    /// <summary>Values stay as they are.</summary>
    None,
}
