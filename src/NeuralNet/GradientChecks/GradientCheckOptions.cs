namespace NeuralNet.GradientChecks;

/// <summary>Options of a gradient check. The defaults suit nearly every check.</summary>
public sealed class GradientCheckOptions
{
    private readonly double _tolerance = 1e-7;
    private readonly int? _maxElementsPerParameter;
    private readonly double _parameterNoise = 0.1;

    /// <summary>The relative error above which a gradient is wrong; 10⁻⁷ by default.</summary>
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
    /// The largest number of elements of a parameter, and of the input, that are checked: the first, the last, and a
    /// random choice of the others. All elements if null, which is the default.
    /// </summary>
    /// <remarks>
    /// Every element takes about six passes over the batch, so for a network of 10⁶ parameters, check a sample. Most
    /// mistakes affect many elements: a wrong sign, factor or transpose shows in nearly all of them, and a wrong loop
    /// bound in the last. Only checking all elements is certain to find an error in a single one.
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
    /// The noise added to parameters before the check, and removed after it: to every element v, a random number
    /// between ±noise·|v|, or between ±noise if v is 0. The default is 0.1; 0 checks the gradient at the current
    /// parameters.
    /// </summary>
    /// <remarks>
    /// Initial parameters have special values that hide mistakes: a gain of 1 that the backward pass forgets to
    /// multiply by, a shift of 0 that it wrongly multiplies by. A correct gradient is correct everywhere, so it is best
    /// checked at values that are not special.
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
    /// A weight for every sample of the batch; 1 for each if null. Used in the check of a network only; the others have
    /// no mean to weight.
    /// </summary>
    public IReadOnlyList<double>? SampleWeights { get; init; }

    /// <summary>
    /// The seed of all random numbers of the check: the choice of elements, the noise on the parameters, the random
    /// numbers of layers, and the weights that combine outputs into one number. The same seed gives the same report.
    /// </summary>
    public int Seed { get; init; }
}
