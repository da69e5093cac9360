using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Traces;

/// <summary>
/// A parameter at the time of a trace, and its gradient: copies, which later training does not change.
/// </summary>
/// <param name="Name">The name within the network, such as <c>dense1.weights</c>.</param>
/// <param name="Value">The parameter θ.</param>
/// <param name="Gradient">∂L/∂θ, of the same shape.</param>
/// <param name="PenaltyGradient">
/// ∂R/∂θ, the part of the gradient that comes from the parameter's penalty; 0 if it has none.
/// </param>
public sealed record ParameterTrace(
    string Name, Matrix<double> Value, Matrix<double> Gradient, Matrix<double> PenaltyGradient)
{
    /// <summary>The name and the shape, as readable text.</summary>
    /// <returns>For example <c>dense1.weights (10 × 784)</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} ({Value.RowCount} × {Value.ColumnCount})");
}
