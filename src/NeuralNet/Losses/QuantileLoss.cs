using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the pinball loss, by which an output learns a quantile of its target, such as the
/// value that 90 % of targets are below: with the quantile's level q and the error r = o − t of output o and target t,
/// ℓ = (1 − q) r where the output is too high, r &gt; 0, and −q r where it is too low; ℓ' = 1 − q and −q.
/// </summary>
/// <remarks>
/// <para>
/// Koenker and Bassett, "Regression Quantiles" (1978). Over many samples, the least loss is at the output that a share
/// q of the targets does not exceed. For q = ½ it is half of <see cref="MeanAbsoluteError"/>, and as there the
/// derivative at the kink r = 0 is taken as 0. Two levels such as 0.05 and 0.95 make an interval for 90 % of targets,
/// which <see cref="Metrics.IntervalCoverage"/> measures.
/// </para>
/// <para>
/// A sample has an output per level or, where it predicts several numbers such as those of the next hours, a multiple
/// of that: all levels of the first number in their order, then all of the second. Output i has the level
/// i mod <see cref="Quantiles"/>.Count. Targets have the same rows, so each number is repeated once per level.
/// </para>
/// </remarks>
/// <example><code>
/// var loss = new QuantileLoss([0.05, 0.5, 0.95]);     // Dense(3): the interval's ends and the median between them
/// </code></example>
public sealed class QuantileLoss : ILoss
{
    private readonly double[] _quantiles;

    /// <summary>Makes the loss.</summary>
    /// <param name="quantiles">The levels, each above 0 and below 1, in ascending order; copied.</param>
    /// <exception cref="ArgumentException">There is no level, or they do not ascend.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A level is not above 0 and below 1.</exception>
    public QuantileLoss(params IReadOnlyList<double> quantiles)
    {
        _quantiles = QuantileLevels.Copy(quantiles, nameof(quantiles));
        Quantiles = Array.AsReadOnly(_quantiles);
    }

    /// <summary>The levels of the quantiles, such as 0.05, 0.5 and 0.95.</summary>
    public IReadOnlyList<double> Quantiles { get; }

    /// <inheritdoc/>
    public string Name => "quantile loss";

    /// <inheritdoc/>
    public LossInput Input => LossInput.Any;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the outputs, or their number is no multiple of that of the levels.
    /// </exception>
    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossShapes.Require(outputs, targets, losses, gradient);
        if (outputs.Rows % _quantiles.Length != 0)
        {
            throw new ArgumentException(
                $"The loss '{Name}' has {Quantity.Of(_quantiles.Length, "level")}, so a sample must have a multiple of "
                + $"{Quantity.Of(_quantiles.Length, "output")}, but it has {outputs.Rows}.",
                nameof(outputs));
        }

        T count = T.CreateChecked(outputs.Rows);
        losses.Clear();
        gradient.Values.Clear();
        for (int k = 0; k < _quantiles.Length; k++)
        {
            T low = -T.CreateChecked(_quantiles[k]);
            T high = T.CreateChecked(1 - _quantiles[k]);
            for (int j = 0; j < outputs.Columns; j++)
            {
                ReadOnlySpan<T> output = outputs.Column(j);
                ReadOnlySpan<T> target = targets.Column(j);
                Span<T> slopes = gradient.Column(j);
                T sum = T.Zero;
                for (int i = k; i < output.Length; i += _quantiles.Length)
                {
                    // Where the error is 0 there is no slope, and where it is NaN it stays so.
                    T error = output[i] - target[i];
                    T slope = error > T.Zero ? high : error < T.Zero ? low : error;
                    sum += slope * error;
                    slopes[i] = slope / count;
                }

                losses[j] += sum / count;
            }
        }
    }
}
