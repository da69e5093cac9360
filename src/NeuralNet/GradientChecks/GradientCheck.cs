using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.GradientChecks;

/// <summary>
/// Compares gradients with central differences, in double: evidence that a layer, an activation, a loss or a network,
/// including your own, is differentiated correctly.
/// </summary>
/// <remarks>
/// <para>
/// The relative error of an element is |a − n| / max(|a|, |n|) for its analytic value a and its numeric value n.
/// n comes from central differences over several steps, extrapolated to step 0, with steps scaled to the value; n is
/// used only if the estimate of its error is far below the tolerance:
/// </para>
/// <list type="bullet">
/// <item>If a kink is too close, as at z = 0 of a ReLU, there is nothing to compare with. The element is skipped and
/// counted. Kinks are detected from the differences alone, so a wrong gradient cannot be taken for one.</item>
/// <item>If a gradient is smaller than differences can resolve, about 10⁻¹² of the function, the element counts as
/// right if the analytic value is as small, and is reported as below noise. Early layers of a deep network of sigmoids
/// are
/// like that: check them alone, by <see cref="Run(Layer{double}, Matrix{double}, GradientCheckOptions?)"/>.</item>
/// </list>
/// <para>
/// Memory that is to be overwritten holds NaN before every backward pass, which reveals a gradient that is added
/// to the old contents, or not written at all. A layer or an activation on its own also runs over another batch between
/// the two passes, which reveals one that keeps values in its fields instead of the state. Layers with randomness are
/// checked with fixed random numbers.
/// </para>
/// </remarks>
/// <example><code>
/// GradientCheck.Run(network, new MeanSquaredError(), inputs, targets).EnsurePassed();
/// GradientCheck.Run(new MyLayer(3), inputs).EnsurePassed();
/// GradientCheck.Run(new MyActivation(), inputs).EnsurePassed();
/// GradientCheck.Run(new MyLoss(), outputs, targets).EnsurePassed();
/// </code></example>
public static class GradientCheck
{
    /// <summary>
    /// Checks a network: ∂L/∂θ for the elements of every parameter, and ∂L/∂input for every input of the batch, where L
    /// is the mean of the samples' losses plus the parameters' penalties and what layers add. The network is not
    /// changed.
    /// </summary>
    /// <remarks>Frozen parameters are checked, too; running statistics have no gradient.</remarks>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="inputs">A small batch, inputs × samples.</param>
    /// <param name="targets">Its targets, outputs × samples.</param>
    /// <param name="options">Options of the check; null for the defaults.</param>
    /// <returns>The findings, parameter by parameter.</returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the network, the batch is empty, a sample's weight is negative or not finite, or the loss
    /// does not take what the network gives.
    /// </exception>
    /// <exception cref="GradientCheckException">
    /// The loss is not finite, or the forward pass gives another result when it is repeated.
    /// </exception>
    public static GradientCheckReport Run(
        Network<double> network,
        ILoss loss,
        Matrix<double> inputs,
        Matrix<double> targets,
        GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        return NetworkCheck.Run(network, loss, inputs, targets, options ?? new());
    }

    /// <summary>
    /// Checks a layer on its own: ∂f/∂θ for the elements of every parameter, and ∂f/∂input, where f = Σ rᵢⱼ·outputᵢⱼ
    /// with fixed random numbers r, so that every output's gradient matters.
    /// </summary>
    /// <remarks>
    /// The layer runs as in a training step, alone, even if it is part of a network, and is not changed. The parameters
    /// of a layer that is not part of a network have no values yet; the check puts it into a network of its own, which
    /// initializes them, so that it cannot be added to another network later. Penalties of parameters are not included,
    /// because the network adds them; what the layer adds to the loss is. The gradients must be the same whether or not
    /// ∂f/∂input is requested.
    /// </remarks>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">A small batch, inputs × samples.</param>
    /// <param name="options">Options of the check; null for the defaults.</param>
    /// <returns>The findings, parameter by parameter.</returns>
    /// <exception cref="ArgumentException">The layer takes another number of inputs, or the batch is empty.</exception>
    /// <exception cref="InvalidOperationException">
    /// The layer is within another one that is not part of a network yet.
    /// </exception>
    /// <exception cref="GradientCheckException">
    /// The output is not finite, or the forward pass gives another result when it is repeated.
    /// </exception>
    public static GradientCheckReport Run(
        Layer<double> layer, Matrix<double> inputs, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        RequireSamples(inputs, nameof(inputs));
        if (inputs.RowCount != layer.InputSize)
        {
            throw new ArgumentException(
                $"The layer '{layer.Name}' takes {layer.InputShape.Describe()} per sample, but the inputs have "
                + $"{Quantity.Of(inputs.RowCount, "row")}. A batch has one sample per column."
                + SampleLayout.Advice(layer.InputSize, inputs.RowCount, inputs.ColumnCount),
                nameof(inputs));
        }

        return LayerCheck.Run(layer, inputs, options ?? new());
    }

    /// <summary>
    /// Checks an activation: ∂f/∂z, where f = Σ rᵢ·σ(z)ᵢ for every sample, with fixed random numbers r.
    /// </summary>
    /// <remarks>
    /// The gradient is computed for the whole batch, both in separate memory and over ∂f/∂a, as layers do; the
    /// differences are taken sample by sample. So an activation whose columns depend on each other, which is not
    /// allowed, fails the check.
    /// </remarks>
    /// <param name="activation">The activation.</param>
    /// <param name="inputs">Pre-activations z, features × samples.</param>
    /// <param name="options">Options of the check; null for the defaults.</param>
    /// <returns>The findings: one comparison, <c>input</c>.</returns>
    /// <exception cref="ArgumentException">The batch is empty.</exception>
    /// <exception cref="GradientCheckException">
    /// The output is not finite, or the forward pass gives another result when it is repeated.
    /// </exception>
    public static GradientCheckReport Run(
        IActivation activation, Matrix<double> inputs, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(activation);
        RequireSamples(inputs, nameof(inputs));
        return ActivationCheck.Run(activation, inputs, options ?? new());
    }

    /// <summary>Checks a loss on its own: ∂L/∂output of every sample.</summary>
    /// <remarks>
    /// The gradient is computed for the whole batch, the differences are taken sample by sample: so a loss that divides
    /// by the number of samples, which only the engine must do, fails the check. Give outputs of the kind that the loss
    /// takes, such as probabilities.
    /// </remarks>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">Outputs that a network might give, outputs × samples.</param>
    /// <param name="targets">The desired outputs, outputs × samples.</param>
    /// <param name="options">Options of the check; null for the defaults.</param>
    /// <returns>The findings: one comparison, <c>output</c>.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or the batch is empty.</exception>
    /// <exception cref="GradientCheckException">
    /// The loss is not finite, or gives another result when it is repeated.
    /// </exception>
    public static GradientCheckReport Run(
        ILoss loss, Matrix<double> outputs, Matrix<double> targets, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        RequireSamples(outputs, nameof(outputs));
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.RowCount != outputs.RowCount || targets.ColumnCount != outputs.ColumnCount)
        {
            throw new ArgumentException(
                $"The targets must be {outputs.RowCount} × {outputs.ColumnCount} (outputs × samples), as the outputs "
                + $"are, but they are {targets.RowCount} × {targets.ColumnCount}.",
                nameof(targets));
        }

        return LossCheck.Run(loss, outputs, targets, options ?? new());
    }

    private static void RequireSamples(Matrix<double> batch, string argument)
    {
        ArgumentNullException.ThrowIfNull(batch, argument);
        if (batch.ColumnCount == 0)
        {
            throw new ArgumentException(
                "The batch is empty; it needs at least one sample, that is one column.", argument);
        }
    }
}
