namespace NeuralNet.Onnx;

/// <summary>The constants of SELU, γ·ELU(x) with α, as the standard has them.</summary>
internal static class SeluNumbers
{
    public const double Alpha = 1.6732632423543772848170429916717;

    public const double Gamma = 1.0507009873554804934193349852946;
}
