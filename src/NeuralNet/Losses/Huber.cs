using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the Huber loss of the error r = o − t, which is squared if it is small and
/// absolute if it is large: ℓ = ½r² for |r| ≤ δ, else δ(|r| − ½δ); ℓ' = r clamped to [−δ, δ].
/// </summary>
/// <remarks>
/// Huber, "Robust estimation of a location parameter" (1964). As PyTorch's <c>HuberLoss</c> and Keras's <c>Huber</c>,
/// with the default δ = 1. PyTorch's <c>SmoothL1Loss</c> is this divided by δ.
/// </remarks>
public sealed class Huber : ElementwiseLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="delta">δ, the error up to which the loss is quadratic.</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is not a finite number above 0.</exception>
    public Huber(double delta = 1)
    {
        Delta = Require.Positive(delta);
    }

    /// <summary>δ, the error up to which the loss is quadratic.</summary>
    public double Delta { get; }

    /// <inheritdoc/>
    public override string Name => "Huber loss";

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, new Formula<T>(T.CreateChecked(Delta)));

    private readonly struct Formula<T>(T delta) : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _delta = new(delta);
        private readonly Vector<T> _half = new(T.CreateChecked(0.5));

        // With h = min(|r|, δ) both branches are h(|r| − ½h).
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> error = output - target;
            Vector<T> size = Vector.Abs(error);
            Vector<T> held = Vector.Min(size, _delta);
            derivative = Vector.Max(Vector.Min(error, _delta), -_delta);
            return held * (size - (_half * held));
        }
    }
}
