using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Focal loss between a target distribution t and p, the softmax of the outputs z, which are logits: the cross-entropy
/// with factors that are small where the class is found already, L = −Σᵢ wᵢ tᵢ (1 − pᵢ)^γ log pᵢ. With hᵢ = wᵢ tᵢ
/// (1 − pᵢ)^γ (γ pᵢ log pᵢ / (1 − pᵢ) − 1), ∂L/∂zᵢ = hᵢ − pᵢ Σⱼ hⱼ.
/// </summary>
/// <remarks>
/// Lin et al., "Focal loss for dense object detection" (2017), where w is called α. As Keras's
/// <c>CategoricalFocalCrossentropy(from_logits=True)</c>, whose α is 0.25 for all classes unless given; here it is 1,
/// so that γ = 0 gives <see cref="SoftmaxCrossEntropy"/>. Give the last layer no activation. It overflows for no z, and
/// 1 − pᵢ of the largest output is computed as the sum of the others, so that no digits are lost.
/// </remarks>
public sealed class SoftmaxFocalLoss : ILoss
{
    private readonly WeightList? _weights;

    /// <summary>Makes the loss.</summary>
    /// <param name="gamma">γ, at least 0: how much less than hard samples the easy ones count.</param>
    /// <param name="classWeights">w, a weight per class; all 1 if null.</param>
    /// <exception cref="ArgumentException">The list of weights is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">γ or a weight is negative or not finite.</exception>
    public SoftmaxFocalLoss(double gamma = 2, IReadOnlyList<double>? classWeights = null)
    {
        Gamma = Require.NotNegative(gamma);
        _weights = WeightList.From(classWeights);
    }

    /// <summary>γ, how much less than hard samples the easy ones count.</summary>
    public double Gamma { get; }

    /// <summary>w, a weight per class; null if all are 1.</summary>
    public IReadOnlyList<double>? ClassWeights => _weights?.Values;

    /// <inheritdoc/>
    public string Name => "softmax focal loss";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Logits;

    /// <inheritdoc/>
    public OutputMeaning? Meaning => OutputMeaning.Classes;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the outputs, or there are not as many as weights.
    /// </exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        ReadOnlySpan<T> weights = _weights is null ? default : _weights.For<T>(this, outputs.Rows);
        T gamma = T.CreateChecked(Gamma);
        for (int j = 0; j < outputs.Columns; j++)
        {
            losses[j] = Compute(outputs.Column(j), targets.Column(j), weights, gamma, gradient.Column(j));
        }
    }

    private static T Compute<T>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> t, ReadOnlySpan<T> weights, T gamma, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int largest = TensorPrimitives.IndexOfMax(z);
        T shift = z[largest];
        TensorPrimitives.Subtract(z, shift, gradient);
        Exponentials.Compute<T>(gradient, gradient);

        // 1, or NaN.
        T own = gradient[largest];
        gradient[largest] = T.Zero;
        T others = LaneSums.Sum<T>(gradient);
        gradient[largest] = own;
        T total = own + others;
        T logTotal = LossMath.LogOnePlus(others);
        T loss = T.Zero;
        T sum = T.Zero;
        for (int i = 0; i < z.Length; i++)
        {
            if (t[i] != T.Zero)
            {
                (T value, T slope) = Term(i, z, gradient[i]);
                T share = weights.IsEmpty ? t[i] : weights[i] * t[i];
                loss += share * value;
                sum += share * slope;
            }
        }

        for (int i = 0; i < z.Length; i++)
        {
            T spread = gradient[i] / total * sum;
            T slope = T.Zero;
            if (t[i] != T.Zero)
            {
                slope = (weights.IsEmpty ? t[i] : weights[i] * t[i]) * Term(i, z, gradient[i]).Slope;
            }

            gradient[i] = slope - spread;
        }

        // A NaN anywhere is in the sum of all.
        return loss + (total - total);

        // −(1 − p)^γ log p, and p times its derivative by p. Where p rounds to 1, log p / (1 − p) is −1.
        (T Value, T Slope) Term(int i, ReadOnlySpan<T> z, T exponential)
        {
            T p = exponential / total;
            T rest = i == largest ? others / total : T.One - p;
            T log = z[i] - shift - logTotal;
            T factor = T.Pow(rest, gamma);
            T ratio = rest == T.Zero ? -T.One : log / rest;
            return (-factor * log, factor * ((gamma * p * ratio) - T.One));
        }
    }
}
