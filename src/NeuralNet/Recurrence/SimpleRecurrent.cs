using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>
/// The simplest recurrent layer: hₜ = σ(W·xₜ + b + U·hₜ₋₁ + c), with σ the hyperbolic tangent or the rectifier.
/// </summary>
/// <remarks>
/// As PyTorch's <c>RNN</c> and Keras's <c>SimpleRNN</c>. What it carries fades, or grows, with every step: over more
/// than some ten steps <see cref="Lstm{T}"/> and <see cref="Gru{T}"/> learn what it does not. Elman, "Finding structure
/// in time" (1990).
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class SimpleRecurrent<T> : RecurrentLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _isRectified;

    /// <summary>Makes the layer; its weights are drawn when the network is built.</summary>
    /// <param name="inputShape">Shape of the input: (steps, features).</param>
    /// <param name="units">Number of units: the length of h.</param>
    /// <param name="activation">σ: <see cref="Tanh"/> or <see cref="ReLU"/>; tanh if null.</param>
    /// <param name="returnSteps">
    /// Whether the output is h of every step, (steps, units), as the next recurrent layer wants it; else it is that of
    /// the last step read.
    /// </param>
    /// <param name="options">Direction, biases, initial values, penalties; the usual ones if null.</param>
    /// <exception cref="ArgumentException">
    /// The input is no sequence, the activation neither of the two, or there is an initializer for biases, but no
    /// biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, or no array holds that many weights.
    /// </exception>
    public SimpleRecurrent(
        FeatureShape inputShape,
        int units,
        IActivation? activation = null,
        bool returnSteps = false,
        RecurrentOptions? options = null)
        : base(
            "simpleRecurrent",
            inputShape,
            units,
            returnSteps,
            options,
            CellSizes.Of<SimpleCell<T, TanhOfCell<T>>, T>(),
            new Zero(),
            activation ?? new Tanh())
    {
        _isRectified = Activation switch
        {
            Tanh => false,
            ReLU => true,
            _ => throw new ArgumentException(
                $"A simple recurrent layer has tanh or ReLU as its activation, not {Activation}.", nameof(activation)),
        };
    }

    private protected override void RunForward(in RecurrentOperands<T> operands, ForkJoin team)
    {
        if (_isRectified)
        {
            RecurrentPass.Forward<SimpleCell<T, RectifierOfCell<T>>, T>(operands, team);
        }
        else
        {
            RecurrentPass.Forward<SimpleCell<T, TanhOfCell<T>>, T>(operands, team);
        }
    }

    private protected override void RunBackward(in RecurrentOperands<T> operands, ForkJoin team)
    {
        if (_isRectified)
        {
            RecurrentPass.Backward<SimpleCell<T, RectifierOfCell<T>>, T>(operands, team);
        }
        else
        {
            RecurrentPass.Backward<SimpleCell<T, TanhOfCell<T>>, T>(operands, team);
        }
    }
}
