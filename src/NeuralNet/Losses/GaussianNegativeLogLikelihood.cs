using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Negative log-likelihood of a number t under a normal distribution whose mean μ and variance are both outputs, so
/// that the network says how sure it is: mean over a sample's numbers of ℓ = ½ (log v + r²/v) with r = μ − t; ∂ℓ/∂μ =
/// r/v, ∂ℓ/∂v = ½ (1 − r²/v)/v. The second output of a number, s, is the logarithm of its variance, v = eˢ + ε and
/// ∂v/∂s = eˢ, or the variance itself, v = s + ε.
/// </summary>
/// <remarks>
/// <para>
/// A sample has two outputs for each number that it predicts: mean and logarithm of the variance of the first number,
/// then of the second. Targets have the same rows, so each number stands twice, as for <see cref="QuantileLoss"/>.
/// </para>
/// <para>
/// Nix and Weigend, "Estimating the mean and variance of the target probability distribution" (1994). As PyTorch's
/// <c>GaussianNLLLoss</c> with <c>full=False</c>, without the constant ½ log 2π; it takes variances, and max(s, ε) for
/// v, which has no derivative below ε. Give the last layer no activation for logarithms, and one that gives numbers
/// above 0, such as <c>Softplus</c>, for variances; one of −ε or less gives NaN.
/// </para>
/// </remarks>
/// <example><code>
/// var loss = new GaussianNegativeLogLikelihood();     // Dense(2): the mean, and the logarithm of the variance
/// </code></example>
public sealed class GaussianNegativeLogLikelihood : ILoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="logVariance">
    /// True if the second output of a number is the logarithm of its variance; false if it is the variance.
    /// </param>
    /// <param name="epsilon">ε, which is added to variances and keeps the loss finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not a finite number above 0.</exception>
    public GaussianNegativeLogLikelihood(bool logVariance = true, double epsilon = 1e-6)
    {
        LogVariance = logVariance;
        Epsilon = Require.Positive(epsilon);
    }

    /// <summary>
    /// True if the second output of a number is the logarithm of its variance; false if it is the variance.
    /// </summary>
    public bool LogVariance { get; }

    /// <summary>ε, which is added to variances.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public string Name => "Gaussian negative log-likelihood";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Any;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the outputs, their number is odd, or the two targets of a number differ.
    /// </exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        LossShapes.RequireParts(this, outputs.Rows, 2, "a mean and a variance for each number");
        T half = T.CreateChecked(0.5);
        T count = T.CreateChecked(outputs.Rows / 2);
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> o = outputs.Column(j);
            ReadOnlySpan<T> t = targets.Column(j);
            Span<T> d = gradient.Column(j);
            T sum = T.Zero;
            for (int i = 0; i < o.Length; i += 2)
            {
                LossShapes.RequireSameTargets(this, t.Slice(i, 2), j, "each number stands twice");
                T error = o[i] - t[i];
                (T log, T precision, T slope) = LogVariance ? OfLogarithm(o[i + 1]) : OfVariance(o[i + 1]);
                T share = error * precision * error;
                sum += half * (log + share);
                d[i] = error * precision / count;
                d[i + 1] = half * (T.One - share) * slope / count;
            }

            losses[j] = sum / count;
        }
    }

    // log v, 1/v, and the derivative of log v by s.
    private (T Log, T Precision, T Slope) OfVariance<T>(T s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T v = s + T.CreateChecked(Epsilon);
        return v > T.Zero ? (T.Log(v), T.One / v, T.One / v) : (T.NaN, T.NaN, T.NaN);
    }

    // Of a positive s by way of e⁻ˢ: eˢ may overflow.
    private (T Log, T Precision, T Slope) OfLogarithm<T>(T s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T epsilon = T.CreateChecked(Epsilon);
        T small = T.Exp(-T.Abs(s));
        if (s > T.Zero)
        {
            T share = T.One + (epsilon * small);
            return (s + LossMath.LogOnePlus(epsilon * small), small / share, T.One / share);
        }

        return (T.Log(small + epsilon), T.One / (small + epsilon), small / (small + epsilon));
    }
}
