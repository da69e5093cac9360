using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Decisions;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Kullback-Leibler divergence between the target distribution t and the one whose logarithms are the outputs o: L = Σᵢ
/// tᵢ (log tᵢ − oᵢ) with 0 log 0 = 0, ∂L/∂oᵢ = −tᵢ. It is 0 if the two are equal.
/// </summary>
/// <remarks>
/// The last layer ends in <c>LogSoftmax</c>. A sum over a sample's outputs, not a mean: as PyTorch's <c>KLDivLoss</c>
/// with <c>reduction="batchmean"</c>, which is the mathematical definition (its default <c>"mean"</c> also divides by
/// the number of outputs). Keras's <c>KLDivergence</c> takes probabilities and clamps them to at least 10⁻⁷. For
/// one-hot targets it equals <see cref="NegativeLogLikelihood"/>.
/// </remarks>
public sealed class KullbackLeiblerDivergence : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "Kullback-Leibler divergence";

    /// <inheritdoc/>
    public override LossInput Input => LossInput.LogProbabilities;

    /// <inheritdoc/>
    public override OutputMeaning? Meaning => OutputMeaning.Classes;

    /// <inheritdoc/>
    protected override bool TakesMean => false;

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, default(Formula<T>));

    private readonly struct Formula<T> : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> log = Vector.ConditionalSelect(
                Vector.Equals(target, Vector<T>.Zero), Vector<T>.Zero, VectorMath.Log(target));
            derivative = -target;
            return target * (log - output);
        }
    }
}
