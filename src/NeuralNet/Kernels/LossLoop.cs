using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Runs the formula of an element-wise loss over outputs and targets in one pass. As in <see cref="Elementwise"/>, the
/// last elements are padded and go through the same formula, so that no result depends on the position.
/// </summary>
internal static class LossLoop
{
    /// <summary>Computes values = ℓ(outputs, targets) and derivatives = ∂ℓ/∂output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TFormula>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives, TFormula formula)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, ILossFormula<T>
    {
        RequireLength(targets.Length, outputs.Length);
        RequireLength(values.Length, outputs.Length);
        RequireLength(derivatives.Length, outputs.Length);
        ref T output = ref MemoryMarshal.GetReference(outputs);
        ref T target = ref MemoryMarshal.GetReference(targets);
        ref T value = ref MemoryMarshal.GetReference(values);
        ref T derivative = ref MemoryMarshal.GetReference(derivatives);

        int i = 0;
        for (; i <= outputs.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            nuint at = (nuint)i;
            formula.Invoke(Vector.LoadUnsafe(ref output, at), Vector.LoadUnsafe(ref target, at), out Vector<T> slope)
                .StoreUnsafe(ref value, at);
            slope.StoreUnsafe(ref derivative, at);
        }

        if (i < outputs.Length)
        {
            Vector<T> last = formula.Invoke(
                Elementwise.LoadPartial(outputs[i..]), Elementwise.LoadPartial(targets[i..]), out Vector<T> slope);
            Elementwise.StorePartial(last, values[i..]);
            Elementwise.StorePartial(slope, derivatives[i..]);
        }
    }

    /// <summary>The same with a weight for each output: element i has that of row (row + i) mod their number.</summary>
    public static void Run<T, TFormula>(
        ReadOnlySpan<T> outputs,
        ReadOnlySpan<T> targets,
        ReadOnlySpan<T> weights,
        int row,
        Span<T> values,
        Span<T> derivatives,
        TFormula formula)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IWeightedLossFormula<T>
    {
        RequireLength(targets.Length, outputs.Length);
        RequireLength(values.Length, outputs.Length);
        RequireLength(derivatives.Length, outputs.Length);
        Span<T> own = stackalloc T[Vector<T>.Count];
        for (int i = 0; i < outputs.Length; i += own.Length)
        {
            int count = Math.Min(own.Length, outputs.Length - i);
            for (int k = 0; k < count; k++)
            {
                own[k] = weights[(row + i + k) % weights.Length];
            }

            Vector<T> value = formula.Invoke(
                Elementwise.LoadPartial(outputs.Slice(i, count)),
                Elementwise.LoadPartial(targets.Slice(i, count)),
                new Vector<T>(own),
                out Vector<T> slope);
            Elementwise.StorePartial(value, values.Slice(i, count));
            Elementwise.StorePartial(slope, derivatives.Slice(i, count));
        }
    }

    private static void RequireLength(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException(
                $"Outputs, targets, values and derivatives must be of one length, but there are {expected} and "
                + $"{length}.");
        }
    }
}
