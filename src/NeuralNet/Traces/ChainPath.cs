namespace NeuralNet.Traces;

/// <summary>A path from a neuron's pre-activation zⱼ to the loss, through the activation aᵢ.</summary>
/// <param name="Output">i, counted from 0. For an element-wise activation it is the neuron itself.</param>
/// <param name="ActivationByPreActivation">∂aᵢ/∂zⱼ; for an element-wise activation σ'(zⱼ).</param>
/// <param name="LossByActivation">∂L/∂aᵢ.</param>
public sealed record ChainPath(int Output, double ActivationByPreActivation, double LossByActivation)
{
    /// <summary>∂aᵢ/∂zⱼ · ∂L/∂aᵢ.</summary>
    public double Product => ActivationByPreActivation * LossByActivation;
}
