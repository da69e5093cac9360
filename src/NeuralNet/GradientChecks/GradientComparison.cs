namespace NeuralNet.GradientChecks;

/// <summary>The comparison of the gradient of one parameter, or of the input, with central differences.</summary>
/// <param name="Name">The parameter's name, or <c>input</c>; for a loss <c>output</c>.</param>
/// <param name="Elements">Total number of elements.</param>
/// <param name="Checked">Number of elements compared.</param>
/// <param name="Kinks">Number of elements skipped because a kink is too close.</param>
/// <param name="BelowNoise">
/// Number of the elements compared whose gradient is smaller than differences can resolve: it is only known to be that
/// small.
/// </param>
/// <param name="WorstRelativeError">The largest relative error among the elements compared.</param>
/// <param name="Row">The row of that element.</param>
/// <param name="Column">The column of that element.</param>
/// <param name="Analytic">The value from backpropagation there.</param>
/// <param name="Numeric">The value from central differences there.</param>
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
