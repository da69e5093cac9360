namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>What those who use a model rely on.</summary>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Outputs">Number of outputs.</param>
/// <param name="Parameters">Number of parameters, for the log.</param>
/// <param name="Parts">What it has that others may lack.</param>
internal readonly record struct ModelShape(int Inputs, int Outputs, long Parameters, IReadOnlyList<string> Parts);
