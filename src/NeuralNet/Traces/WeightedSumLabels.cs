namespace NeuralNet.Traces;

/// <summary>The formulas of a layer with weights, with the name of its input.</summary>
/// <param name="PreActivation">Of z, without the biases.</param>
/// <param name="WeightGradient">Of ∂L/∂W, without a penalty.</param>
/// <param name="BiasGradient">Of ∂L/∂b.</param>
/// <param name="InputGradient">Of the gradient of the input.</param>
internal sealed record WeightedSumLabels(
    string PreActivation, string WeightGradient, string BiasGradient, string InputGradient);
