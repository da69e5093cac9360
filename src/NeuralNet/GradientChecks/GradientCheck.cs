using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.GradientChecks;

/// <summary>
/// Holds gradients against central differences, in double: the proof that a layer, an activation, a loss or a network
/// of them, your own included, is differentiated correctly.
/// </summary>
/// <remarks>
/// <para> The relative error of an element is |a − n| / max(|a|, |n|) for its analytic value a and its numeric value n.
/// n comes from central differences over several steps, extrapolated to step 0, with steps scaled to the value at hand;
/// the estimate of its error is far below the tolerance, or n is not used: </para>
/// <list type="bullet">
/// <item>Where a kink is too close, as at z = 0 of a ReLU, there is nothing to compare with. The element is skipped and
/// counted. What is a kink is decided by the differences alone, so a wrong gradient cannot pass for one.</item>
/// <item>Where a gradient is smaller than differences can resolve, about 10⁻¹² of the function, the element counts as
/// right
/// if the analytic value is as small, and is counted as below noise. Early layers of a deep network of sigmoids are
/// like that: check them alone, by <see cref="Run(Layer{double}, Matrix{double}, GradientCheckOptions?)"/>.</item>
/// </list>
/// <para> Memory that is to be overwritten holds NaN before every backward pass, so a gradient that is added to what
/// was there, or not written at all, is found out too. A layer or an activation by itself runs over another batch
/// between the two passes, so one that remembers in its fields what belongs into the state is found out as well. Layers
/// with randomness are checked at a fixed draw. </para>
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
    /// is the mean of the samples' losses plus the parameters' penalties. The network is left as it was.
    /// </summary>
    /// <remarks>Frozen parameters are checked, too; running statistics have no gradient.</remarks>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="inputs">A small batch, inputs × samples.</param>
    /// <param name="targets">Its targets, outputs × samples.</param>
    /// <param name="options">How to check; null for the defaults.</param>
    /// <returns>The findings, parameter by parameter.</returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the network, the batch is empty, a sample's weight is negative or not finite, or the loss
    /// would misread what the network gives.
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
    /// Checks a layer by itself: ∂f/∂θ for the elements of every parameter, and ∂f/∂input, where f = Σ rᵢⱼ·outputᵢⱼ
    /// with fixed random numbers r, so that every output's gradient matters.
    /// </summary>
    /// <remarks>
    /// The layer runs as in a training step, alone, even where it is part of a network, and is left as it was. A layer
    /// that is part of no network yet has no values in its parameters; it is put into a network of its own, which draws
    /// them, and can be added to no other after that. Penalties are the network's affair. The gradients must be the
    /// same whether or not ∂f/∂input is asked for.
    /// </remarks>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">A small batch, inputs × samples.</param>
    /// <param name="options">How to check; null for the defaults.</param>
    /// <returns>The findings, parameter by parameter.</returns>
    /// <exception cref="ArgumentException">The layer takes another number of inputs, or the batch is empty.</exception>
    /// <exception cref="InvalidOperationException">
    /// The layer is within another one that is part of no network yet.
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
                $"The layer '{layer.Name}' takes {layer.InputSize} features per sample, but the inputs have "
                + $"{inputs.RowCount} rows. A batch has one sample per column.",
                nameof(inputs));
        }

        return LayerCheck.Run(layer, inputs, options ?? new());
    }

    /// <summary>
    /// Checks an activation: ∂f/∂z, where f = Σ rᵢ·σ(z)ᵢ for every sample, with fixed random numbers r.
    /// </summary>
    /// <remarks>
    /// The gradient is computed for the whole batch, in memory of its own and over ∂f/∂a, as layers do; the differences
    /// are taken sample by sample. So a column that depends on other columns, which an activation's must not, is wrong.
    /// </remarks>
    /// <param name="activation">The activation.</param>
    /// <param name="inputs">Pre-activations z, features × samples.</param>
    /// <param name="options">How to check; null for the defaults.</param>
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

    /// <summary>Checks a loss by itself: ∂L/∂output of every sample.</summary>
    /// <remarks>
    /// The gradient is computed for the whole batch, the differences are taken sample by sample: a loss that divides by
    /// the number of samples, which is the engine's to do, is wrong. Outputs are taken for what the loss wants them to
    /// be, so they should be: probabilities for one that takes probabilities.
    /// </remarks>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">What a network might say, outputs × samples.</param>
    /// <param name="targets">What it should have said, outputs × samples.</param>
    /// <param name="options">How to check; null for the defaults.</param>
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
