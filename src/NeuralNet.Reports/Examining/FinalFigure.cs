using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports.Examining;

/// <summary>A figure of the trained network.</summary>
/// <param name="Name">What it is, and on which data.</param>
/// <param name="Value">The value.</param>
internal readonly record struct FinalFigure(FigureName Name, double Value);
