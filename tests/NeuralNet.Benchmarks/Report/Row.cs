using NeuralNet.Benchmarks.Measuring;

namespace NeuralNet.Benchmarks.Report;

/// <summary>A row of a table: a point that was measured.</summary>
/// <param name="Point">The name of the point.</param>
/// <param name="Outcome">The result.</param>
/// <param name="Bar">The least ratio it should have, if any.</param>
internal sealed record Row(string Point, Outcome Outcome, double? Bar);
