using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Contrastive loss of two embeddings x and y: near each other if they belong together, t = 1, and at least a margin m
/// apart if not, t = 0: L = t d² + (1 − t) max(0, m − d)² with d = |x − y + ε|, ε = 10⁻⁶; ∂L/∂x = 2 (t d − (1 − t)
/// max(0, m − d)) (x − y + ε)/d = −∂L/∂y.
/// </summary>
/// <remarks>
/// Hadsell, Chopra and LeCun, "Dimensionality reduction by learning an invariant mapping" (2006), without its factors ½
/// and with t = 1 for pairs that belong together, as TensorFlow Addons' <c>ContrastiveLoss</c>; d is PyTorch's
/// <c>pairwise_distance</c>. The outputs of a sample are the two embeddings, one below the other, as <c>PerStep</c>
/// makes them of a sequence of two inputs: see <see cref="TripletLoss"/>. Targets have the rows of the outputs, t in
/// each.
/// </remarks>
/// <example><code>
/// // Dense(8) at each of two steps; pair j belongs together where same[j] is true.
/// Matrix&lt;float&gt; targets = Matrix&lt;float&gt;.Build.Dense(2 * 8, same.Length, (_, j) =&gt; same[j] ? 1 : 0);
/// </code></example>
public sealed class ContrastiveLoss : ILoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="margin">m, how far apart embeddings are to be that do not belong together.</param>
    /// <exception cref="ArgumentOutOfRangeException">m is not a finite number above 0.</exception>
    public ContrastiveLoss(double margin = 1)
    {
        Margin = Require.Positive(margin);
    }

    /// <summary>m, how far apart embeddings are to be that do not belong together.</summary>
    public double Margin { get; }

    /// <inheritdoc/>
    public string Name => "contrastive loss";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Any;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the outputs, their number is odd, or the targets of a sample differ.
    /// </exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        LossShapes.RequireParts(this, outputs.Rows, 2, "two embeddings");
        int size = outputs.Rows / 2;
        T margin = T.CreateChecked(Margin);
        for (int j = 0; j < outputs.Columns; j++)
        {
            LossShapes.RequireSameTargets(
                this, targets.Column(j), j, "each row says 1 if the two belong together, 0 if not");
            ReadOnlySpan<T> o = outputs.Column(j);
            Span<T> first = gradient.Column(j)[..size];
            T t = targets[0, j];
            T distance = PairDistance.Compute(o[..size], o[size..], first);
            T lack = T.Max(margin - distance, T.Zero);
            losses[j] = (t * distance * distance) + ((T.One - t) * lack * lack);

            T slope = (t * distance) - ((T.One - t) * lack);
            TensorPrimitives.Multiply(first, slope + slope, first);
            TensorPrimitives.Negate(first, gradient.Column(j)[size..]);
        }
    }
}
