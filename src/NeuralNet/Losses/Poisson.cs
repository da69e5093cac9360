using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the negative log-likelihood of a count t under a Poisson distribution, without the
/// term log t!, which does not depend on the output. The output is either the logarithm of the rate, ℓ = eᵒ − t o and
/// ℓ' = eᵒ − t, or the rate itself, ℓ = o − t log(o + ε) and ℓ' = 1 − t/(o + ε).
/// </summary>
/// <remarks>
/// As PyTorch's <c>PoissonNLLLoss</c> with <c>full=False</c>. Keras's <c>Poisson</c> is the rate form with ε = 10⁻⁷.
/// For logarithms, give the last layer no activation; for rates, a positive one such as <c>Softplus</c>. A rate of −ε
/// or less has no logarithm and gives NaN.
/// </remarks>
public sealed class Poisson : ElementwiseLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="logInput">True if outputs are the logarithms of rates; false if they are rates.</param>
    /// <param name="epsilon">
    /// ε, which keeps the logarithm of a rate of 0 finite; not used for logarithms of rates.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not a finite number above 0.</exception>
    public Poisson(bool logInput = true, double epsilon = 1e-8)
    {
        LogInput = logInput;
        Epsilon = Require.Positive(epsilon);
    }

    /// <summary>True if outputs are the logarithms of rates; false if they are rates.</summary>
    public bool LogInput { get; }

    /// <summary>ε, which keeps the logarithm of a rate of 0 finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string Name => "Poisson loss";

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives)
    {
        if (LogInput)
        {
            LossLoop.Run(outputs, targets, values, derivatives, default(LogRateFormula<T>));
        }
        else
        {
            LossLoop.Run(outputs, targets, values, derivatives, new RateFormula<T>(T.CreateChecked(Epsilon)));
        }
    }

    private readonly struct LogRateFormula<T> : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> rate = VectorMath.ExpOfAny(output);
            derivative = rate - target;
            return rate - (target * output);
        }
    }

    private readonly struct RateFormula<T>(T epsilon) : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _epsilon = new(epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> rate = output + _epsilon;
            derivative = Vector<T>.One - (target / rate);
            return output - (target * VectorMath.Log(rate));
        }
    }
}
