using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>
/// A gated recurrent unit: a recurrent layer that mixes its old state with a new candidate, as its gates say.
/// </summary>
/// <remarks>
/// <para>
/// With input weights W and biases b, recurrent weights U and biases c, a block for each gate: r = σ((W·xₜ + b + U·hₜ₋₁
/// + c)_r), u likewise, n = tanh((W·xₜ + b)ₙ + r ⊙ (U·hₜ₋₁ + c)ₙ) and hₜ = (1 − u) ⊙ n + u ⊙ hₜ₋₁, where σ is the
/// logistic sigmoid. If the reset gate is applied before the product, n = tanh((W·xₜ + b)ₙ + Uₙ·(r ⊙ hₜ₋₁) + cₙ).
/// </para>
/// <para>
/// As PyTorch's <c>GRU</c>, the gates in the order r, u (there named z), n; Keras has them in the order z, r, h, and
/// its <c>reset_after</c> is the choice here. The initial values are Keras's: Glorot's uniform input weights,
/// orthogonal recurrent weights, biases of 0; PyTorch draws all of them from the uniform distribution on ±1/√units.
/// </para>
/// <para>
/// Cho et al., "Learning phrase representations using RNN encoder–decoder for statistical machine translation" (2014),
/// which resets before the product.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Gru<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer; its weights are drawn when the network is built.</summary>
    /// <param name="inputShape">Shape of the input: (steps, features).</param>
    /// <param name="units">Number of units: the length of h.</param>
    /// <param name="returnSteps">
    /// Whether the output is h of every step, (steps, units), as the next recurrent layer wants it; else it is that of
    /// the last step read.
    /// </param>
    /// <param name="resetAfter">
    /// Whether the reset gate is applied after the product with the state, as in PyTorch; else before.
    /// </param>
    /// <param name="options">Direction, biases, initial values, penalties; the usual ones if null.</param>
    /// <exception cref="ArgumentException">
    /// The input is no sequence, or there is an initializer for biases, but no biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, or no array holds that many weights.
    /// </exception>
    public Gru(
        FeatureShape inputShape,
        int units,
        bool returnSteps = false,
        bool resetAfter = true,
        RecurrentOptions? options = null)
        : base(
            "gru",
            inputShape,
            units,
            returnSteps,
            options,
            resetAfter ? CellSizes.Of<GruCell<T>, T>() : CellSizes.Of<ResetFirstGruCell<T>, T>(),
            new Zero())
    {
        ResetsAfter = resetAfter;
    }

    /// <summary>Whether the reset gate is applied after the product with the state; else before.</summary>
    public bool ResetsAfter { get; }

    private protected override void RunForward(in RecurrentOperands<T> operands, ForkJoin team)
    {
        if (ResetsAfter)
        {
            RecurrentPass.Forward<GruCell<T>, T>(operands, team);
        }
        else
        {
            RecurrentPass.Forward<ResetFirstGruCell<T>, T>(operands, team);
        }
    }

    private protected override void RunBackward(in RecurrentOperands<T> operands, ForkJoin team)
    {
        if (ResetsAfter)
        {
            RecurrentPass.Backward<GruCell<T>, T>(operands, team);
        }
        else
        {
            RecurrentPass.Backward<ResetFirstGruCell<T>, T>(operands, team);
        }
    }
}
