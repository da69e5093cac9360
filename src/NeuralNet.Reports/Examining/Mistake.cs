namespace NeuralNet.Reports.Examining;

/// <summary>A sample that was taken for another class.</summary>
/// <param name="Sample">Its index in the data, from 0.</param>
/// <param name="Actual">The class that it is of.</param>
/// <param name="Predicted">The class that it was taken for.</param>
/// <param name="Margin">By how much the output of the wrong class is above that of the right one.</param>
/// <param name="Probability">The probability of the wrong class; NaN if the outputs tell none.</param>
internal sealed record Mistake(int Sample, int Actual, int Predicted, double Margin, double Probability)
{
    /// <summary>A picture of the sample; null if there is none.</summary>
    public SamplePicture? Picture { get; init; }
}
