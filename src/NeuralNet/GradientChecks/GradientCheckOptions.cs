namespace NeuralNet.GradientChecks;

/// <summary>How to check gradients. What is not set is right for nearly every check.</summary>
public sealed class GradientCheckOptions
{
    private readonly double _tolerance = 1e-7;
    private readonly int? _maxElementsPerParameter;
    private readonly double _parameterNoise = 0.1;

    /// <summary>The relative error above which a gradient is wrong; 10⁻⁷ unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value not between 0 and 1.</exception>
    public double Tolerance
    {
        get => _tolerance;
        init
        {
            if (!(value > 0 && value < 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(Tolerance), value, "The tolerance must be above 0 and below 1.");
            }

            _tolerance = value;
        }
    }

    /// <summary>
    /// How many elements of a parameter, and of the input, are checked at most: the first, the last, and a random
    /// choice of the others. All of them if null, as it is unless set.
    /// </summary>
    /// <remarks>
    /// Every element costs some six passes over the batch, so a network of 10⁶ parameters wants a sample. Mistakes in
    /// gradients are seldom lonely: a wrong sign, factor or transpose shows in nearly every element, and one at the
    /// edge of a loop in the last. But an error that sits in one element of many is found for certain by checking all.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int? MaxElementsPerParameter
    {
        get => _maxElementsPerParameter;
        init
        {
            if (value < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(MaxElementsPerParameter),
                    value,
                    "At least 1 element of a parameter must be checked; null checks all.");
            }

            _maxElementsPerParameter = value;
        }
    }

    /// <summary>
    /// How far parameters are moved before the check, and back after it: every element v, by a random number between
    /// ±noise·|v|, or between ±noise where v is 0. 0.1 unless set; 0 checks the gradient at the parameters as they are.
    /// </summary>
    /// <remarks>
    /// Fresh parameters have special values behind which mistakes hide: a gain of 1 that the backward pass forgets to
    /// multiply by, a shift of 0 that it wrongly multiplies by. A gradient that is right is right everywhere, so it
    /// costs nothing to check it where nothing is special.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number, to 1 or more, or to NaN.</exception>
    public double ParameterNoise
    {
        get => _parameterNoise;
        init
        {
            if (!(value >= 0 && value < 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(ParameterNoise), value, "The noise must be at least 0 and below 1.");
            }

            _parameterNoise = value;
        }
    }

    /// <summary>
    /// A weight for every sample of the batch; 1 for each if null. For the check of a network; the others have no mean
    /// in which weights would matter.
    /// </summary>
    public IReadOnlyList<double>? SampleWeights { get; init; }

    /// <summary>
    /// Where all randomness of the check comes from: which elements are checked, the noise on the parameters, what
    /// layers draw, and how outputs are combined into one number. The same seed gives the same report.
    /// </summary>
    public int Seed { get; init; }
}
