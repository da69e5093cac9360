using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Backpropagation;

/// <summary>
/// Holds the gradients that backpropagation computes against central differences, in double: the proof that a
/// network's layers, activations and loss, your own included, are differentiated correctly.
/// </summary>
/// <example><code>
/// GradientCheck.Run(network, new MeanSquaredError(), inputs, targets).EnsurePassed();
/// </code></example>
public static class GradientCheck
{
    /// <summary>The relative error above which a gradient is wrong, unless another is asked for.</summary>
    public const double DefaultTolerance = 1e-7;

    /// <summary>
    /// Checks ∂L/∂θ for every element of every parameter, and ∂L/∂input for every input of the batch.
    /// </summary>
    /// <remarks>
    /// The relative error of an element is |a − n| / max(|a|, |n|, noise / tolerance) for its analytic value a and its
    /// numeric value n, where noise is what rounding makes of a difference quotient: a gradient so small that the
    /// quotient cannot resolve it counts as right if it is as small. Elements with a kink too close to them, as near
    /// z = 0 of a ReLU, have no quotient to compare with; they are skipped and counted. Layers with randomness are
    /// checked at a fixed draw. The network is left as it was.
    /// </remarks>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="inputs">A small batch, inputs × samples.</param>
    /// <param name="targets">Its targets, outputs × samples.</param>
    /// <param name="tolerance">The relative error above which a gradient is wrong.</param>
    /// <returns>The findings, parameter by parameter.</returns>
    /// <exception cref="ArgumentException">A shape does not fit the network, or the batch is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not between 0 and 1.</exception>
    public static GradientCheckReport Run(
        Network<double> network,
        ILoss loss,
        Matrix<double> inputs,
        Matrix<double> targets,
        double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (!(tolerance > 0 && tolerance < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be above 0 and below 1.");
        }

        var engine = new BackpropagationEngine<double>(network, loss);
        Gradients<double> gradients = Gradients.For(network);
        RandomStream draw = RandomStream.FromSeed(network.Seed);
        double[] x = inputs.ToColumnMajorArray();
        double[] xGradient = new double[x.Length];

        engine.Compute(
            Input(), targets, gradients, new MatrixSpan<double>(xGradient, inputs.RowCount, inputs.ColumnCount), draw);

        List<GradientComparison> comparisons = [];
        foreach (Parameter<double> parameter in network.Parameters.Where(parameter => !parameter.IsStatistic))
        {
            comparisons.Add(GradientComparison.Make(
                parameter.Name, parameter.Rows, parameter.Values, gradients.Values(parameter), LossNow, tolerance));
        }

        comparisons.Add(GradientComparison.Make("input", inputs.RowCount, x, xGradient, LossNow, tolerance));
        return new GradientCheckReport(comparisons, tolerance);

        ReadOnlyMatrixSpan<double> Input() => new(x, inputs.RowCount, inputs.ColumnCount);

        double LossNow() => engine.ComputeLoss(Input(), targets, draw);
    }
}
