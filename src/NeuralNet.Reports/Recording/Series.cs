namespace NeuralNet.Reports.Recording;

/// <summary>A figure over the epochs of a run.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">Its value at each epoch of the run; NaN where there is none.</param>
internal sealed record Series(FigureName Name, IReadOnlyList<double> Values)
{
    /// <summary>The last value that is a number; NaN if there is none.</summary>
    public double Last => Values.LastOrDefault(value => !double.IsNaN(value), double.NaN);
}
