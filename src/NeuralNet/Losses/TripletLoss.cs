using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Triplet loss of embeddings: an anchor a is to be nearer to p, of its own kind, than to n, of another, by a margin m:
/// L = max(0, d(a, p) − d(a, n) + m) with d(x, y) = |x − y + ε|, ε = 10⁻⁶. Where L is above 0, with the directions u =
/// (a − p + ε)/d(a, p) and v = (a − n + ε)/d(a, n): ∂L/∂a = u − v, ∂L/∂p = −u, ∂L/∂n = v.
/// </summary>
/// <remarks>
/// <para>
/// Schroff et al., "FaceNet" (2015). As PyTorch's <c>TripletMarginLoss</c>. The outputs of a sample are the three
/// embeddings, one below the other: a, p, n. One network makes all three of a sequence of three inputs, where
/// <c>PerStep</c> applies the same layers to each, as in the example. Targets are not read: they have the rows of the
/// outputs, and are 0.
/// </para>
/// <para>
/// A loss sees one sample. To train on the hardest triplets, compute embeddings, choose, and train on what was chosen.
/// </para>
/// </remarks>
/// <example><code>
/// Network&lt;float&gt; network = Network.Create&lt;float&gt;(new FeatureShape(3, 64), seed: 1)
///     .PerStep(item =&gt; item.Dense(32, new ReLU()).Dense(8))
///     .Build();
/// var data = new DataSet&lt;float&gt;(triplets, Matrix&lt;float&gt;.Build.Dense(3 * 8, triplets.ColumnCount));
/// new Trainer&lt;float&gt;(network, new TripletLoss(), new Adam()).Fit(data);
///
/// // One item by itself: the same layers, with the parameters that were learned.
/// Network&lt;float&gt; single = Network.Create&lt;float&gt;(64, seed: 1).Dense(32, new ReLU()).Dense(8).Build();
/// single.Body.CopyParametersFrom(((PerStep&lt;float&gt;)network.Layers[0]).Body);
/// </code></example>
public sealed class TripletLoss : ILoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="margin">m, by how much nearer an embedding of the same kind is to be.</param>
    /// <exception cref="ArgumentOutOfRangeException">m is not a finite number above 0.</exception>
    public TripletLoss(double margin = 1)
    {
        Margin = Require.Positive(margin);
    }

    /// <summary>m, by how much nearer an embedding of the same kind is to be.</summary>
    public double Margin { get; }

    /// <inheritdoc/>
    public string Name => "triplet loss";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Any;

    /// <inheritdoc/>
    public bool ReadsTargets => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the outputs, or their number is no multiple of three.
    /// </exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        LossShapes.RequireParts(this, outputs.Rows, 3, "three embeddings, of an anchor, of its kind and of another");
        int size = outputs.Rows / 3;
        T margin = T.CreateChecked(Margin);
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> o = outputs.Column(j);
            Span<T> d = gradient.Column(j);
            Span<T> anchor = d[..size];
            Span<T> positive = d.Slice(size, size);
            Span<T> negative = d[(2 * size)..];
            T near = PairDistance.Compute(o[..size], o.Slice(size, size), positive);
            T far = PairDistance.Compute(o[..size], o[(2 * size)..], negative);
            T loss = near - far + margin;
            if (loss <= T.Zero)
            {
                losses[j] = T.Zero;
                d.Clear();
                continue;
            }

            losses[j] = loss;
            TensorPrimitives.Subtract(positive, negative, anchor);
            TensorPrimitives.Negate(positive, positive);
        }
    }
}
