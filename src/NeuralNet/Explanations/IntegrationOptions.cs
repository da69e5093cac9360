using NeuralNet.Guards;

namespace NeuralNet.Explanations;

/// <summary>The options of integrated gradients.</summary>
public sealed class IntegrationOptions
{
    private readonly int _steps = 50;
    private readonly int? _threads;

    /// <summary>
    /// Number of points between baseline and input, at least 1; 50 unless set, as in Captum. More bring the sum of the
    /// attributions closer to the difference of the outputs: see <see cref="Attributions.Gap"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int Steps
    {
        get => _steps;
        init => _steps = Require.AtLeast(value, 1, nameof(Steps));
    }

    /// <summary>
    /// Most threads that share the work, where it is large enough to pay; as many as there are processors if null. The
    /// result is the same to the bit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int? Threads
    {
        get => _threads;
        init => _threads = value is { } threads ? Require.AtLeast(threads, 1, nameof(Threads)) : null;
    }
}
