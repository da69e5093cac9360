using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Negative log-likelihood of a number t under a normal distribution whose mean μ and variance v are both outputs, so
/// that the network says how sure it is: mean over a sample's numbers of ℓ = ½ (log v + r²/v) with r = μ − t; ∂ℓ/∂μ =
/// r/v, ∂ℓ/∂v = ½ (1/v − r²/v²). The second output of a number is s = log v, with ∂ℓ/∂s = ½ (1 − r²/v), or v itself.
/// </summary>
/// <remarks>
/// <para>
/// A sample has two outputs for each number that it predicts: mean and logarithm of the variance of the first number,
/// then of the second. Targets have the same rows, so each number stands twice, as for <see cref="QuantileLoss"/>.
/// </para>
/// <para>
/// Nix and Weigend, "Estimating the mean and variance of the target probability distribution" (1994). As PyTorch's
/// <c>GaussianNLLLoss</c> with <c>full=False</c>, without the constant ½ log 2π; it takes v. A variance below ε is taken
/// for ε, with the derivative that it has there, so that it can grow again; a negative one gives NaN. Give the last
/// layer no activation for s, and one that gives numbers above 0, such as <c>Softplus</c>, for v.
/// </para>
/// </remarks>
/// <example><code>
/// var loss = new GaussianNegativeLogLikelihood();     // Dense(2): the mean, and the logarithm of the variance
/// </code></example>
public sealed class GaussianNegativeLogLikelihood : ILoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="logVariance">True if the second output of a number is log v; false if it is v.</param>
    /// <param name="epsilon">ε, the least variance, which keeps the loss finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not a finite number above 0.</exception>
    public GaussianNegativeLogLikelihood(bool logVariance = true, double epsilon = 1e-6)
    {
        LogVariance = logVariance;
        Epsilon = Require.Positive(epsilon);
    }

    /// <summary>True if the second output of a number is the logarithm of its variance; false if the variance.</summary>
    public bool LogVariance { get; }

    /// <summary>ε, the least variance.</summary>
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
        T least = T.CreateChecked(LogVariance ? Math.Log(Epsilon) : Epsilon);
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

                // Max hands NaN on, and a variance below 0 has no logarithm.
                T held = LogVariance || o[i + 1] >= T.Zero ? T.Max(o[i + 1], least) : T.NaN;
                T variance = LogVariance ? T.Exp(held) : held;
                T log = LogVariance ? held : T.Log(held);
                T share = error * error / variance;
                sum += half * (log + share);
                d[i] = error / variance / count;
                d[i + 1] = half * (T.One - share) / (LogVariance ? count : variance * count);
            }

            losses[j] = sum / count;
        }
    }
}
