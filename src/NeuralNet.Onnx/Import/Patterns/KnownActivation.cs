using NeuralNet.Activations;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>An activation between two numbers, c·σ(d·x).</summary>
/// <param name="Activation">σ.</param>
/// <param name="InputFactor">d.</param>
/// <param name="OutputFactor">c.</param>
internal sealed record KnownActivation(IActivation Activation, double InputFactor = 1, double OutputFactor = 1);
