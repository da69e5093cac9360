using NeuralNet.Guards;

namespace NeuralNet.Schedules;

/// <summary>
/// Lowers the learning rate along half a cosine, from the whole rate to a share f of it: in step t of n the factor is f
/// + (1 − f)·(1 + cos(π·t/n)) / 2.
/// </summary>
/// <remarks>
/// Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017), equation 5, without restarts;
/// PyTorch's <c>CosineAnnealingLR</c> with T_max = n, Keras's <c>CosineDecay</c>.
/// </remarks>
public sealed class CosineDecay : ILearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="finalFactor">f, the last factor: at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="finalFactor"/> is out of its range.</exception>
    public CosineDecay(double finalFactor = 0)
    {
        FinalFactor = Require.Fraction(finalFactor);
    }

    /// <summary>f, the last factor.</summary>
    public double FinalFactor { get; }

    /// <inheritdoc/>
    public double Factor(long step, long totalSteps)
    {
        Course.Check(step, totalSteps);
        return Course.HalfCosine(Course.Progress(step, totalSteps), FinalFactor);
    }
}
