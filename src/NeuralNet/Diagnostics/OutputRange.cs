using NeuralNet.Activations;
using NeuralNet.Decisions;

namespace NeuralNet.Diagnostics;

/// <summary>The numbers that an activation can give.</summary>
/// <param name="Least">The greatest number that none lies below.</param>
/// <param name="Most">The least number that none lies above.</param>
internal readonly record struct OutputRange(double Least, double Most)
{
    // Minima of z·σ(z), z·tanh(softplus(z)) and z·Φ(z), rounded down.
    private const double LeastSiLU = -0.2785;
    private const double LeastMish = -0.3089;
    private const double LeastGELU = -0.17005;
    private const double LeastSELU = -1.7581;

    /// <summary>Whether there are bounds on both sides, at which the activation saturates.</summary>
    public bool IsBounded => double.IsFinite(Least) && double.IsFinite(Most);

    /// <summary>The range as the end of a sentence, such as "above 0".</summary>
    public string Describe() =>
        IsBounded
            ? FormattableString.Invariant($"from {Least:G4} to {Most:G4}")
            : double.IsFinite(Least)
                ? FormattableString.Invariant($"above {Least:G4}")
                : FormattableString.Invariant($"below {Most:G4}");

    /// <summary>The range of an activation; all numbers where it is not known.</summary>
    public static OutputRange Of(IActivation? activation) => activation switch
    {
        Tanh or Softsign => new(-1, 1),
        HardTanh hard => new(hard.Min, hard.Max),
        ReLU or SquaredReLU or Softplus or AbsoluteValue or Exponential or Square or SquareRoot =>
            new(0, double.PositiveInfinity),
        ThresholdedReLU thresholded => new(Math.Min(0, thresholded.Threshold), double.PositiveInfinity),
        ReLU6 => new(0, 6),
        ELU elu => new(-elu.Alpha, double.PositiveInfinity),
        CELU celu => new(-celu.Alpha, double.PositiveInfinity),
        SELU => new(LeastSELU, double.PositiveInfinity),
        SiLU => new(LeastSiLU, double.PositiveInfinity),
        Mish => new(LeastMish, double.PositiveInfinity),
        GELU => new(LeastGELU, double.PositiveInfinity),
        HardSwish => new(-0.375, double.PositiveInfinity),
        _ => Scales.Of(activation?.OutputKind) switch
        {
            OutputScale.Probability => new(0, 1),
            OutputScale.LogProbability => new(double.NegativeInfinity, 0),
            _ => new(double.NegativeInfinity, double.PositiveInfinity),
        },
    };
}
