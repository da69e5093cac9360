namespace NeuralNet.Traces;

/// <summary>
/// The term that one place p of a convolution's output, or one step of a sequence, adds to the gradient of a parameter
/// that all of them share.
/// </summary>
/// <param name="Row">The row of the place, counted from 0; of a sequence, the step.</param>
/// <param name="Column">The column of the place, counted from 0; of a sequence, 0.</param>
/// <param name="PreActivationByParameter">∂z(p)/∂w, the input that the weight meets there; for a bias 1.</param>
/// <param name="Delta">δ(p) = ∂L/∂z(p) of the filter, or of the unit of a gate.</param>
public sealed record PlaceTerm(int Row, int Column, double PreActivationByParameter, double Delta)
{
    /// <summary>∂z(p)/∂w · δ(p).</summary>
    public double Product => PreActivationByParameter * Delta;
}
