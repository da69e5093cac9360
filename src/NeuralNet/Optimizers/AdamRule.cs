using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// The step that <see cref="Adam"/> and <see cref="AdamW"/> share: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²,
/// θ ← θ − η·m̂ / (√v̂ + ε).
/// </summary>
internal readonly struct AdamRule<T> : IUpdateRule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector<T> _beta1;
    private readonly Vector<T> _complement1;
    private readonly Vector<T> _beta2;
    private readonly Vector<T> _complement2;
    private readonly Vector<T> _stepSize;
    private readonly Vector<T> _epsilon;

    public AdamRule(UpdateStep step, double beta1, double beta2, double epsilon)
    {
        double correction1 = 1 - Math.Pow(beta1, step.Number);
        double rootCorrection2 = Math.Sqrt(1 - Math.Pow(beta2, step.Number));
        _beta1 = new(T.CreateChecked(beta1));
        _complement1 = new(T.CreateChecked(1 - beta1));
        _beta2 = new(T.CreateChecked(beta2));
        _complement2 = new(T.CreateChecked(1 - beta2));

        // η·m̂ / (√v̂ + ε) with both sides of the fraction multiplied by √(1 − β₂ᵗ): one division per element.
        _stepSize = new(T.CreateChecked(step.LearningRate * rootCorrection2 / correction1));
        _epsilon = new(Floor.RootOfNormal<T>(epsilon * rootCorrection2));
    }

    public static int SlotCount => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(
        ref Vector<T> value, Vector<T> gradient, ref Vector<T> m, ref Vector<T> v, ref Vector<T> slot2)
    {
        UpdateMoments(gradient, ref m, ref v);
        value -= Step(m, v);
    }

    /// <summary>Updates the moments with one more gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void UpdateMoments(Vector<T> gradient, ref Vector<T> m, ref Vector<T> v)
    {
        m = (_beta1 * m) + (_complement1 * gradient);
        v = (_beta2 * v) + (_complement2 * (gradient * gradient));
    }

    /// <summary>The step η·m̂ / (√v̂ + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Step(Vector<T> m, Vector<T> v) => _stepSize * m / (Vector.SquareRoot(v) + _epsilon);
}
