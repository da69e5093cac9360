using NeuralNet.Benchmarks.Measuring;

namespace NeuralNet.Benchmarks.Report;

/// <summary>A row of a table: a point that was measured.</summary>
/// <param name="Point">What was measured.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Bar">The least ratio it should have, if any.</param>
internal sealed record Row(string Point, Outcome Outcome, double? Bar);
