namespace NeuralNet.GradientChecks;

/// <summary>How the gradient of one parameter, or of the input, compares with central differences.</summary>
/// <param name="Name">The parameter's name, or <c>input</c>; for a loss <c>output</c>.</param>
/// <param name="Elements">Number of elements there are.</param>
/// <param name="Checked">Number of elements compared.</param>
/// <param name="Kinks">Number of elements skipped because a kink is too close.</param>
/// <param name="BelowNoise">
/// Number of the elements compared whose gradient is smaller than differences can resolve: they were found to be that
/// small, and no more.
/// </param>
/// <param name="WorstRelativeError">The largest relative error among the elements compared.</param>
/// <param name="Row">Where that is: the row.</param>
/// <param name="Column">Where that is: the column.</param>
/// <param name="Analytic">What backpropagation says there.</param>
/// <param name="Numeric">What central differences say there.</param>
public sealed record GradientComparison(
    string Name,
    int Elements,
    int Checked,
    int Kinks,
    int BelowNoise,
    double WorstRelativeError,
    int Row,
    int Column,
    double Analytic,
    double Numeric);
