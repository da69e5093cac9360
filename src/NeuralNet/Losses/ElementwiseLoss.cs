using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// A loss that compares each output with its target and takes the mean over a sample's m outputs: L = (1/m) Σᵢ ℓ(oᵢ,
/// tᵢ), ∂L/∂oᵢ = (1/m) ℓ'(oᵢ, tᵢ). A derived class defines ℓ.
/// </summary>
/// <example><code>
/// /// ℓ = |o − t|³, ℓ' = 3(o − t)|o − t|
/// public sealed class CubicError : ElementwiseLoss
/// {
///     public override string Name => "cubic error";
///
///     protected override void Evaluate&lt;T&gt;(
///         ReadOnlySpan&lt;T&gt; outputs,
///         ReadOnlySpan&lt;T&gt; targets,
///         Span&lt;T&gt; values,
///         Span&lt;T&gt; derivatives)
///     {
///         for (int i = 0; i &lt; outputs.Length; i++)
///         {
///             T r = outputs[i] - targets[i];
///             values[i] = T.Abs(r) * r * r;
///             derivatives[i] = T.CreateChecked(3) * r * T.Abs(r);
///         }
///     }
/// }
/// </code></example>
public abstract class ElementwiseLoss : ILoss
{
    // Number of elements whose ℓ are on the stack at a time.
    private const int PieceLength = 256;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual LossInput Input => LossInput.Any;

    /// <inheritdoc/>
    public virtual OutputMeaning? Meaning => null;

    /// <summary>
    /// True, as by default, if the loss of a sample is the mean over its outputs; false if it is their sum.
    /// </summary>
    protected virtual bool TakesMean => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A shape does not fit the outputs.</exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T> => Compute(outputs, targets, losses, gradient, mask: null);

    /// <summary>
    /// Computes the loss of the outputs whose targets are not the mask; the others have no part in it.
    /// </summary>
    internal void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        Span<T> losses,
        MatrixSpan<T> gradient,
        T? mask)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        Span<T> values = stackalloc T[PieceLength];
        losses.Clear();

        // Small samples are computed several at a time, a large one in pieces. The order of a sample's sum depends on
        // its size alone.
        int rows = outputs.Rows;
        int samples = Math.Max(1, PieceLength / rows);
        for (int first = 0; first < outputs.Columns; first += samples)
        {
            int end = Math.Min(first + samples, outputs.Columns) * rows;
            for (int start = first * rows; start < end; start += PieceLength)
            {
                int length = Math.Min(PieceLength, end - start);
                ReadOnlySpan<T> o = outputs.Values.Slice(start, length);
                ReadOnlySpan<T> t = targets.Values.Slice(start, length);
                Span<T> slopes = gradient.Values.Slice(start, length);
                Evaluate(start % rows, rows, o, t, values[..length], slopes);
                if (mask is { } unknown)
                {
                    TargetMask.Clear(unknown, o, t, values, slopes);
                }

                int run = Math.Min(rows, length);
                for (int j = first, k = 0; k < length; j++, k += run)
                {
                    losses[j] += LaneSums.Sum<T>(values.Slice(k, run));
                }
            }
        }

        if (TakesMean && mask is { } masked)
        {
            TargetMask.DivideByKnown(masked, targets, losses, gradient);
        }
        else if (TakesMean && rows > 1)
        {
            T count = T.CreateChecked(rows);
            TensorPrimitives.Divide(losses, count, losses);
            TensorPrimitives.Divide(gradient.Values, count, gradient.Values);
        }
    }

    /// <summary>
    /// Computes ℓ and ∂ℓ/∂o of some elements; all four spans have one length. The result for an element must not depend
    /// on the other elements.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="outputs">o, the network's outputs.</param>
    /// <param name="targets">t, the desired outputs.</param>
    /// <param name="values">ℓ(o, t); overwritten.</param>
    /// <param name="derivatives">∂ℓ/∂o; overwritten.</param>
    protected abstract void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The same, where a loss has parameters for each output.</summary>
    /// <param name="row">The output that the first element is of; each is of the one that follows, around.</param>
    /// <param name="rows">The number of outputs.</param>
    /// <param name="outputs">o, the network's outputs.</param>
    /// <param name="targets">t, the desired outputs.</param>
    /// <param name="values">ℓ(o, t); overwritten.</param>
    /// <param name="derivatives">∂ℓ/∂o; overwritten.</param>
    private protected virtual void Evaluate<T>(
        int row,
        int rows,
        ReadOnlySpan<T> outputs,
        ReadOnlySpan<T> targets,
        Span<T> values,
        Span<T> derivatives)
        where T : unmanaged, IFloatingPointIeee754<T> => Evaluate(outputs, targets, values, derivatives);
}
