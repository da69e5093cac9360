using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>
/// Long short-term memory: a recurrent layer whose cell state c is kept, forgotten and added to through gates, so that
/// it can carry something over many steps.
/// </summary>
/// <remarks>
/// <para>
/// With z = W·xₜ + b + U·hₜ₋₁ + c, a block for each gate: i = σ(zᵢ), f = σ(z_f), g = tanh(z_g), o = σ(zₒ); the cell
/// state is cₜ = f ⊙ cₜ₋₁ + i ⊙ g and hₜ = o ⊙ tanh cₜ, where σ is the logistic sigmoid.
/// </para>
/// <para>
/// As PyTorch's <c>LSTM</c>, the gates in the order i, f, g, o, and as Keras's. The initial values are Keras's:
/// Glorot's uniform input weights, orthogonal recurrent weights, biases of 0 but 1 for the forget gate; PyTorch draws
/// all of them from the uniform distribution on ±1/√units.
/// </para>
/// <para>
/// Hochreiter and Schmidhuber, "Long short-term memory" (1997), with the forget gate of Gers, Schmidhuber and Cummins,
/// "Learning to forget" (2000).
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Lstm<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer; its weights are drawn when the network is built.</summary>
    /// <param name="inputShape">Shape of the input: (steps, features).</param>
    /// <param name="units">Number of units: the length of h.</param>
    /// <param name="returnSteps">
    /// Whether the output is h of every step, (steps, units), as the next recurrent layer wants it; else it is that of
    /// the last step read.
    /// </param>
    /// <param name="options">Direction, biases, initial values, penalties; the usual ones if null.</param>
    /// <exception cref="ArgumentException">
    /// The input is no sequence, or there is an initializer for biases, but no biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, or no array holds that many weights.
    /// </exception>
    public Lstm(FeatureShape inputShape, int units, bool returnSteps = false, RecurrentOptions? options = null)
        : base(
            "lstm", inputShape, units, returnSteps, options, CellSizes.Of<LstmCell<T>, T>(), new ForgetGateOpen())
    {
    }

    private protected override void RunForward(in RecurrentOperands<T> operands, ForkJoin team) =>
        RecurrentPass.Forward<LstmCell<T>, T>(operands, team);

    private protected override void RunBackward(in RecurrentOperands<T> operands, ForkJoin team) =>
        RecurrentPass.Backward<LstmCell<T>, T>(operands, team);
}
